import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { OperatorError } from "../../config.ts";
import { ImportReport } from "../../infra/import/importer.ts";
import { useTestDatabase } from "../../infra/testing/database.ts";
import { importParcels } from "./import.ts";
import { toPlane, toWgs84, type Axis } from "./projection.ts";
import { findByNumber, findByPoint } from "./store.ts";
import { zipShapefile, type ShapefileParts } from "./testing/zipped-shapefile.ts";

const database = useTestDatabase();
const folder = mkdtempSync(path.join(tmpdir(), "shapefiles-"));
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => database.db.landLayer.deleteMany());

const WGS84 = 'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]]]';
const vn2000 = (axis: string) =>
  `PROJCS["VN2000_TM3",GEOGCS["GCS_VN_2000"],PROJECTION["Transverse_Mercator"],PARAMETER["Central_Meridian",${axis}]]`;

/** Clockwise; `at`: metres north and east of a corner in Phường 8. */
function square(at: { north: number; east: number }, size: number): [number, number][] {
  const [north, east] = [1_132_000 + at.north, 568_000 + at.east];
  const [top, right] = [north + size, east + size];
  return [
    [east, north],
    [east, top],
    [right, top],
    [right, north],
    [east, north],
  ];
}
/** The same ground in degrees, or on another axis. */
const inDegrees = (ring: [number, number][]) => ring.map(([east, north]) => toWgs84({ north, east }));
const onAxis = (ring: [number, number][], axis: Axis) =>
  inDegrees(ring).map((position): [number, number] => {
    const { north, east } = toPlane(position, axis);
    return [east, north];
  });

const facts = (number: number | string, more = {}) => ({
  ...{ SoTo: 12, SoThua: number, TenXa: "Phường 8", LoaiDat: "ODT+CLN", DienTich: "" },
  ...more,
});
const plain = square({ north: 0, east: 0 }, 20);
const hole = square({ north: 5, east: 5 }, 10).reverse();

async function load(name: string, parts: ShapefileParts, check = false): Promise<ImportReport> {
  const file = await zipShapefile(path.join(folder, name), parts);
  const report = new ImportReport();
  await importParcels(file, { database, check, report, now: new Date("2026-11-20T00:00:00Z") });
  return report;
}

const found = async (number: number) => (await findByNumber(database.db, 12, number, ["Phường 8"]))[0]!;

/** How far the north-west corner of parcel 125 is from where it was surveyed, metres. */
async function metresOff(): Promise<number> {
  const { shape } = await found(125);
  const corner = toPlane(shape[0]![0]![1]!);
  return Math.hypot(corner.north - 1_132_020, corner.east - 568_000);
}

