/** Calls to a platform: kept-alive connections, one time limit, and errors that carry no token and no text. */
import http from "node:http";
import https from "node:https";
import { DeliveryError } from "./delivery-error.ts";
import { parseJson } from "./loose-json.ts";

/** Without a sign of the platform, ms. */
const TIMEOUT = 10_000;
/** Calls to one platform at once; more wait here. */
const CONNECTIONS = 512;

export interface PlatformRequest {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below the base address. */
  url: string;
  params?: Record<string, string>;
  /** A form, or what is to be JSON. */
  data?: unknown;
  headers?: Record<string, string>;
}

export interface PlatformResponse {
  status: number;
  headers: http.IncomingHttpHeaders;
  /** JSON read, or the text as it came. */
  data: unknown;
}

export interface PlatformHttp {
  /** Any status is an answer; redirects are not followed. @throws when no answer came, see `noAnswer` */
  request(request: PlatformRequest): Promise<PlatformResponse>;
}

/** Node's own client rather than axios: a send costs half the CPU, and a sending is a million of them. */
export function platformHttp(baseURL: string): PlatformHttp {
  const base = baseURL.replace(/\/$/, "");
  const protocol = base.startsWith("https:") ? https : http;
  const agent = new protocol.Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  return {
    async request({ method, url, params = {}, data, headers }) {
      const query = Object.keys(params).length > 0 ? `?${new URLSearchParams(params).toString()}` : "";
      const { type, body } = await bodyOf(data);
      const length =
        body === undefined ? {} : { "content-type": type, "content-length": Buffer.byteLength(body) };
      return new Promise((resolve, reject) => {
        const options = { method, agent, timeout: TIMEOUT, headers: { ...length, ...headers } };
        const request = protocol.request(`${base}${url}${query}`, options, (response) => {
          let text = "";
          response.setEncoding("utf8");
          response.on("data", (piece: string) => (text += piece));
          response.on("error", reject);
          response.on("end", () =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              data: parseJson(text) ?? text,
            }),
          );
        });
        request.on("timeout", () =>
          request.destroy(Object.assign(new Error("timeout"), { code: "ETIMEDOUT" })),
        );
        request.on("error", reject);
        request.end(body);
      });
    },
  };
}

interface Body {
  type?: string;
  body?: string | Buffer;
}

async function bodyOf(data: unknown): Promise<Body> {
  if (data === undefined) return {};
  if (data instanceof URLSearchParams)
    return { type: "application/x-www-form-urlencoded", body: data.toString() };
  if (!(data instanceof FormData)) return { type: "application/json", body: JSON.stringify(data) };
  const encoded = new Response(data);
  return {
    type: encoded.headers.get("content-type") ?? "",
    body: Buffer.from(await encoded.arrayBuffer()),
  };
}

/** Failures before the first byte left: the platform cannot have taken the message. */
const NEVER_SENT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "CERT_HAS_EXPIRED",
]);

/** No answer came. Unless it surely never left, the platform may have taken it. */
export function noAnswer(error: unknown): DeliveryError {
  const { code = "network" } = error as { code?: string };
  return NEVER_SENT.has(code)
    ? new DeliveryError("later", code, "The platform could not be reached.")
    : new DeliveryError("unknown", code, "The platform did not answer in time.");
}

/** An answer that says nothing: a gateway's error page, a body cut off. */
export function strangeAnswer(status: number): DeliveryError {
  return new DeliveryError("unknown", `http_${status}`, `The platform answered ${status} without a result.`);
}
