/** The simulator inside the service (demo mode): the same calls and the phone page, under /simulator. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import express, { Router, type RequestHandler } from "express";
import helmet from "helmet";
import type { Simulator } from "./index.ts";
import { simulatorPage } from "./page.tsx";

const PUBLIC = fileURLToPath(new URL("public", import.meta.url));

export function createSimulatorRouter({ listener }: Simulator): Router {
  const page = simulatorPage(versionOf(PUBLIC));
  const map = readMap();
  const router = Router();
  router.get("/", headers, (_request, response) => void response.type("html").send(page));
  router.get("/map.json", (_request, response) => void response.json(map));
  router.use("/public", express.static(PUBLIC, { index: false }));
  router.use((request, response) => void listener(request, response));
  return router;
}

/** Pictures may come from any address the gateway names, and map tiles from OpenStreetMap. */
const headers: RequestHandler = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", "data:", "blob:", "http:", "https:"],
      mediaSrc: ["'self'", "http:", "https:"],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
    },
  },
  strictTransportSecurity: false,
  // tile servers want to know who asks
  referrerPolicy: { policy: "strict-origin-when-cross-origin" },
});

/** Changes when a file does, so that browsers fetch it anew. */
function versionOf(folder: string): string {
  const hash = createHash("sha256");
  for (const name of readdirSync(folder).sort()) hash.update(readFileSync(`${folder}/${name}`));
  return hash.digest("base64url").slice(0, 10);
}

/** Outlines and landmarks, so that a place can be picked where no tiles load. */
function readMap() {
  const read = (name: string) =>
    JSON.parse(readFileSync(new URL(`../places/${name}`, import.meta.url), "utf8")) as Record<
      string,
      unknown
    >;
  return { wards: read("wards.json").wards, landmarks: read("landmarks.json").landmarks };
}
