import express from "express";
import supertest from "supertest";
import { testBox } from "../../../channels/testing.ts";
import { openConsole, type Browser, type ConsoleKit } from "../../../console/testing/kit.ts";
import { useTestDatabase } from "../../../infra/testing/database.ts";
import { deviceApi } from "./api.ts";
import { deviceConsole } from "./routes.tsx";
import { signatureOf } from "./signing.ts";

const database = useTestDatabase();
const MORNING = new Date("2026-11-25T09:00:00+07:00");
const LIST = "/api/devices/announcements";
const HERE = "/console/announcements/devices";
let now = MORNING;
const clock = { now: () => now };
let office: ConsoleKit;
let manager: Browser;
let web: ReturnType<typeof supertest>;
let count = 0;

beforeAll(async () => {
  const router = deviceConsole({ database, box: testBox, clock });
  office = await openConsole(database, { pages: [{ name: "announcements", router }] });
  manager = await office.signIn("unit_admin", "PHU-KHUONG");
  const api = deviceApi({ db: database.db, box: testBox, clock, publicUrl: "https://hoi.example" });
  web = supertest(express().use(api));
});
beforeEach(async () => {
  now = MORNING;
  await database.db.$executeRaw`TRUNCATE announcement, notice_device CASCADE`;
});

interface Key {
  code: string;
  secret: string;
}
async function device(kind = "loudspeaker"): Promise<Key> {
  const { text } = await manager.post(HERE, { name: "Cụm loa khu phố 3", kind, unitCode: "PHU-KHUONG" });
  const [code, secret] = [...text.matchAll(/<code>([^<]+)<\/code>/g)].map((match) => match[1]!);
  return { code: code!, secret: secret! };
}
function ask({ code, secret }: Key, path = LIST, { at = now, signed = path, key = secret } = {}) {
  const time = String(Math.floor(at.getTime() / 1000));
  const signature = signatureOf(key, "GET", signed, time);
  return web.get(path).set({ "x-device": code, "x-time": time, "x-signature": signature });
}
const notice = (changes: object = {}) =>
  database.db.announcement.create({
    data: {
      ...{ code: `TB-2611-0000${++count}`, title: "Cúp nước", body: "Nước ngưng từ 8h ngày 28/11/2026." },
      ...{ unitCode: "PHU-KHUONG", state: "published", publishedAt: MORNING, updatedAt: MORNING },
      ...changes,
    },
  });
interface Listed {
  items: { code: string; state: string; line?: string | null }[];
}
const listed = async (key: Key) => ((await ask(key).expect(200)).body as Listed).items;

test("a key is shown once, and opens the list to its device", async () => {
  const key = await device();
  expect((await manager.get(HERE)).text).not.toContain(key.secret);
  const { code } = await notice();
  expect(await listed(key)).toMatchObject([{ code, state: "in_force" }]);
  expect((await manager.get(HERE)).text).toMatch(/Lần cuối lấy tin[^]*25\/11\/2026 09:00/);
  const kept = await database.db.noticeDevice.findFirstOrThrow();
  expect(kept.secret).not.toContain(key.secret);
});

test("a loudspeaker gets its script in words, a board its line in capitals", async () => {
  const { code } = await notice();
  const said = await ask(await device(), `${LIST}/${code}`).expect(200);
  expect((said.body as { script: string }).script).toContain("tám giờ ngày hai mươi tám tháng mười một");
  const board = await device("led");
  expect(await listed(board)).toMatchObject([{ line: "CÚP NƯỚC - PHƯỜNG PHÚ KHƯƠNG" }]);
  await ask(board, `${LIST}/TB-0000-00000`).expect(404);
});

test.each([
  ["another key", { key: "00".repeat(32) }],
  ["a signature of another path", { signed: `${LIST}/TB-2611-00001` }],
  ["a call kept for six minutes", { at: new Date(MORNING.getTime() - 360_000) }],
  ["a clock that is an hour ahead", { at: new Date(MORNING.getTime() + 3_600_000) }],
])("%s is refused", async (_what, wrong) => {
  const { headers } = await ask(await device(), LIST, wrong).expect(401);
  expect(headers.date).toBe(MORNING.toUTCString()); // for a device whose clock went wrong
});

test("nothing at all, an unknown device, and one whose key was taken back are refused", async () => {
  await web.get(LIST).expect(401);
  const key = await device();
  await ask({ ...key, code: "TB-00000000" }).expect(401);
  const { id } = await database.db.noticeDevice.findFirstOrThrow();
  const foreign = await office.signIn("unit_admin", "AN-HOI");
  await foreign.post(`${HERE}/${id}/revoke`).expect(404);
  await ask(key).expect(200);
  await manager.post(`${HERE}/${id}/revoke`).expect(303);
  await ask(key).expect(401);
  expect(
    await database.db.auditEntry.count({ where: { action: { startsWith: "device." } } }),
  ).toBeGreaterThan(1);
});

test("who has it already is told only that it is unchanged", async () => {
  const key = await device();
  const { id } = await notice();
  const { headers } = await ask(key);
  const tag = headers.etag as string;
  expect(headers["last-modified"]).toBe(MORNING.toUTCString());
  await ask(key).set("if-none-match", tag).expect(304);
  await ask(key).set("if-modified-since", headers["last-modified"]!).expect(304);
  await database.db.announcement.update({
    where: { id },
    data: { title: "Cúp điện", updatedAt: new Date() },
  });
  await ask(key).set("if-none-match", tag).expect(200);
});

test("a recall is marked for two days and takes back its words; then, corrected or run out, it is gone", async () => {
  const key = await device();
  const { code } = await notice({ state: "recalled", recalledAt: MORNING, recallReason: "Dời ngày" });
  expect(await listed(key)).toMatchObject([{ code, state: "recalled" }]);
  const { body } = await ask(key, `${LIST}/${code}`);
  expect((body as { script: string }).script).toContain("thu hồi");
  const old = await notice();
  const next = await notice({ replacesId: old.id });
  await notice({ validTo: new Date(MORNING.getTime() - 1000) });
  now = new Date(MORNING.getTime() + 3 * 86_400_000);
  expect((await listed(key)).map((item) => item.code)).toEqual([next.code]);
});

test("a ward's device gets its own and what the area says to it: no draft, no other ward's", async () => {
  const key = await device();
  const ours = await notice({ wards: ["28756"] });
  const all = await notice({ unitCode: "DO-THI" });
  await notice({ unitCode: "DO-THI", wards: ["28777"] });
  await notice({ unitCode: "AN-HOI" });
  await notice({ state: "approved" });
  await notice({ archived: true });
  expect((await listed(key)).map(({ code }) => code)).toEqual([all.code, ours.code]);
});

test("only who leads the unit makes a device, and for no other", async () => {
  const form = { name: "Loa", kind: "led", unitCode: "AN-HOI" };
  await manager.post(HERE, form).expect(422);
  await (await office.signIn("editor", "PHU-KHUONG")).post(HERE, form).expect(403);
  expect(await database.db.noticeDevice.count()).toBe(0);
});
