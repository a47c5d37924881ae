/** Whatever kind of file it is: what is wrong with a row is named with its line and the reason, and the good ones are kept. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ImportReport, type Importer } from "../infra/import/importer.ts";
import { useTestDatabase } from "../infra/testing/database.ts";
import { ensureUnits } from "../residents/units.ts";
import { importUnits } from "../residents/import-units.ts";
import { createTestAccount } from "../channels/testing.ts";
import { importAnnouncements } from "./announcements/import.ts";
import { importFollowers } from "./announcements/import-followers.ts";
import { importDossiers } from "./dossiers/import.ts";
import { importLamps } from "./environment/lamps/import.ts";
import { importParcels, importPlanning, importPrices } from "./land/import.ts";
import { importProcedures } from "./procedures/import.ts";

const database = useTestDatabase();
const folder = mkdtempSync(path.join(tmpdir(), "spoiled-"));
beforeAll(() => ensureUnits(database.db));
afterAll(() => rmSync(folder, { recursive: true }));

async function load(importer: Importer, name: string, content: string | Buffer, check = false) {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  const report = new ImportReport();
  await importer(file, { database, check, report, now: new Date("2026-11-25T03:00:00Z") });
  return report;
}
/** "3: code: …" */
const told = ({ bad }: ImportReport) => bad.map(({ line, reason }) => `${line}: ${reason}`);

const square = (longitude: number, latitude = 10.24) => ({
  type: "Polygon",
  coordinates: [
    [
      [longitude, latitude],
      [longitude + 0.001, latitude],
      [longitude + 0.001, latitude + 0.001],
      [longitude, latitude + 0.001],
      [longitude, latitude],
    ],
  ],
});
/** GeoJSON, a feature a line from line 2 on; a string stands as it is. */
const features = (...rows: (object | string)[]) =>
  `{"type":"FeatureCollection","features":[\n${rows
    .map((row) => (typeof row === "string" ? row : JSON.stringify({ type: "Feature", ...row })))
    .join(",\n")}\n]}`;

test("lamps, as CSV and as points of GeoJSON", async () => {
  const csv = [
    "code,street,latitude,longitude,unit",
    "NH-101,Nguyễn Huệ,10.2396,106.3766,AN-HOI",
    "trụ số 5,Nguyễn Huệ,10.2396,106.3766,",
    "NH-102,Nguyễn Huệ,106.3766,10.2396,",
    "NH-103,Nguyễn Huệ,10.2396,,",
    "nh-101,Lê Lợi,10.24,106.37,",
    "NH-104,Nguyễn Huệ,10.24,106.37,QUAN-1",
    ",Nguyễn Huệ,10.24,106.37,",
    "NH-105,,,,",
  ].join("\n");
  const report = await load(importLamps, "lamps.csv", csv);
  expect(told(report)).toEqual([
    expect.stringMatching(/^3: code: must look like NH-012/),
    expect.stringMatching(/^4: latitude: 106\.3766, 10\.2396 lies outside/),
    expect.stringMatching(/^5: latitude: latitude and longitude go together/),
    "6: code: NH-101 stands on line 2 already",
    "7: unit: there is no unit QUAN-1",
    expect.stringMatching(/^8: code:/),
  ]);
  expect(report).toMatchObject({ added: 2 });
  expect(await load(importLamps, "lamps.csv", csv)).toMatchObject({ added: 0, unchanged: 2 });
  expect(await database.db.lamp.findUniqueOrThrow({ where: { code: "NH-101" } })).toMatchObject({
    ...{ street: "Nguyễn Huệ", unitCode: "AN-HOI", latitude: 10.2396 },
  });
  const point = (coordinates: number[]) => ({ geometry: { type: "Point", coordinates } });
  const map = features(
    { properties: { code: "NH-201", street: "Hùng Vương" }, ...point([106.37, 10.24]) },
    { properties: { code: "NH-202" }, ...point([206.37, 10.24]) },
    '{"type":"Feature","properties":{"code":}}',
  );
  const dry = await load(importLamps, "lamps.geojson", map, true);
  expect(told(dry)).toEqual([
    expect.stringMatching(/^3: .*outside/),
    expect.stringMatching(/^4: is not JSON/),
  ]);
  expect(dry).toMatchObject({ added: 1 });
  expect(await database.db.lamp.count({ where: { code: "NH-201" } })).toBe(0);
});

test("parcels and planning zones; a file with nothing good leaves the map of before", async () => {
  const parcel = { sheet: 3, number: 7, ward: "Phường An Hội" };
  const good = features({ properties: parcel, geometry: square(106.37) });
  await load(importParcels, "thua.geojson", good);
  const spoiled = features(
    { properties: { ...parcel, sheet: "không" }, geometry: square(106.37) },
    { properties: { ...parcel, ward: undefined }, geometry: square(106.38) },
    { properties: parcel, geometry: square(16.37) },
    { properties: parcel, geometry: { type: "Point", coordinates: [106.37, 10.24] } },
    { properties: parcel },
    '{"type":"Feature","properties":',
  );
  expect(told(await load(importParcels, "thua.geojson", spoiled))).toEqual([
    expect.stringMatching(/^2: sheet: expected number/),
    expect.stringMatching(/^3: ward:/),
    "4: geometry: lies outside the Mekong delta",
    "5: geometry: is Point, not a polygon",
    "6: geometry: is missing, not a polygon",
    expect.stringMatching(/^7: is not JSON/),
  ]);
  expect(await database.db.parcel.count()).toBe(1);

  const zones = features(
    { properties: { code: "ODT", name: "Đất ở đô thị" }, geometry: square(106.37) },
    { properties: { code: "28777", name: "Phường An Hội" }, geometry: square(106.37) },
    { properties: { name: "không mã" }, geometry: square(106.37) },
  );
  const planning = await load(importPlanning, "quy-hoach.geojson", zones);
  expect(told(planning)).toEqual([
    "3: code: is no land-use code such as ODT",
    expect.stringMatching(/^4: code: expected string/),
  ]);
  expect(planning).toMatchObject({ added: 1 });
});

