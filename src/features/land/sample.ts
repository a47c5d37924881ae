/** A small invented cadastral map, marked as sample data: two sheets of house lots and gardens, a planned road and a park. */
import type { Db } from "../../infra/db.ts";
import { areaOf, boxOf, geohash, labelPoint, type Shape } from "./geometry.ts";
import { toWgs84 } from "./projection.ts";
import { addParcels, addPrices, addZones, beginLayer, boxText, finishLayer, hasLayers } from "./store.ts";

const SOURCE = "Bản đồ mẫu tự vẽ";
const NAME = "Dữ liệu mẫu";
/** South-west corner on the cadastral plane, metres. */
const CORNER = { north: 1_131_900, east: 568_200 };

/** @param at metres north and east of the corner */
function rectangle(at: { north: number; east: number }, height: number, width: number): Shape {
  const corners = [
    [0, 0],
    [0, width],
    [height, width],
    [height, 0],
    [0, 0],
  ] as const;
  return [
    [
      corners.map(([north, east]) => {
        const [lon, lat] = toWgs84({
          north: CORNER.north + at.north + north,
          east: CORNER.east + at.east + east,
        });
        return [Math.round(lon * 1e7) / 1e7, Math.round(lat * 1e7) / 1e7];
      }),
    ],
  ];
}

/** Lots along lanes: six rows of twelve a sheet, house lots by the lane and gardens behind. */
function parcelsOf(sheet: number, ward: string, east: number) {
  return Array.from({ length: 72 }, (_, at) => {
    const [row, column] = [Math.floor(at / 12), at % 12];
    const isGarden = row % 2 === 1;
    const width = 7 + ((column * 5 + sheet) % 4);
    const depth = isGarden ? 32 : 18;
    const north = Math.floor(row / 2) * 56 + (isGarden ? 18 : 0);
    const shape = rectangle({ north, east: east + column * 11 }, depth, width + (11 - width) * 0.9);
    return {
      ...{ sheet, number: 101 + at, ward, area: Math.round(areaOf(shape) * 10) / 10, address: null, shape },
      ...{ use_codes: isGarden ? ["CLN"] : column % 5 === 0 ? ["ODT", "CLN"] : ["ODT"] },
      ...{ geohash: geohash(labelPoint(shape)), bounds: boxText(boxOf(shape)) },
    };
  });
}

const zone = (code: string, name: string, shape: Shape) => ({
  code,
  name,
  shape,
  bounds: boxText(boxOf(shape)),
});

/** Where no parcel was imported yet. */
export async function ensureSampleLand(db: Db, now: Date): Promise<void> {
  if (await hasLayers(db, "parcels")) return;
  const layer = { name: NAME, source: SOURCE, asOf: now, sample: true };
  const parcels = await beginLayer(db, { kind: "parcels", ...layer });
  await addParcels(db, parcels, [...parcelsOf(12, "Phường Phú Khương", 0), ...parcelsOf(7, "Phường 8", 150)]);
  await finishLayer(db, parcels, "parcels", NAME);

  const planning = await beginLayer(db, { kind: "planning", ...layer });
  await addZones(db, planning, [
    zone("ODT", "Đất ở đô thị", rectangle({ north: -10, east: -10 }, 78, 310)),
    zone("DGT", "Đường quy hoạch, lộ giới 16 m", rectangle({ north: 68, east: -10 }, 16, 310)),
    zone("ODT", "Đất ở đô thị", rectangle({ north: 84, east: -10 }, 60, 310)),
    zone("DSH", "Công viên khu phố", rectangle({ north: 144, east: -10 }, 30, 140)),
    zone("CLN", "Đất trồng cây lâu năm", rectangle({ north: 144, east: 130 }, 30, 170)),
  ]);
  await finishLayer(db, planning, "planning", NAME);

  const prices = await beginLayer(db, { kind: "prices", ...layer });
  await addPrices(db, prices, [
    { street: "Nguyễn Huệ", stretch: "Trọn đường", ward: null, useCode: "ODT", price: 12_000_000 },
    {
      street: "Đồng Khởi",
      stretch: "Đoạn trong phường An Hội",
      ward: null,
      useCode: "ODT",
      price: 18_500_000,
    },
    { street: "Đồng Khởi", stretch: "Đoạn còn lại", ward: null, useCode: "ODT", price: 9_600_000 },
    { street: "Hùng Vương", stretch: "Trọn đường", ward: null, useCode: "ODT", price: 15_200_000 },
  ]);
  await finishLayer(db, prices, "prices", NAME);
}
