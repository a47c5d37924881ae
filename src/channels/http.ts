/** Calls to a platform: kept-alive connections, one time limit, and errors that carry no token and no text. */
import { Pool, type Dispatcher } from "undici";
import { DeliveryError } from "./delivery-error.ts";
import { parseJson } from "./loose-json.ts";

/** For the connection, for the answer to begin, and between its pieces, ms. */
const TIMEOUT = 10_000;
/** Calls to one platform at once; more wait here. */
const CONNECTIONS = 512;

export interface PlatformRequest {
  method: Dispatcher.HttpMethod;
  /** Below the base address. */
  url: string;
  params?: Record<string, string>;
  /** A form, or what is to be JSON. */
  data?: unknown;
  headers?: Record<string, string>;
}

export interface PlatformResponse {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** JSON read, or the text as it came. */
  data: unknown;
}

export interface PlatformHttp {
  /** Any status is an answer; redirects are not followed. @throws when no answer came, see `noAnswer` */
  request(request: PlatformRequest): Promise<PlatformResponse>;
}

// undici rather than axios: a send costs half the CPU, and a sending is a million of them
export function platformHttp(baseURL: string): PlatformHttp {
  const { origin, pathname } = new URL(baseURL);
  const root = pathname.replace(/\/$/, "");
  const pool = new Pool(origin, {
    ...{ connections: CONNECTIONS, headersTimeout: TIMEOUT, bodyTimeout: TIMEOUT },
    connect: { timeout: TIMEOUT },
  });
  return {
    async request({ method, url, params = {}, data, headers }) {
      const query = Object.keys(params).length > 0 ? `?${new URLSearchParams(params).toString()}` : "";
      const {
        statusCode,
        headers: answered,
        body,
      } = await pool.request({
        ...{ method, path: `${root}${url}${query}` },
        ...bodyOf(data, headers),
      });
      const text = await body.text();
      return { status: statusCode, headers: answered, data: parseJson(text) ?? text };
    },
  };
}

type Body = Pick<Dispatcher.RequestOptions, "body" | "headers">;

function bodyOf(data: unknown, headers: Record<string, string> = {}): Body {
  if (data === undefined) return { headers };
  if (data instanceof FormData) return { headers, body: data as unknown as Body["body"] & object };
  if (data instanceof URLSearchParams) {
    const type = { "content-type": "application/x-www-form-urlencoded" };
    return { headers: { ...type, ...headers }, body: data.toString() };
  }
  return { headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(data) };
}

/** Failures before the first byte left: the platform cannot have taken the message. */
const NEVER_SENT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "CERT_HAS_EXPIRED",
  "UND_ERR_CONNECT_TIMEOUT",
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
