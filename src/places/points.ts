/** Points on the ground: how far apart, in which ward, near what. Coordinates are WGS 84 degrees. */
import { readFileSync } from "node:fs";
import { edgesOf, isInside, type Vertex } from "./rings.ts";
import { plain, wardFile } from "./wards.ts";

export interface Point {
  latitude: number;
  longitude: number;
}

/** The province of Vĩnh Long since 01/07/2025 (Vĩnh Long, Bến Tre, Trà Vinh) with a margin: what lies outside was mistyped. */
const PROVINCE = { south: 9.4, north: 10.6, west: 105.5, east: 107 };

export const isInProvince = ({ latitude, longitude }: Point) =>
  latitude >= PROVINCE.south &&
  latitude <= PROVINCE.north &&
  longitude >= PROVINCE.west &&
  longitude <= PROVINCE.east;

export interface WardAtPoint {
  /** null: outside all five wards. */
  ward: string | null;
  /** Other wards so close that the point may be theirs. */
  orElse: string[];
}

/** The outlines are simplified to about 5 m and a phone is off by ten or twenty: nearer than this, we ask. */
const UNSURE_METRES = 30;

export function wardAt(point: Point): WardAtPoint {
  const ward = wardFile.wards.find(({ polygons }) =>
    polygons.some((rings) => isInside([point.longitude, point.latitude], rings)),
  );
  const near = wardFile.wards.filter(
    ({ name, polygons }) => name !== ward?.name && metresToEdge(point, polygons.flat()) < UNSURE_METRES,
  );
  return { ward: ward?.name ?? null, orElse: near.map(({ name }) => name) };
}

/** Metres to the nearest edge, on the plane that touches the earth at the point: exact enough within a city. */
function metresToEdge(point: Point, rings: Vertex[][]): number {
  let nearest = Infinity;
  for (const ring of rings) {
    for (const [start, end] of edgesOf(ring)) {
      const [ax, ay] = onPlane(start, point);
      const [bx, by] = onPlane(end, point);
      const length = (bx - ax) ** 2 + (by - ay) ** 2;
      const along = length === 0 ? 0 : Math.min(1, Math.max(0, -(ax * (bx - ax) + ay * (by - ay)) / length));
      nearest = Math.min(nearest, Math.hypot(ax + along * (bx - ax), ay + along * (by - ay)));
    }
  }
  return nearest;
}

const METRES_PER_DEGREE = (Math.PI / 180) * 6_371_008.8; // on the mean sphere (IUGG)

function onPlane([longitude, latitude]: Vertex, from: Point): [east: number, north: number] {
  const shrink = Math.cos((from.latitude * Math.PI) / 180);
  return [
    (longitude - from.longitude) * METRES_PER_DEGREE * shrink,
    (latitude - from.latitude) * METRES_PER_DEGREE,
  ];
}

/** Within a city the plane is off by less than a metre. */
export function metresBetween(one: Point, other: Point): number {
  return Math.hypot(...onPlane([other.longitude, other.latitude], one));
}

/** Landmarks whose position is known, with how sure we are of it left out: they only help to say "near …". */
const LANDMARKS = JSON.parse(readFileSync(new URL("landmarks.json", import.meta.url), "utf8")) as {
  landmarks: (Point & { name: string })[];
};
const NEAR_METRES = 400;

/** The place of the landmark a text names: "tui đang ở gần chợ Bến Tre"; null for none or several. */
export function pointOfLandmark(text: string): Point | null {
  const said = ` ${plain(text)} `;
  const named = LANDMARKS.landmarks.filter(({ name }) => said.includes(` ${plain(name)} `));
  return named.length === 1 ? { latitude: named[0]!.latitude, longitude: named[0]!.longitude } : null;
}

/** The landmark within 400 m, for "ảnh chụp gần Hồ Trúc Giang". */
export function landmarkNear(point: Point): { name: string; metres: number } | null {
  const [nearest] = LANDMARKS.landmarks
    .map((landmark) => ({ name: landmark.name, metres: metresBetween(point, landmark) }))
    .sort((one, other) => one.metres - other.metres);
  return nearest && nearest.metres <= NEAR_METRES ? nearest : null;
}
