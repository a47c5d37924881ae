/**
 * VN-2000 and WGS 84. Cadastral maps of the former Bến Tre province are in TM-3 with the central meridian 105°45'
 * (EPSG:9210); Vĩnh Long's own axis is 105°30' (EPSG:9209). The seven parameters are those of QĐ 05/2007/QĐ-BTNMT with the
 * rotations' sign turned for the position-vector convention of `+towgs84`; copies that leave it are half a metre off.
 */
import proj4 from "proj4";

const DATUM =
  "+k=0.9999 +x_0=500000 +y_0=0 +ellps=WGS84 +units=m +no_defs " +
  "+towgs84=-191.90441429,-39.30318279,-111.45032835,0.00928836,-0.01975479,0.00427372,0.252906278";

export type Axis = "105.75" | "105.5";
const converters: Record<Axis, proj4.Converter> = {
  "105.75": proj4(`+proj=tmerc +lat_0=0 +lon_0=105.75 ${DATUM}`),
  "105.5": proj4(`+proj=tmerc +lat_0=0 +lon_0=105.5 ${DATUM}`),
};

/** Metres. On Vietnamese papers X is the northing and Y the easting. */
export interface Plane {
  north: number;
  east: number;
}
/** [longitude, latitude], degrees. */
export type Position = [number, number];

export function toWgs84({ north, east }: Plane, axis: Axis = "105.75"): Position {
  const [lon, lat] = converters[axis].inverse([east, north]);
  return [lon, lat];
}

export function toPlane([lon, lat]: Position, axis: Axis = "105.75"): Plane {
  const [east, north] = converters[axis].forward([lon, lat]);
  return { north: north, east: east };
}

const isNorth = (value: number) => value > 1_050_000 && value < 1_250_000;
const isEast = (value: number) => value > 400_000 && value < 700_000;

/** A pair from a paper either way round: northings here begin with 1.1 million, eastings with half a million. */
export function planeOf(first: number, second: number): Plane | null {
  if (isNorth(first) && isEast(second)) return { north: first, east: second };
  if (isNorth(second) && isEast(first)) return { north: second, east: first };
  return null;
}

/** Reads coordinates of either system by the size of the numbers: degrees are small, metres are not. */
export function positionOf(axis: Axis): (point: Position) => Position {
  return ([x, y]) => {
    if (Math.abs(x) <= 180 && Math.abs(y) <= 90) return [x, y];
    const plane = planeOf(x, y);
    if (!plane) throw new Error(`geometry: ${x}, ${y} is neither WGS 84 nor VN-2000 of this region`);
    return toWgs84(plane, axis);
  };
}
