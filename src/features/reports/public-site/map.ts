/** What the map needs besides the reports: its tiles, and the wards' outlines for when they do not load. */
import { createHash } from "node:crypto";
import { t } from "../../../bilingual/index.ts";
import { wardFile } from "../../../places/wards.ts";
import { STATE_COLOURS, STATE_NAMES } from "../labels.ts";
import type { MapPoint } from "../store.ts";
import { titleOf } from "./words.ts";

export interface MapSettings {
  /** An address with {z}, {x} and {y}, or "none". */
  tiles: string;
  attribution: string;
  /** Where the outlines are. */
  outlines: string;
}

/** GeoJSON of the five wards. */
export const OUTLINES = JSON.stringify({
  type: "FeatureCollection",
  features: wardFile.wards.map(({ name, code, polygons }) => ({
    type: "Feature",
    properties: { name, code },
    geometry: { type: "MultiPolygon", coordinates: polygons },
  })),
});
const version = createHash("sha256").update(OUTLINES).digest("base64url").slice(0, 10);

export const mapSettings = (tiles: string, attribution: string): MapSettings => ({
  ...{ tiles, attribution, outlines: `/phan-anh/phuong.geojson?v=${version}` },
});

/** The origin tiles come from, for the content security policy; "https://{s}.tile.org" stands for all below tile.org. */
export function tileOrigins(tiles: string): string[] {
  const origin = /^https?:\/\/[^/]+/.exec(tiles)?.[0];
  return origin ? [origin.replace(/\{\w+\}/g, "*")] : [];
}

/** Side of a cell in degrees, so that marks do not lie on each other: 64 pixels of the map. */
export const cellAt = (zoom: number) => (64 * 360) / (256 * 2 ** zoom);

export const drawn = ({ latitude, longitude, count, code, category, state }: MapPoint) =>
  code && category && state
    ? {
        ...{ latitude, longitude, code, state: t.of(STATE_NAMES[state]), colour: STATE_COLOURS[state] },
        title: titleOf({ title: null, category }),
      }
    : { latitude, longitude, count };
