import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { loadWording } from "../../dialogue/wording.ts";
import { systemClock } from "../../infra/clock.ts";
import { ImportReport, type Importer } from "../../infra/import/importer.ts";
import { useTestDatabase } from "../../infra/testing/database.ts";
import { loadEngine } from "../../language/index.ts";
import { conversations } from "../conversations/index.ts";
import { openTown, place, type Town } from "../testing/people.ts";
import { importParcels, importPlanning, importPrices } from "./import.ts";
import { createLand } from "./index.ts";
import { toPlane, toWgs84 } from "./projection.ts";
import { ensureSampleLand } from "./sample.ts";

const database = useTestDatabase();
const pictures: Buffer[] = [];
const folder = mkdtempSync(path.join(tmpdir(), "land-"));
let town: Town;

beforeAll(async () => {
  const engine = await loadEngine();
  const media = { keepPicture: async (png: Buffer) => `${pictures.push(png)}`.padStart(64, "0") };
  const parts = { database, media, wording: loadWording(), clock: systemClock, source: null };
  town = await openTown(database, [createLand(parts), conversations], engine);
});

const square = (north: number, east: number, size: number, inMetres = false) => ({
  type: "Polygon",
  coordinates: [
    [
      [0, 0],
      [0, 1],
      [1, 1],
      [1, 0],
      [0, 0],
    ].map(([n, e]) => {
      const plane = { north: north + n! * size, east: east + e! * size };
      return inMetres ? [plane.east, plane.north] : toWgs84(plane);
    }),
  ],
});
const feature = (geometry: object, properties: object) => ({ type: "Feature", geometry, properties });

async function load(importer: Importer, name: string, content: object | string, check = false) {
  const file = path.join(folder, name);
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  const report = new ImportReport();
  await importer(file, { database, check, report, now: new Date("2026-11-20T00:00:00Z") });
  return report;
}

const PARCELS = {
  type: "FeatureCollection",
  features: [
    feature(square(1_132_000, 568_000, 20), {
      SHBanDo: 12,
      SHThua: 125,
      TenXa: "Phường 8",
      LoaiDat: "ODT+CLN",
      DiaChi: "hẻm 5",
    }),
    feature(square(1_132_000, 568_020, 20), { SHBanDo: 12, SHThua: 126, TenXa: "Phường 8", LoaiDat: "CLN" }),
    feature(square(1_132_500, 568_500, 20), {
      SHBanDo: 12,
      SHThua: 125,
      TenXa: "Phường Phú Khương",
      LoaiDat: "ODT",
    }),
  ],
};

describe("the map is loaded", () => {
  test("until there is one, that is said, with a person beside it", async () => {
    const lan = await town.knownResident("Người hỏi sớm");
    expect((await lan.says("thửa 125 tờ 12 phường 8"))[0]).toMatch(/chưa có bản đồ địa chính/);
    expect((await lan.says("giá đất đường Nguyễn Huệ"))[0]).toMatch(/chưa có bảng giá đất/);
  });

  test("spoiled features are named with their line and reason, good ones kept; a dry run keeps nothing", async () => {
    const spoiled = {
      type: "FeatureCollection",
      features: [
        ...PARCELS.features,
        feature({ type: "Point", coordinates: [106, 10] }, { SHBanDo: 1, SHThua: 1, TenXa: "Phường 8" }),
        feature(square(1_132_000, 568_000, 20), { SHBanDo: "x", SHThua: 1, TenXa: "Phường 8" }),
        feature(
          {
            type: "Polygon",
            coordinates: [
              [
                [106.3, 10.2],
                [106.31, 10.2],
                [106.3, 10.21],
                [106.31, 10.21],
                [106.3, 10.2],
              ],
            ],
          },
          { SHBanDo: 1, SHThua: 2, TenXa: "Phường 8" },
        ),
        feature(
          {
            type: "Polygon",
            coordinates: [
              [
                [0, 0],
                [0, 1],
                [1, 1],
                [0, 0],
              ],
            ],
          },
          { SHBanDo: 1, SHThua: 3, TenXa: "Phường 8" },
        ),
      ],
    };
    const dry = await load(importParcels, "thua-dat.geojson", spoiled, true);
    expect(dry.good).toBe(3);
    expect(await database.db.landLayer.count()).toBe(0);
    const report = await load(importParcels, "thua-dat.geojson", spoiled);
    expect(report.bad.map(({ reason }) => reason)).toEqual([
      expect.stringContaining("not a polygon"),
      expect.stringContaining("sheet"),
      expect.stringContaining("crosses itself"),
      expect.stringContaining("outside"),
    ]);
    expect(await database.pool.query("SELECT count(*)::int AS n FROM parcel")).toMatchObject({
      rows: [{ n: 3 }],
    });
  });

  test("loaded again it replaces itself; VN-2000 metres and WGS 84 degrees give the same place", async () => {
    const inMetres = {
      ...PARCELS,
      features: PARCELS.features.map((each, at) => ({
        ...each,
        geometry: at === 0 ? square(1_132_000, 568_000, 20, true) : each.geometry,
      })),
    };
    await load(importParcels, "thua-dat.geojson", inMetres);
    const { rows } = await database.pool.query<{ area: number; x: number; y: number }>(
      "SELECT area, (bounds[1])[0] AS x, (bounds[1])[1] AS y FROM parcel WHERE sheet = 12 AND number = 125 AND ward = 'Phường 8'",
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]!.area).toBeCloseTo(400, 0);
    const corner = toPlane([rows[0]!.x, rows[0]!.y]);
    expect(Math.hypot(corner.north - 1_132_000, corner.east - 568_000)).toBeLessThan(0.05);
  });

  test("planning zones and prices too; a price without a figure is named", async () => {
    await load(importPlanning, "quy-hoach.geojson", {
      type: "FeatureCollection",
      features: [
        feature(square(1_132_000, 567_990, 20), { code: "DGT", name: "Đường quy hoạch" }),
        feature(square(1_131_900, 567_900, 400), { code: "ODT" }),
      ],
    });
    const report = await load(
      importPrices,
      "gia-dat.csv",
      "street,stretch,price\nNguyễn Huệ,Trọn đường,12.000.000\nHùng Vương,,không rõ\n",
    );
    expect(report).toMatchObject({ added: 1, bad: [{ line: 3 }] });
  });
});

