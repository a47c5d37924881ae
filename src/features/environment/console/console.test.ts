import { openConsole, type ConsoleKit } from "../../../console/testing/kit.ts";
import { useTestDatabase } from "../../../infra/testing/database.ts";
import { ensureUnits } from "../../../residents/units.ts";
import { ensureSampleStations, environmentConsole } from "../index.ts";
import { createReadings, type TakeReading } from "../readings.ts";
import { conditionOf } from "./silence.ts";

const database = useTestDatabase();
let now = new Date("2026-11-25T03:00:00Z");
const clock = { now: () => now };
const HERE = "/console/environment";
const warned: string[] = [];
let desk: ConsoleKit;
let take: TakeReading;

beforeAll(async () => {
  await ensureUnits(database.db);
  const map = { tiles: "none", attribution: "", outlines: "/phan-anh/phuong.geojson" };
  const router = environmentConsole({ db: database.db, clock, map });
  desk = await openConsole(database, { pages: [{ name: "environment", router }] });
  take = createReadings({ database, clock, warn: async (_tx, { code }) => void warned.push(code) });
});
beforeEach(async () => {
  now = new Date("2026-11-25T03:00:00Z");
  await database.db.station.deleteMany();
  await database.db.lamp.deleteMany();
  warned.splice(0);
});

const station = (changes: object = {}) => ({
  ...{ code: "nuoc-ham-luong", name: "Trạm Hàm Luông", kind: "water_level", unit: "m" },
  ...{ source: "Đài khí tượng", point: "10.2301, 106.3702", warns: "high", warnFrom: "1,5", clearFrom: "" },
  ...{ unitCode: "PHU-KHUONG", ...changes },
});
const measured = async (value: number, code = "NUOC-HAM-LUONG") =>
  take({ station: code, at: now.toISOString(), value }, "http");

test("a station is added, takes readings from then on, is changed, switched off and on; each is written down", async () => {
  const staff = await desk.signIn("unit_admin", "PHU-KHUONG");
  expect((await staff.get(HERE)).text).toContain("Chưa có trạm nào");
  const added = await staff.post(`${HERE}/new`, station());
  expect(added.headers.location).toBe(`${HERE}/NUOC-HAM-LUONG`);
  expect((await staff.get(HERE)).text).toMatch(/chưa gửi số nào/);
  expect(await measured(1.6)).toBeNull();
  expect(warned).toEqual(["NUOC-HAM-LUONG"]);
  expect((await staff.get(HERE)).text).toMatch(/tới mức cảnh báo[^]*1,6 m[^]*≥ 1,5 m/);

  await staff.post(
    `${HERE}/NUOC-HAM-LUONG/edit`,
    station({ warns: "low", warnFrom: "0,3", clearFrom: "0,5" }),
  );
  const kept = await database.db.station.findUniqueOrThrow({ where: { code: "NUOC-HAM-LUONG" } });
  expect(kept).toMatchObject({ warnsLow: true, warnFrom: 0.3, clearFrom: 0.5, highSince: null });
  now = new Date(now.getTime() + 25 * 3_600_000);
  await measured(0.2);
  expect(warned).toHaveLength(2);

  await staff.post(`${HERE}/NUOC-HAM-LUONG/off`);
  expect((await staff.get(HERE)).text).toContain("đang tắt");
  now = new Date(now.getTime() + 60_000);
  expect(await measured(0.1)).toBeNull();
  expect(warned).toHaveLength(2);
  await staff.post(`${HERE}/NUOC-HAM-LUONG/on`);
  const deeds = await database.db.auditEntry.findMany({ where: { subject: "station:NUOC-HAM-LUONG" } });
  expect(deeds.map(({ action }) => action)).toEqual([
    "station.add",
    "station.edit",
    "station.off",
    "station.on",
  ]);
});

test("what is wrong is said at its field, and nothing is kept", async () => {
  const staff = await desk.signIn("unit_admin", "PHU-KHUONG");
  const wrong = { code: "trạm 1", name: "", point: "", warnFrom: "cao", unitCode: "AN-HOI" };
  const page = await staff.post(`${HERE}/new`, station(wrong));
  expect(page.status).toBe(422);
  for (const problem of ["Mã gồm chữ không dấu", "Cần điền ô này", "Ghi một số", "Chọn một đơn vị"])
    expect(page.text).toContain(problem);
  const unplaced = await staff.post(`${HERE}/new`, station({ point: "", clearFrom: "2" }));
  expect(unplaced.text).toContain("Cần ghim nơi đặt trạm");
  expect(unplaced.text).toContain("Mức hết cảnh báo phải thấp hơn");
  expect(await database.db.station.count()).toBe(0);
  await staff.post(`${HERE}/new`, station());
  expect((await staff.post(`${HERE}/new`, station())).text).toContain("Mã này đã có trạm dùng");
});

test("who has no right to it does not change it, and another unit's station is not there", async () => {
  const admin = await desk.signIn("unit_admin", "PHU-KHUONG");
  await admin.post(`${HERE}/new`, station());
  const viewer = await desk.signIn("viewer", "PHU-KHUONG");
  expect((await viewer.get(`${HERE}/NUOC-HAM-LUONG`)).status).toBe(200);
  expect((await viewer.get(`${HERE}/NUOC-HAM-LUONG/edit`)).status).toBe(403);
  const other = await desk.signIn("unit_admin", "AN-HOI");
  expect((await other.get(`${HERE}/NUOC-HAM-LUONG`)).status).toBe(404);
  expect((await other.post(`${HERE}/NUOC-HAM-LUONG/off`)).status).toBe(404);
});

test("a station's page draws its last days; lamps are listed with what they tell, those out first", async () => {
  await ensureSampleStations(database.db, now);
  const staff = await desk.signIn("viewer", "DO-THI");
  expect((await staff.get(`${HERE}/MAN-AN-THUAN`)).text).toContain(`${HERE}/MAN-AN-THUAN/chart.png`);
  const chart = await staff.get(`${HERE}/MAN-AN-THUAN/chart.png`);
  expect(chart.headers["content-type"]).toBe("image/png");
  const lamps = (await staff.get(`${HERE}/lamps`)).text;
  expect(lamps).toMatch(/<strong>NH-013<\/strong>[^]*đang hư[^]*<strong>HV-007<\/strong>[^]*đang sáng/);
  const found = (await staff.get(`${HERE}/lamps?q=nguyễn&state=ok`)).text;
  expect(found).toMatch(/2 trụ đèn/);
  expect((await (await desk.signIn("viewer", "SON-DONG")).get(`${HERE}/lamps`)).text).toContain(
    "Không có trụ đèn nào",
  );
});

test("a station that has been silent longer than the setting is lost", () => {
  const of = (hours: number, value = 1) =>
    conditionOf(
      {
        ...{ offAt: null, warnFrom: 4, warnsLow: false },
        last: { stationCode: "x", at: new Date(now.getTime() - hours * 3_600_000), value },
      },
      now,
    );
  expect(of(5)).toBe("fine");
  expect(of(5, 4)).toBe("past");
  expect(of(7, 9)).toBe("lost");
});
