/** What a browser may do with a public page: only what comes from here, and the map's tiles; nothing inline, no frame. */
import type { RequestHandler } from "express";
import helmet from "helmet";
import { contentPolicy } from "../infra/content-policy.ts";

/** @param images other origins pictures may come from: where the map's tiles are. */
export function publicHeaders(isHttps: boolean, images: string[] = []): RequestHandler {
  return helmet({
    contentSecurityPolicy: contentPolicy(isHttps, images),
    strictTransportSecurity: isHttps,
    crossOriginEmbedderPolicy: false,
    // the tiles' server wants to know which site shows its map
    referrerPolicy: { policy: "strict-origin-when-cross-origin" },
  });
}
