import fc from "fast-check";
import { areaOf, geohash, holds, labelPoint, sharedArea, type Shape } from "./geometry.ts";
import { planeOf, toPlane, toWgs84, type Position } from "./projection.ts";

const metresApart = (one: { north: number; east: number }, other: { north: number; east: number }) =>
  Math.hypot(one.north - other.north, one.east - other.east);

test("the test vectors of both axes come out to within a centimetre", () => {
  const place: Position = [106.37889, 10.24028];
  expect(metresApart(toPlane(place), { north: 1132497.94, east: 568698.598 })).toBeLessThan(0.01);
  expect(metresApart(toPlane(place, "105.5"), { north: 1132561.865, east: 596087.482 })).toBeLessThan(0.01);
  const back = toWgs84({ north: 1132497.94, east: 568698.598 });
  expect(metresApart(toPlane(back), toPlane(place))).toBeLessThan(0.01);
});

test("there and back again is the same place, anywhere in the delta", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 105.2, max: 107, noNaN: true }),
      fc.double({ min: 9, max: 11, noNaN: true }),
      (lon, lat) => {
        const [backLon, backLat] = toWgs84(toPlane([lon, lat]));
        expect(Math.abs(backLon - lon)).toBeLessThan(1e-8);
        expect(Math.abs(backLat - lat)).toBeLessThan(1e-8);
      },
    ),
  );
});

test("a pair is read either way round, and nonsense is none", () => {
  const plane = { north: 1132497.94, east: 568698.6 };
  expect(planeOf(plane.north, plane.east)).toEqual(plane);
  expect(planeOf(plane.east, plane.north)).toEqual(plane);
  expect(planeOf(1, 2)).toBeNull();
});

/** A square on the cadastral plane, `size` metres a side. */
function square(north: number, east: number, size: number): Shape {
  const corners: [number, number][] = [
    [north, east],
    [north, east + size],
    [north + size, east + size],
    [north + size, east],
    [north, east],
  ];
  return [[corners.map(([n, e]) => toWgs84({ north: n, east: e }))]];
}

test("areas, shares and points are those of the ground", () => {
  const parcel = square(1_132_000, 568_000, 100);
  expect(areaOf(parcel)).toBeCloseTo(10_000, 0);
  expect(sharedArea(parcel, square(1_132_050, 568_050, 100))).toBeCloseTo(2500, 0);
  expect(sharedArea(parcel, square(1_133_000, 568_000, 100))).toBe(0);
  expect(holds(parcel, labelPoint(parcel))).toBe(true);
  expect(holds(parcel, toWgs84({ north: 1_131_990, east: 568_050 }))).toBe(false);
});

test("the label of a crescent lies in it, not in its hollow", () => {
  const [north, east] = [1_132_000, 568_000];
  const corners: [number, number][] = [
    [0, 0],
    [0, 100],
    [100, 100],
    [100, 90],
    [10, 90],
    [10, 10],
    [100, 10],
    [100, 0],
    [0, 0],
  ];
  const crescent: Shape = [[corners.map(([n, e]) => toWgs84({ north: north + n, east: east + e }))]];
  expect(holds(crescent, labelPoint(crescent))).toBe(true);
});

test("a parcel's identifier is a geohash of twelve characters", () => {
  expect(geohash([-5.6, 42.6], 5)).toBe("ezs42"); // the example of the method's author
  expect(geohash([106.37889, 10.24028])).toMatch(/^w3g[0-9b-hjkmnp-z]{9}$/);
});