describe("a zipped Shapefile", () => {
  test.each([
    ["in WGS 84", { prj: WGS84 }, inDegrees],
    ["in WGS 84, without saying so", {}, inDegrees],
    ["in VN-2000 of the former province", { prj: vn2000("105.75"), folder: "to 12/" }, (ring) => ring],
    ["in VN-2000, without saying so", {}, (ring) => ring],
    [
      "in VN-2000 of the axis 105°30'",
      { prj: vn2000("105.500000000000000") },
      (ring) => onAxis(ring, "105.5"),
    ],
  ] as [string, Partial<ShapefileParts>, (ring: [number, number][]) => [number, number][]][])(
    "%s lies where it was surveyed, to a centimetre and a rounding",
    async (_what, parts, inItsSystem) => {
      const rows = [{ rings: [inItsSystem(plain), inItsSystem(hole)], facts: facts(125) }];
      expect(await load("thua-dat.zip", { ...parts, rows })).toMatchObject({ added: 1, bad: [] });
      expect(await metresOff()).toBeLessThan(0.02);
      const parcel = await found(125);
      expect(parcel.area).toBeCloseTo(300, 0);
      expect(parcel).toMatchObject({ ward: "Phường 8", useCodes: ["ODT", "CLN"] });
      const at = (north: number, east: number) =>
        findByPoint(database.db, toWgs84({ north: 1_132_000 + north, east: 568_000 + east }));
      expect([(await at(2, 2)).length, (await at(10, 10)).length]).toEqual([1, 0]); // in the hole: none
    },
  );

  test("names each bad record with its place in the file and the reason, and keeps the others", async () => {
    const bowTie: [number, number][] = [plain[0]!, plain[2]!, plain[1]!, plain[3]!, plain[0]!];
    const rows = [
      { rings: [plain], facts: facts(125) },
      { rings: null, facts: facts(126) },
      { rings: [bowTie], facts: facts(127) },
      { rings: [plain], facts: facts("12A") },
      { rings: [plain.map(([x, y]): [number, number] => [x + 900_000, y])], facts: facts(129) },
      { rings: [plain.slice(0, 4)], facts: facts(130) },
      { rings: [plain], facts: facts(131, { LoaiDat: "XYZ" }) },
      { rings: [plain], facts: facts(132, { TenXa: "" }) },
    ];
    const dry = await load("loi.zip", { rows, prj: vn2000("105.75") }, true);
    expect(dry.good).toBe(2);
    expect(await database.db.landLayer.count()).toBe(0);
    const report = await load("loi.zip", { rows, prj: vn2000("105.75") });
    expect(report.bad).toEqual([
      { line: 2, reason: expect.stringMatching(/geometry: is missing, not a polygon/) as string },
      { line: 3, reason: "geometry: the outline crosses itself" },
      { line: 4, reason: expect.stringMatching(/^number: /) as string },
      { line: 5, reason: expect.stringMatching(/neither WGS 84 nor VN-2000/) as string },
      { line: 6, reason: "geometry: a ring is not closed" },
      { line: 8, reason: expect.stringMatching(/^ward: /) as string },
    ]);
    expect(report.added).toBe(2);
    expect(report.notes).toEqual(["the land-use code XYZ is not known"]);
  });

  test.each(["ANSI 1258", "1258", "windows-1258"])(
    "in the Vietnamese code page (%s) has its wards under the names people write",
    async (cpg) => {
      // that page writes a letter and its tone apart: ơ, then the grave
      const encode = (text: string) =>
        Buffer.from(text.replace("ư", "\xfd").replace("ờ", "\xf5\xcc"), "latin1");
      const rows = [{ rings: [plain], facts: facts(125) }];
      expect((await load("thua-dat.zip", { rows, cpg, encode })).good).toBe(1);
      expect(await found(125)).toMatchObject({ ward: "Phường 8" });
    },
  );

  test("that ends too soon keeps nothing, and the map of before goes on answering", async () => {
    const rows = [125, 126, 127].map((number) => ({ rings: [plain], facts: facts(number) }));
    await load("thua-dat.zip", { rows });
    await expect(load("thua-dat.zip", { rows: rows.slice(0, 2), cut: 60 })).rejects.toThrow(
      /cannot be read beyond feature 1/,
    );
    expect(await found(127)).toMatchObject({ number: 127 });
    expect(await database.db.landLayer.count()).toBe(1);
  });

  test.each([".shp", ".dbf"] as const)("without its %s is refused in words", async (without) => {
    const rows = [{ rings: [plain], facts: facts(125) }];
    const loading = load("thieu.zip", { rows, without });
    await expect(loading).rejects.toThrow(OperatorError);
    await expect(loading).rejects.toThrow(/needs a \.shp and its \.dbf/);
  });

  test("that is no zip is refused in words", async () => {
    const file = path.join(folder, "khong.zip");
    writeFileSync(file, "PK nothing of the kind");
    const report = new ImportReport();
    const context = { database, check: false, report, now: new Date() };
    await expect(importParcels(file, context)).rejects.toThrow(OperatorError);
  });
});
