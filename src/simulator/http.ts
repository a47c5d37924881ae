/**
 * The small HTTP kernel under the pretend platforms: routes as data, bodies read in the ways the platforms take
 * them, one place that writes answers. Plain `node:http`, so that a benchmark measures the gateway and not us.
 */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";

export interface Call {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  raw: Buffer;
  /** What stands for `:name` in the route's pattern. */
  params: Record<string, string>;
}

export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  /** Bytes and strings go out as they are, anything else as JSON. */
  body: unknown;
  /** The connection is cut instead: what was done stays done, the caller never hears of it. */
  cut?: boolean;
}

export type Handler = (call: Call) => Answer | Promise<Answer>;
/** "POST /v3.0/oa/message/cs", "GET /:id/comments". */
export type Routes = Record<string, Handler>;

const LARGEST_BODY = 30 * 1024 * 1024;

/** @returns null for a path nobody answers. Exact paths are found at once; patterns are tried in order. */
export function createFinder(routes: Routes) {
  const patterns = Object.entries(routes).map(([key, handler]) => {
    const [method, pattern] = key.split(" ") as [string, string];
    return { key, method, segments: pattern.split("/"), handler };
  });
  return function find(
    method: string,
    path: string,
  ): { handler: Handler; params: Record<string, string> } | null {
    const exact = routes[`${method} ${path}`];
    if (exact) return { handler: exact, params: {} };
    const given = path.split("/");
    for (const { method: wanted, segments, handler } of patterns) {
      if (wanted !== method || segments.length !== given.length) continue;
      const params: Record<string, string> = {};
      const fits = segments.every((segment, index) => {
        if (!segment.startsWith(":")) return segment === given[index];
        params[segment.slice(1)] = decodeURIComponent(given[index]!);
        return given[index] !== "";
      });
      if (fits) return { handler, params };
    }
    return null;
  };
}

/** @returns null when the body is too large to be taken. */
export function readCall(request: IncomingMessage): Promise<Call | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= LARGEST_BODY) chunks.push(chunk);
    });
    request.on("error", reject);
    request.on("end", () => {
      if (size > LARGEST_BODY) return resolve(null);
      const [path, query] = (request.url ?? "/").split("?", 2);
      resolve({
        method: request.method ?? "GET",
        path: path!,
        query: new URLSearchParams(query),
        headers: request.headers,
        raw: chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks),
        params: {},
      });
    });
  });
}

export function writeAnswer(response: ServerResponse, { status = 200, headers, body, cut }: Answer) {
  if (cut) return void response.socket?.destroy();
  const isRaw = Buffer.isBuffer(body) || typeof body === "string";
  const bytes = isRaw ? body : JSON.stringify(body);
  response.writeHead(status, {
    "content-type": isRaw ? "text/html; charset=utf-8" : "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(bytes),
    ...headers,
  });
  response.end(bytes);
}

/** A JSON body, or nothing when it is none. */
export function jsonOf(call: Call): unknown {
  try {
    return JSON.parse(call.raw.toString("utf8"));
  } catch {
    return undefined;
  }
}

/** Graph and OAuth take a parameter from the address, a form or JSON alike; the body wins. */
export function fieldsOf(call: Call): Record<string, unknown> {
  const type = call.headers["content-type"] ?? "";
  const given = Object.fromEntries(call.query);
  if (type.startsWith("application/x-www-form-urlencoded")) {
    return { ...given, ...Object.fromEntries(new URLSearchParams(call.raw.toString("utf8"))) };
  }
  const body = jsonOf(call);
  return typeof body === "object" && body !== null && !Array.isArray(body) ? { ...given, ...body } : given;
}

/** A parameter as text; a list stands with commas, as it does in an address. */
export function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(",");
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** @returns null when the body is no multipart form. */
export async function formOf({ raw, headers }: Call): Promise<FormData | null> {
  const type = headers["content-type"] ?? "";
  if (!type.startsWith("multipart/form-data")) return null;
  const body = new Response(new Uint8Array(raw), { headers: { "content-type": type } });
  return body.formData().catch(() => null);
}
