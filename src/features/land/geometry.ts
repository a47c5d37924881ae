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
  const edges = ring.slice(1).map((end, at) => [ring[at]!, end] as const);
  return edges.some(([a, b], one) =>
    edges.some(
      ([c, d], other) => other > one + 1 && !(one === 0 && other === edges.length - 1) && cross(a, b, c, d),
    ),
  );
}

function cross(a: Position, b: Position, c: Position, d: Position): boolean {
  const side = (p: Position, q: Position, r: Position) =>
    Math.sign((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]));
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

export function boxOf(shape: Shape): Box {
  const box: Box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
  for (const [lon, lat] of shape.flat(2)) {
    box.west = Math.min(box.west, lon);
    box.east = Math.max(box.east, lon);
    box.south = Math.min(box.south, lat);
    box.north = Math.max(box.north, lat);
  }
  return box;
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
  const range = { lon: [-180, 180], lat: [-90, 90] };
  let hash = "";
  let bits = 0;
  for (let bit = 0; hash.length < length; bit++) {
    const axis = bit % 2 === 0 ? "lon" : "lat";
    const value = axis === "lon" ? lon : lat;
    const [low, high] = range[axis] as [number, number];
    const middle = (low + high) / 2;
    bits = bits * 2 + Number(value >= middle);
    range[axis] = value >= middle ? [middle, high] : [low, middle];
    if (bit % 5 === 4) {
      hash += GEOHASH[bits];
      bits = 0;
    }
  }
  return hash;
}
