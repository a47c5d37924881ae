import fc from "fast-check";
import {
  codeOfWard,
  landmarkNear,
  metresBetween,
  wardAt,
  wardOfLandmark,
  wardsOfStreet,
  wardsToday,
  wardToday,
} from "./index.ts";

const truGiang = { latitude: 10.23856, longitude: 106.37818 };

test("the five wards of today each have their code", () => {
  expect(wardsToday.map(codeOfWard).sort()).toEqual(["28756", "28777", "28783", "28789", "28858"]);
});

test.each([
  ["Phường 8", { ward: "Phường Phú Khương", formerly: "Phường 8" }],
  ["Xã Mỹ Thạnh An", { ward: "Phường An Hội", formerly: "Xã Mỹ Thạnh An" }],
  ["Xã Sơn Đông", { ward: "Phường Sơn Đông", formerly: null }],
  ["Phường Phú Tân", { ward: "Phường Phú Tân", formerly: null }],
  ["Xã Giao Long", null],
])("%s today", (named, ward) => {
  expect(wardToday(named)).toEqual(ward);
});

test("a long street runs through several wards, a short one through one, an unknown one tells nothing", () => {
  expect(wardsOfStreet("Đồng Khởi")).toHaveLength(3);
  expect(wardsOfStreet("Tán Kế")).toEqual(["Phường An Hội"]);
  expect(wardsOfStreet("Lê Lợi")).toEqual([]);
});

test("a landmark tells its ward, with or without marks", () => {
  expect(wardOfLandmark("rác đầy trước chợ Bến Tre")).toBe("Phường An Hội");
  expect(wardOfLandmark("gan cong vien my hoa")).toBe("Phường Bến Tre");
  expect(wardOfLandmark("từ chợ Bến Tre tới chùa Pháp Tam")).toBeNull();
  expect(wardOfLandmark("trước nhà tui")).toBeNull();
});

describe("a point", () => {
  test("lies in one ward", () => {
    expect(wardAt(truGiang)).toEqual({ ward: "Phường An Hội", orElse: [] });
    expect(wardAt({ latitude: 10.2541267, longitude: 106.3602237 }).ward).toBe("Phường Sơn Đông");
  });

  test("near a boundary may be either side's", () => {
    const { ward, orElse } = boundaryPoint();
    expect([ward, ...orElse].length).toBeGreaterThan(1);
  });

  test("outside all five is nobody's", () => {
    expect(wardAt({ latitude: 10.77, longitude: 106.7 })).toEqual({ ward: null, orElse: [] });
  });

  test("is in one ward at most, and never fails, whatever the numbers", () => {
    const degrees = fc.double({ min: -1000, max: 1000 });
    fc.assert(
      fc.property(degrees, degrees, (latitude, longitude) => {
        const { ward, orElse } = wardAt({ latitude, longitude });
        expect(orElse).not.toContain(ward);
      }),
      { numRuns: 200 },
    );
  });

  test("is told by the landmark near it", () => {
    expect(landmarkNear({ latitude: 10.2386, longitude: 106.3784 })?.name).toBe("Hồ Trúc Giang");
    expect(landmarkNear({ latitude: 10.2, longitude: 106.4 })).toBeNull();
  });
});

test("metres agree with the great circle (haversine, mean radius) to half a metre within the city", () => {
  const there = { latitude: 10.2541267, longitude: 106.3602237 };
  expect(metresBetween(truGiang, there)).toBeCloseTo(haversine(truGiang, there), 0);
});

/** Halfway along a line from one ward into the next, found by halving. */
function boundaryPoint() {
  let [inside, outside] = [truGiang, { latitude: 10.2523153, longitude: 106.3719555 }];
  for (let step = 0; step < 40; step++) {
    const middle = {
      latitude: (inside.latitude + outside.latitude) / 2,
      longitude: (inside.longitude + outside.longitude) / 2,
    };
    if (wardAt(middle).ward === "Phường An Hội") inside = middle;
    else outside = middle;
  }
  return wardAt(inside);
}

function haversine(one: typeof truGiang, other: typeof truGiang) {
  const rad = (degrees: number) => (degrees * Math.PI) / 180;
  const h =
    Math.sin(rad(other.latitude - one.latitude) / 2) ** 2 +
    Math.cos(rad(one.latitude)) *
      Math.cos(rad(other.latitude)) *
      Math.sin(rad(other.longitude - one.longitude) / 2) ** 2;
  return 2 * 6_371_008.8 * Math.asin(Math.sqrt(h));
}
