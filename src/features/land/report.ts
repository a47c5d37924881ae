/** What a parcel's answer rests on: its zones with m² and share, each layer's source and day. */
import { areaOf, boxOf, sharedArea } from "./geometry.ts";
import type { FoundParcel, FoundZone, Layer } from "./store.ts";

/** Slivers of two layers that do not quite fit are no zone, m². */
const LEAST = 1;

export interface Crossing {
  zone: FoundZone;
  /** m². */
  area: number;
  /** Of the parcel, 0 to 1. */
  share: number;
}

/** Largest first. */
export function crossings(parcel: FoundParcel, zones: FoundZone[]): Crossing[] {
  const whole = areaOf(parcel.shape);
  return zones
    .map((zone) => ({ zone, area: sharedArea(parcel.shape, zone.shape) }))
    .filter(({ area }) => area >= LEAST)
    .map(({ zone, area }) => ({ zone, area, share: Math.min(1, area / whole) }))
    .sort((one, other) => other.area - one.area);
}

/** Each layer an answer rests on, once. */
export function sourcesOf(parcel: FoundParcel, found: Crossing[]): Layer[] {
  const layers = [parcel.layer, ...found.map(({ zone }) => zone.layer)];
  return layers.filter(({ name }, at) => layers.findIndex((layer) => layer.name === name) === at);
}

/** The parcel with some ground around it. */
export function surroundings(parcel: FoundParcel) {
  const { west, east, south, north } = boxOf(parcel.shape);
  const margin = Math.max(east - west, north - south, 0.0003) * 0.7;
  const [middleLon, middleLat] = [(west + east) / 2, (south + north) / 2];
  const half = Math.max(east - west, north - south) / 2 + margin;
  return {
    west: middleLon - half * 1.3,
    east: middleLon + half * 1.3,
    south: middleLat - half,
    north: middleLat + half,
  };
}
