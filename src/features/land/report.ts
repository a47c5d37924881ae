/** What a parcel's answer rests on: its zones with m² and share, each layer's source and day. */
import { areaOf, boxOf, sharedArea, type Box, type Shape } from "./geometry.ts";
import type { PortalParcel } from "./portal-parcel.ts";
import type { FoundParcel, FoundZone, Layer } from "./store.ts";

/** A parcel to be told of, whoever knows it. */
export interface Subject extends Omit<FoundParcel, "id" | "area" | "geohash" | "shape"> {
  /** null: not of our own map. */
  id: bigint | null;
  area: number | null;
  geohash: string | null;
  /** null: it cannot be drawn. */
  shape: Shape | null;
  /** The planning its source told with it; null: our planning map is asked. */
  zones: Crossing[] | null;
}

export interface Crossing {
  zone: Pick<FoundZone, "code" | "name" | "layer">;
  /** m². */
  area: number;
  /** Of the parcel, 0 to 1; null: its whole area is not known. */
  share: number | null;
}

export const subjectOf = (parcel: FoundParcel): Subject => ({ ...parcel, zones: null });

export function subjectOfPortal({ zones, source, asOf, ...parcel }: PortalParcel): Subject {
  const layer = { name: source, source, asOf, sample: false };
  const whole = parcel.area;
  const crossed = zones?.map(({ area, ...zone }) => ({
    ...{ zone: { ...zone, layer }, area },
    share: whole === null ? null : Math.min(1, area / whole),
  }));
  return { ...parcel, id: null, layer, zones: crossed ? largestFirst(crossed) : null };
}

/** Slivers of two layers that do not quite fit are no zone, m². */
const LEAST = 1;

export function crossings(shape: Shape, zones: FoundZone[]): Crossing[] {
  const whole = areaOf(shape);
  const crossed = zones
    .map((zone) => ({ zone, area: sharedArea(shape, zone.shape) }))
    .filter(({ area }) => area >= LEAST)
    .map(({ zone, area }) => ({ zone, area, share: Math.min(1, area / whole) }));
  return largestFirst(crossed);
}

const largestFirst = (crossed: Crossing[]) => crossed.sort((one, other) => other.area - one.area);

/** Each layer an answer rests on, once. */
export function sourcesOf(parcel: Subject, found: Crossing[]): Layer[] {
  const layers = [parcel.layer, ...found.map(({ zone }) => zone.layer)];
  return layers.filter(({ name }, at) => layers.findIndex((layer) => layer.name === name) === at);
}

/** A parcel with some ground around it. */
export function surroundings(shape: Shape): Box {
  const { west, east, south, north } = boxOf(shape);
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