test("land prices, dossiers and the archive of announcements", async () => {
  const prices =
    "street,price,ward\nNguyễn Huệ,12.500.000,Phường An Hội\n,5000000,\nLê Lợi,mười triệu,\nLê Lợi,-5,\n";
  expect(told(await load(importPrices, "gia.csv", prices))).toEqual([
    expect.stringMatching(/^3: street:/),
    expect.stringMatching(/^4: price:/),
    expect.stringMatching(/^5: price:/),
  ]);

  const dossiers = [
    "code,status,asOf",
    "H07.20-260804-0583,Đang xử lý,2026-11-24T08:00:00+07:00",
    "không phải mã,Đang xử lý,2026-11-24T08:00:00+07:00",
    "H07.20-261399-0001,Đang xử lý,2026-11-24T08:00:00+07:00",
  ].join("\n");
  const kept = await load(importDossiers, "ho-so.csv", dossiers);
  expect(told(kept)).toEqual([expect.stringMatching(/^3: code/), expect.stringMatching(/^4: code/)]);
  expect(kept).toMatchObject({ added: 1 });

  const notices = [
    '{"title":"Cúp nước đường Hùng Vương","body":"Nước yếu cả ngày.","date":"24/11/2026","unit":"AN-HOI"}',
    '{"title":"","body":"x","date":"24/11/2026","unit":"AN-HOI"}',
    '{"title":"Họp dân","body":"Mời họp.","date":"32/13/2026","unit":"AN-HOI"}',
    '{"title":"Họp dân","body":"Mời họp.","date":"24/11/2026","unit":"Quận 1"}',
    '{"title":"Họp dân","body":',
  ].join("\n");
  expect(told(await load(importAnnouncements, "tin.jsonl", notices))).toEqual([
    expect.stringMatching(/^2: title:/),
    expect.stringMatching(/^3: date: "32\/13\/2026" is no date/),
    expect.stringMatching(/^4: unit: "Quận 1" is no unit here/),
    expect.stringMatching(/^5: is not JSON/),
  ]);
});

test("the official list of wards is the units that stand already; a file of another kind is said to be one", async () => {
  const list = {
    oldUnits: [{ code: "28759", fullName: "Phường 1" }],
    newUnits: [
      { code: "28777", name: "An Hội", fullName: "Phường An Hội", parentCode: "86" },
      { code: "28756", name: "Phú Khương", fullName: "Phường Phú Khương", parentCode: "86" },
    ],
  };
  expect(await load(importUnits, "don-vi.json", JSON.stringify(list))).toMatchObject({
    unchanged: 2,
    bad: [],
  });
  for (const importer of [importProcedures, importParcels, importDossiers, importLamps]) {
    const report = await load(importer, "khac.json", JSON.stringify({ places: [{ name: "Hồ Trúc Giang" }] }));
    expect(told(report)).toEqual([expect.stringMatching(/^1: holds no row under "\w+", only places/)]);
  }
});

test("a file in another encoding is refused whole, with what to do", async () => {
  const latin = Buffer.from("code,street\nNH-301,Nguy\xea Hu\xea\n", "latin1");
  await expect(load(importLamps, "latin.csv", latin)).rejects.toThrow(/neither UTF-8 nor UTF-16/);
  expect(await database.db.lamp.count({ where: { code: "NH-301" } })).toBe(0);
});

test("followers: only with the day they agreed, and never again who has withdrawn since", async () => {
  const { account } = await createTestAccount(database);
  const address = `${account.channel}:${account.externalId}`;
  const csv = [
    "account,user,topic,ward,consent",
    `${address},7001,cúp nước,Phường 8,20/11/2026`,
    `${address},7002,,,2026-11-01`,
    `${address},7003,water,An Hội,`,
    `zalo:404,7004,,,20/11/2026`,
    `${address},7005,thời trang,,20/11/2026`,
    `${address},7006,,Phường 99,20/11/2026`,
    `${address},7007,,,20/11/2030`,
  ].join("\n");
  const report = await load(importFollowers, "followers.csv", csv);
  expect(report).toMatchObject({ added: 2, changed: 0 });
  expect(told(report)).toEqual([
    expect.stringMatching(/^4: consent: .*no date/),
    expect.stringMatching(/^5: account: there is no zalo:404/),
    expect.stringMatching(/^6: topic: "thời trang"/),
    expect.stringMatching(/^7: ward: "Phường 99"/),
    expect.stringMatching(/^8: consent: is a day to come/),
  ]);
  const { db } = database;
  const lan = await db.resident.findFirstOrThrow({
    where: { externalId: "7001" },
    include: { subscriptions: true, consents: true },
  });
  expect(lan.subscriptions).toMatchObject([{ topic: "water", wardCode: "28756" }]);
  expect(lan.consents).toMatchObject([{ purpose: "announcements", withdrawnAt: null }]);

  expect(await load(importFollowers, "again.csv", csv)).toMatchObject({ added: 0, changed: 0, unchanged: 2 });
  await db.consent.updateMany({
    where: { residentId: lan.id },
    data: { withdrawnAt: new Date("2026-11-24") },
  });
  expect(told(await load(importFollowers, "after.csv", csv))[0]).toMatch(/^2: user: has withdrawn since/);
});
