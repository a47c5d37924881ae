/** Shapes on the ground: areas in m², what lies in what, what two have in common. */
import polygonClipping from "polygon-clipping";
import { isInside } from "../../places/index.ts";
import { toPlane, type Position } from "./projection.ts";

export type Ring = Position[];
/** Polygons → rings (the outline, then holes) → points. */
export type Shape = Ring[][];

export interface Box {
  west: number;
  south: number;
  east: number;
  north: number;
}

/** GeoJSON Polygon or MultiPolygon. @throws with what is wrong, in words for whoever imports. */
export function readShape(geometry: unknown, toPosition: (point: Position) => Position): Shape {
  const { type, coordinates } = (geometry ?? {}) as { type?: string; coordinates?: unknown };
  if (type !== "Polygon" && type !== "MultiPolygon")
    throw new Error(`geometry: is ${type ?? "missing"}, not a polygon`);
  const polygons = type === "Polygon" ? [coordinates] : coordinates;
  if (!Array.isArray(polygons) || polygons.length === 0) throw new Error("geometry: has no coordinates");
  return polygons.map((rings) => {
    if (!Array.isArray(rings) || rings.length === 0) throw new Error("geometry: a polygon has no ring");
    return rings.map((ring) => readRing(ring, toPosition));
  });
}

function readRing(ring: unknown, toPosition: (point: Position) => Position): Ring {
  if (!Array.isArray(ring) || ring.length < 4) throw new Error("geometry: a ring needs at least four points");
  const points = ring.map((point): Position => {
    const [x, y] = point as [unknown, unknown];
    if (typeof x !== "number" || typeof y !== "number" || !Number.isFinite(x) || !Number.isFinite(y)) {
      throw new Error("geometry: a point is no pair of numbers");
    }
    const [lon, lat] = toPosition([x, y]);
    if (!(lon > 104 && lon < 108 && lat > 8 && lat < 12))
      throw new Error("geometry: lies outside the Mekong delta");
    return [round(lon), round(lat)];
  });
  const [first, last] = [points[0]!, points.at(-1)!];
  if (first[0] !== last[0] || first[1] !== last[1]) throw new Error("geometry: a ring is not closed");
  if (crossesItself(points)) throw new Error("geometry: the outline crosses itself");
  return points;
}

/** About a centimetre. */
const round = (degrees: number) => Math.round(degrees * 1e7) / 1e7;

/** Only small rings are looked at edge by edge: a zone of thousands of points comes from a system that did so itself. */
function crossesItself(ring: Ring): boolean {
  if (ring.length > 200) return false;
  const edges = ring.length - 1;
  for (let one = 0; one < edges; one++) {
    for (let other = one + 2; other < edges; other++) {
      if (one === 0 && other === edges - 1) continue; // they meet where the ring closes
      if (cross(ring[one]!, ring[one + 1]!, ring[other]!, ring[other + 1]!)) return true;
    }
  }
  return false;
}

const cross = (a: Position, b: Position, c: Position, d: Position) =>
  side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;

/** On which side of the line from p to q lies r. */
const side = (p: Position, q: Position, r: Position) =>
  Math.sign((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]));

export function boxOf(shape: Shape): Box {
  const box: Box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
  for (const rings of shape) for (const ring of rings) for (const point of ring) widen(box, point);
  return box;
}

function widen(box: Box, [lon, lat]: Position) {
  if (lon < box.west) box.west = lon;
  if (lon > box.east) box.east = lon;
  if (lat < box.south) box.south = lat;
  if (lat > box.north) box.north = lat;
}

/** m², on the cadastral plane: outlines less their holes (shoelace formula). */
export function areaOf(shape: Shape): number {
  return shape.reduce(
    (sum, rings) => sum + rings.reduce((area, ring, at) => area + (at === 0 ? 1 : -1) * ringArea(ring), 0),
    0,
  );
}

function ringArea(ring: Ring): number {
  const points = ring.map((point) => toPlane(point));
  let twice = 0;
  for (let at = 1; at < points.length; at++) {
    const [from, to] = [points[at - 1]!, points[at]!];
    twice += from.east * to.north - to.east * from.north;
  }
  return Math.abs(twice) / 2;
}

/** Whether a point lies in a shape and in none of its holes. */
export const holds = (shape: Shape, point: Position) => shape.some((rings) => isInside(point, rings));

/** m² that two shapes share. */
export function sharedArea(one: Shape, other: Shape): number {
  return areaOf(polygonClipping.intersection(one, other));
}

/** A point inside, for a label: the middle of the box if it lies inside, else the middle of the widest stretch at that height. */
export function labelPoint(shape: Shape): Position {
  const { west, east, south, north } = boxOf(shape);
  const lat = (south + north) / 2;
  const middle: Position = [(west + east) / 2, lat];
  if (holds(shape, middle)) return middle;
  const cuts = shape
    .flat()
    .flatMap((ring) => ring.slice(1).map((end, at) => [ring[at]!, end] as const))
    .filter(([[, y1], [, y2]]) => y1 > lat !== y2 > lat)
    .map(([[x1, y1], [x2, y2]]) => x1 + ((lat - y1) / (y2 - y1)) * (x2 - x1))
    .sort((a, b) => a - b);
  let best: Position = middle;
  for (let at = 1, width = 0; at < cuts.length; at += 2) {
    if (cuts[at]! - cuts[at - 1]! <= width) continue;
    width = cuts[at]! - cuts[at - 1]!;
    best = [(cuts[at]! + cuts[at - 1]!) / 2, lat];
  }
  return best;
}

const GEOHASH = "0123456789bcdefghjkmnpqrstuvwxyz";

/** Twelve characters: the parcel identifier of TT 09/2024/TT-BTNMT as amended by TT 19/2026 (Niemeyer's geohash, 2008). */
export function geohash([lon, lat]: Position, length = 12): string {
  let [west, east, south, north] = [-180, 180, -90, 90];
  let hash = "";
  let bits = 0;
  for (let bit = 0; hash.length < length; bit++) {
    bits *= 2;
    if (bit % 2 === 0) {
      const middle = (west + east) / 2;
      if (lon >= middle) [bits, west] = [bits + 1, middle];
      else east = middle;
    } else {
      const middle = (south + north) / 2;
      if (lat >= middle) [bits, south] = [bits + 1, middle];
      else north = middle;
    }
    if (bit % 5 < 4) continue;
    hash += GEOHASH[bits];
    bits = 0;
  }
  return hash;
}
