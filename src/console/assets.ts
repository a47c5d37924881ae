/** Styles and scripts from their packages, under /assets, by addresses that change with their content. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { Router } from "express";

const packages = createRequire(import.meta.url);
const inPackage = (name: string, file: string) =>
  path.join(path.dirname(packages.resolve(`${name}/package.json`)), file);
const ours = (file: string) => fileURLToPath(new URL(`public/${file}`, import.meta.url));
const beside = (file: string) => fileURLToPath(new URL(`../${file}`, import.meta.url));

const FILES = {
  "tabler.css": inPackage("@tabler/core", "dist/css/tabler.min.css"),
  "tabler.js": inPackage("@tabler/core", "dist/js/tabler.min.js"),
  "htmx.js": inPackage("htmx.org", "dist/htmx.min.js"),
  "leaflet.css": inPackage("leaflet", "dist/leaflet.css"),
  "leaflet.js": inPackage("leaflet", "dist/leaflet.js"),
  // where leaflet.css and leaflet.js look for them
  "images/layers.png": inPackage("leaflet", "dist/images/layers.png"),
  "images/layers-2x.png": inPackage("leaflet", "dist/images/layers-2x.png"),
  "images/marker-icon.png": inPackage("leaflet", "dist/images/marker-icon.png"),
  "images/marker-icon-2x.png": inPackage("leaflet", "dist/images/marker-icon-2x.png"),
  "images/marker-shadow.png": inPackage("leaflet", "dist/images/marker-shadow.png"),
  "console.css": ours("console.css"),
  "console.js": ours("console.js"),
  "wording.css": ours("wording.css"),
  "pin.css": ours("pin.css"),
  "pin.js": ours("pin.js"),
  "ward-outlines.css": ours("ward-outlines.css"),
  "ward-outlines.js": ours("ward-outlines.js"),
  "icon.svg": ours("icon.svg"),
  "inbox.css": beside("features/conversations/public/inbox.css"),
  "inbox.js": beside("features/conversations/public/inbox.js"),
  "training.css": beside("features/conversations/public/training.css"),
  "training.js": beside("features/conversations/public/training.js"),
  "site.css": beside("pages/public/site.css"),
  "procedures-console.css": beside("features/procedures/public/procedures-console.css"),
  "reports-console.css": beside("features/reports/public/reports-console.css"),
  "reports-console.js": beside("features/reports/public/reports-console.js"),
  "report-map.js": beside("features/reports/public/report-map.js"),
  "announcements-reach.css": beside("features/announcements/public/announcements-reach.css"),
  "announcements-console.css": beside("features/announcements/public/announcements-console.css"),
  "stations.css": beside("features/environment/public/stations.css"),
  "offices.css": beside("features/offices/public/offices.css"),
  "dashboard.css": beside("features/dashboard/public/dashboard.css"),
  "report-map.css": beside("features/reports/public/report-map.css"),
};
export type AssetName = keyof typeof FILES;

interface Asset {
  version: string;
  bytes: Buffer;
  zipped: Buffer | null;
}
const loaded = new Map<string, Asset>();

function load(name: AssetName): Asset {
  const known = loaded.get(name);
  if (known) return known;
  const bytes = readFileSync(FILES[name]);
  const version = createHash("sha256").update(bytes).digest("base64url").slice(0, 10);
  const asset = { version, bytes, zipped: name.endsWith(".png") ? null : gzipSync(bytes) };
  loaded.set(name, asset);
  return asset;
}

/** The address of a file in its present version. */
export const asset = (name: AssetName) => `/assets/${name}?v=${load(name).version}`;

const isAsset = (name: string): name is AssetName => Object.hasOwn(FILES, name);

/** Mounted at /assets, open to everybody. */
export function createAssets(): Router {
  const router = Router();
  router.get("/{*file}", (request, response, next) => {
    const name = [request.params.file ?? []].flat().join("/");
    if (!isAsset(name)) return next();
    const { version, bytes, zipped } = load(name);
    const isCurrent = request.query.v === version;
    response.set({
      "cache-control": isCurrent ? "public, max-age=31536000, immutable" : "public, max-age=300",
      "x-content-type-options": "nosniff",
      vary: "accept-encoding",
    });
    response.type(path.extname(name));
    if (zipped && request.acceptsEncodings("gzip")) response.set("content-encoding", "gzip").send(zipped);
    else response.send(bytes);
  });
  return router;
}
