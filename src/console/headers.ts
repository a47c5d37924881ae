/** What a browser may do with a console page: only what comes from here, nothing inline, no frame, no cache. */
import type { RequestHandler, Response } from "express";
import helmet from "helmet";
import { contentPolicy } from "../infra/content-policy.ts";

/** @param pictures other origins pictures may come from: the tiles of maps. */
export function securityHeaders(isHttps: boolean, pictures: string[] = []): RequestHandler[] {
  const protect = helmet({
    contentSecurityPolicy: contentPolicy(isHttps, pictures),
    strictTransportSecurity: isHttps,
    // not "no-referrer": with it a form's Origin would read "null"
    referrerPolicy: { policy: "same-origin" },
  });
  const neverKept: RequestHandler = (_request, response, next) => {
    response.set("cache-control", "no-store");
    next();
  };
  return [protect, neverKept];
}

/** This one page also shows pictures from elsewhere: a map's tiles. */
export function allowImages(response: Response, origins: string[]): void {
  const policy = String(response.get("content-security-policy") ?? "");
  const wider = policy.replace("img-src 'self'", ["img-src 'self'", ...origins].join(" "));
  response.set({ "content-security-policy": wider, "referrer-policy": "strict-origin-when-cross-origin" });
}
