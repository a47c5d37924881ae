/** Outlines on the ground, as GeoJSON has them; a ring's last point may repeat its first or not. */

/** WGS 84, degrees. */
export type Vertex = [longitude: number, latitude: number];

/** By the even-odd rule over outlines and holes alike: a ray to the east crosses an odd number of edges. */
export function isInside([longitude, latitude]: Vertex, rings: Vertex[][]): boolean {
  let inside = false;
  for (const ring of rings) {
    for (const [[x1, y1], [x2, y2]] of edgesOf(ring)) {
      if (y1 > latitude === y2 > latitude) continue;
      if (longitude < x1 + ((latitude - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside;
    }
  }
  return inside;
}

export function* edgesOf(ring: Vertex[]): Generator<[Vertex, Vertex]> {
  for (let at = 0; at < ring.length; at++) yield [ring[at]!, ring[(at + 1) % ring.length]!];
}