describe("a resident asks", () => {
  test("a parcel by sheet, number and old ward: area, use, zones with m² and share, source, and a picture", async () => {
    const lan = await town.knownResident("Chị Lan đất");
    const text = "thửa 125 tờ 12 phường 8 có dính quy hoạch không, thông tin thửa đất này sao";
    const message = { messageId: "m_land", text, attachments: [], choice: null, quotes: null };
    const replies = await lan.does({ kind: "message", ...message });
    expect(replies).toHaveLength(1); // two intents, one parcel
    const [reply] = replies;
    expect(reply!.text).toMatch(/Thửa 125, tờ bản đồ 12, Phường 8\n\(nay thuộc Phường Phú Khương\)/);
    expect(reply!.text).toMatch(/Diện tích: 400 m²/);
    expect(reply!.text).toMatch(/Đất ở tại đô thị \(ODT\); Đất trồng cây lâu năm \(CLN\)/);
    expect(reply!.text).toMatch(/Đất giao thông \(DGT\): 200 m² \(50 %\)/);
    expect(reply!.text).toMatch(/Đất ở tại đô thị \(ODT\): 400 m² \(100 %\)/);
    expect(reply!.text).toMatch(/tham khảo.*thua-dat\.geojson, 20\/11\/2026/);
    expect(reply!.image).toBeDefined();
    const { width, height, format } = await sharp(pictures.at(-1)).metadata();
    expect({ width, format }).toEqual({ width: 900, format: "png" });
    expect(height).toBeGreaterThan(640);
  });

  test("what is missing is asked, the ward last; several that fit are a list to choose from", async () => {
    const lan = await town.knownResident("Anh Hai đất");
    expect((await lan.says("xem giùm tui thửa đất"))[0]).toMatch(/tờ 12 thửa 125/);
    expect((await lan.says("tờ 12"))[0]).toMatch(/thửa số mấy/);
    expect((await lan.says("125"))[0]).toMatch(/phường \(xã\) nào/);
    expect((await lan.says("không nhớ"))[0]).toMatch(
      /có 2 thửa trùng số.*1\. Thửa 125, tờ 12, Phường 8, 400 m², hẻm 5/s,
    );
    expect((await lan.says("2"))[0]).toMatch(/Phường Phú Khương/);
  });

  test("by a shared place, by VN-2000 either way round, by identifier; a place without a parcel is said to be so", async () => {
    const lan = await town.knownResident("Dì Ba đất");
    const [lon, lat] = toWgs84({ north: 1_132_010, east: 568_010 });
    await lan.says("thông tin thửa đất");
    expect((await lan.sends(place(lat, lon)))[0]).toMatch(/Thửa 125.*Phường 8/);
    expect((await lan.says("thửa đất tọa độ X=1132010 Y=568030"))[0]).toMatch(/Thửa 126/);
    expect((await lan.says("thửa đất tọa độ 568030 1132010"))[0]).toMatch(/Thửa 126/);
    const { rows } = await database.pool.query<{ geohash: string }>(
      "SELECT geohash FROM parcel WHERE number = 126",
    );
    expect((await lan.says(`thông tin thửa đất mã ${rows[0]!.geohash}`))[0]).toMatch(/Thửa 126/);
    await lan.says("thông tin thửa đất");
    expect((await lan.sends(place(10.3, 106.5)))[0]).toMatch(/không tìm thấy thửa đất ở chỗ đó/);
  });

  test("codes of now and of before are explained, and the words people use for them", async () => {
    const lan = await town.knownResident("Cậu Tư đất");
    expect((await lan.says("đất CLN là đất gì, cất nhà được không"))[0]).toMatch(
      /CLN là Đất trồng cây lâu năm.*chuyển mục đích/s,
    );
    expect((await lan.says("đất LNC là đất gì"))[0]).toMatch(/LNC là mã cũ, nay là CLN/);
    expect((await lan.says("đất thổ cư là sao"))[0]).toMatch(/ONT.*ODT/s);
  });

  test("the official price of a street", async () => {
    const lan = await town.knownResident("Út đất");
    expect((await lan.says("giá đất nhà nước đường Nguyễn Huệ bao nhiêu"))[0]).toMatch(
      /Trọn đường: 12\.000\.000 đồng\/m²/,
    );
    expect((await lan.says("gia dat duong Dong Khoi"))[0]).toMatch(/không thấy đường/);
  });
});

test("the sample map is drawn once, and says what it is", async () => {
  const { db } = database;
  await db.landLayer.deleteMany();
  await ensureSampleLand(db, new Date());
  await ensureSampleLand(db, new Date());
  expect(await db.landLayer.count()).toBe(3);
  const lan = await town.knownResident("Người xem mẫu");
  expect((await lan.says("thửa 125 tờ 12 Phú Khương"))[0]).toMatch(/Dữ liệu mẫu/);
});
