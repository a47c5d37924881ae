import express from "express";
import sharp from "sharp";
import supertest from "supertest";
import { loadWording } from "../../dialogue/wording.ts";
import { systemClock } from "../../infra/clock.ts";
import { useTestDatabase } from "../../infra/testing/database.ts";
import { conversations } from "../conversations/index.ts";
import { openTown, pretendEngine, type Town } from "../testing/people.ts";
import { trendOf } from "./answer.ts";
import { createEnvironment, ensureSampleStations } from "./index.ts";

const database = useTestDatabase();
const KEY = "k".repeat(32);
const pictures: Buffer[] = [];
let town: Town;
let web: ReturnType<typeof supertest>;

beforeAll(async () => {
  const media = { keepPicture: async (png: Buffer) => `${pictures.push(png)}`.padStart(64, "0") };
  const feature = createEnvironment({
    ...{ database, media, wording: loadWording(), clock: systemClock, pushKeys: [KEY] },
    ...{ lampWorks: async () => {}, lampFails: async () => {} },
    draft: async () => "TB-2611-00001",
  });
  const asks = ["độ mặn hôm nay bao nhiêu", "do man an thuan", "không khí hôm nay sao", "mực nước sông"];
  const engine = pretendEngine(Object.fromEntries(asks.map((text) => [text, "environment.reading"])));
  town = await openTown(database, [feature, conversations], engine);
  web = supertest(express().use(feature.pages!));
});

const push = (body: object, key = KEY) =>
  web.post("/api/readings").set("authorization", `Bearer ${key}`).send(body);

test("until something was measured, that is said; then the last value, where it is heading, and a chart", async () => {
  const lan = await town.knownResident("Chị Lan mặn");
  expect((await lan.says("độ mặn hôm nay bao nhiêu"))[0]).toMatch(/chưa có số đo/);
  await ensureSampleStations(database.db, new Date());
  await ensureSampleStations(database.db, new Date());
  const [told] = await lan.says("độ mặn hôm nay bao nhiêu");
  expect(told).toMatch(/Trạm An Thuận, độ mặn: [\d,]+ ‰ lúc \d\d\/\d\d\/\d{4}/);
  expect(told).toMatch(/Số liệu mẫu/);
  expect(told).not.toMatch(/không khí/);
  expect((await lan.says("do man an thuan"))[0]).not.toMatch(/Sơn Đốc/);
  expect(await sharp(pictures[0]).metadata()).toMatchObject({ width: 800, height: 440, format: "png" });
});

test("a station pushes what it measured; a value over its limit is a warning", async () => {
  const at = new Date().toISOString();
  const reply = await push({ station: "MAN-AN-THUAN", at, value: 6.5 });
  expect(reply).toMatchObject({ status: 200, body: { kept: 1, refused: [] } });
  await push({ station: "MAN-AN-THUAN", at, value: 7 }); // told again: replaced
  const lan = await town.knownResident("Anh Hai mặn");
  expect((await lan.says("do man an thuan"))[0]).toMatch(/7 ‰.*Đang lên\..*mức cảnh báo \(4 ‰\)/);
});

test("a wrong key, an unknown station, a time ahead of time and nonsense are each refused with the reason", async () => {
  expect((await push({}, "x".repeat(32))).status).toBe(401);
  expect((await web.post("/api/readings").send({})).status).toBe(401);
  const at = new Date().toISOString();
  const reply = await push([
    { station: "KHI-AN-HOI", at, value: 61 },
    { station: "KHONG-CO", at, value: 1 },
    { station: "KHI-AN-HOI", at: "2099-01-01T00:00:00Z", value: 1 },
    { station: "KHI-AN-HOI", at, value: "cao" },
  ]);
  expect(reply.status).toBe(422);
  expect(reply.body).toMatchObject({
    kept: 1,
    refused: [
      { row: 1, reason: expect.stringContaining("KHONG-CO") },
      { row: 2, reason: expect.stringContaining("future") },
      { row: 3, reason: expect.stringContaining("value") },
    ],
  });
});

test("a trend is the last value against the day before", () => {
  const series = (...values: number[]) => ({
    readings: values.map((value, hour) => ({ stationCode: "x", at: new Date(hour * 3_600_000), value })),
  });
  expect(trendOf(series(1, 1, 1, 1.5))).toBe("rising");
  expect(trendOf(series(2, 2, 2, 1))).toBe("falling");
  expect(trendOf(series(2, 2, 2, 2.1))).toBe("steady");
  expect(trendOf(series(2))).toBe("steady");
});
