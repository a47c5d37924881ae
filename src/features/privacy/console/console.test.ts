import { createMedia } from "../../../channels/media.ts";
import { pretendChannel, testBox } from "../../../channels/testing.ts";
import { createAccountRegistry } from "../../../channels/accounts.ts";
import { readConfig } from "../../../config.ts";
import { openConsole, type Browser, type ConsoleKit } from "../../../console/testing/kit.ts";
import { loadWording } from "../../../dialogue/wording.ts";
import { useTestDatabase } from "../../../infra/testing/database.ts";
import { conversations } from "../../conversations/index.ts";
import type { Feature } from "../../feature.ts";
import { personalData } from "../../reports/personal-data.ts";
import { openTown, pretendEngine, type Town } from "../../testing/people.ts";
import { createPrivacy } from "../index.ts";
import { keepRequest } from "../store.ts";
import { timeLeft } from "./words.ts";

const database = useTestDatabase();
let town: Town;
let privacy: Feature;
let kit: ConsoleKit;
let admin: Browser;

beforeAll(async () => {
  const { db } = database;
  const store = { put: async () => {}, get: async () => null, remove: async () => {} };
  privacy = createPrivacy({
    config: readConfig({ MODE: "demo", PUBLIC_URL: "https://hoi.example" }),
    ...{ db, registry: createAccountRegistry(db, testBox), channels: pretendChannel().channels },
    ...{ media: createMedia(db, store, { hosts: [], trustedOrigins: [], largest: 1 }) },
    ...{ wording: loadWording(), clock: { now: () => new Date() } },
    features: [conversations, { name: "reports", personalData }],
  });
  kit = await openConsole(database, { pages: [{ name: "privacy", router: privacy.console! }] });
  town = await openTown(database, [privacy, conversations], pretendEngine({ xóa: "privacy.erase" }));
  admin = await kit.signIn("admin");
});

async function request(kind: "erase" | "export", residentId: bigint | null, more: object = {}) {
  const { db } = database;
  const given = { kind, origin: "resident" as const, channel: "facebook", residentId, ...more };
  return db.$transaction((tx) => keepRequest(tx, given, new Date()));
}
const stateOf = (code: string) => database.db.privacyRequest.findUniqueOrThrow({ where: { code } });

test("what Facebook passes on is found, done by staff, and leaves nobody's id behind", async () => {
  const bay = await town.knownResident("Chị Bảy Riêng");
  await bay.says("câu riêng của chị Bảy");
  const { id } = await bay.row();
  await database.db.resident.update({ where: { id }, data: { displayName: "Chị Bảy Riêng" } });
  const asked = await request("erase", null, {
    ...{ origin: "facebook_callback", subject: "55501", needsStaff: true },
  });
  const at = `/console/privacy/${asked.code}`;
  expect((await admin.get("/console/privacy")).text).toContain(asked.code);
  expect((await admin.get(at)).text).toContain("55501");
  expect((await admin.get(`${at}?q=b%E1%BA%A3y%20ri`)).text).toContain("Chị Bảy Riêng");
  await admin.post(`${at}/erase`, { resident: String(id) }).expect(303);
  await database.db.outboundMessage.updateMany({ data: { state: "sent" } });
  await privacy.jobs!.tasks["privacy.erase"]!({ id: String(asked.id) } as never);
  expect(await stateOf(asked.code)).toMatchObject({ state: "done", residentId: null, subject: null });
  expect(await database.db.resident.count({ where: { id } })).toBe(0);
  const actions = await database.db.auditEntry.findMany({ where: { subject: `request:${asked.code}` } });
  expect(actions.map(({ action }) => action)).toEqual(["privacy.search", "privacy.erase"]);
});

test("a refusal wants a reason, which the person is told and can read on the page of the request", async () => {
  const tu = await town.knownResident("Anh Tư");
  await tu.says("chào");
  const asked = await request("erase", (await tu.row()).id);
  const at = `/console/privacy/${asked.code}`;
  const empty = await admin.post(`${at}/refuse`, { reason: "không" });
  expect([empty.status, empty.text]).toEqual([422, expect.stringContaining("ít nhất 10 ký tự")]);
  const reason = "Phản ánh đang được giải quyết theo luật.";
  await admin.post(`${at}/refuse`, { reason }).expect(303);
  expect(await stateOf(asked.code)).toMatchObject({
    state: "refused",
    reason,
    staffId: expect.any(Number) as number,
  });
  const { id } = await tu.conversation();
  const told = await database.db.outboundMessage.findFirstOrThrow({
    where: { conversationId: id },
    orderBy: { id: "desc" },
  });
  expect((told.content as { text: string }).text).toContain(reason);
  await privacy.jobs!.tasks["privacy.erase"]!({ id: String(asked.id) } as never);
  expect(await database.db.resident.count({ where: { externalId: "Anh Tư" } })).toBe(1); // refused is not done
});

test("a link nobody opened in its day is sent anew", async () => {
  const lan = await town.knownResident("Chị Lan");
  await lan.says("chào");
  const asked = await request("export", (await lan.row()).id, {
    ...{ tokenHash: "old", tokenExpiresAt: new Date(0) },
  });
  await admin.post(`/console/privacy/${asked.code}/link`).expect(303);
  const renewed = await stateOf(asked.code);
  expect(renewed.tokenHash).not.toBe("old");
  expect(renewed.tokenExpiresAt!.getTime()).toBeGreaterThan(Date.now());
});

test("a unit's manager sees the requests of the unit, and nobody else's; others see none", async () => {
  const own = await town.knownResident("Dì Ba");
  const { id, accountId } = await own.row();
  const { unitCode } = await database.db.account.findUniqueOrThrow({ where: { id: accountId } });
  const asked = await request("erase", id);
  const elsewhere = unitCode === "SON-DONG" ? "AN-HOI" : "SON-DONG";
  const manager = await kit.signIn("unit_admin", unitCode);
  const stranger = await kit.signIn("unit_admin", elsewhere);
  expect((await manager.get(`/console/privacy/${asked.code}`)).status).toBe(200);
  expect((await stranger.get(`/console/privacy/${asked.code}`)).status).toBe(404);
  expect((await stranger.post(`/console/privacy/${asked.code}/erase`)).status).toBe(404);
  expect((await stranger.get("/console/privacy")).text).not.toContain(asked.code);
  expect((await manager.get("/console/privacy/record.csv")).status).toBe(403);
  expect((await (await kit.signIn("agent")).get("/console/privacy")).status).toBe(403);
});

test("the officer's record has counts, bases, consents by version and times, and no words of anybody", async () => {
  const nam = await town.knownResident("Cô Năm Kín");
  await nam.says("chuyện riêng không ai được đọc");
  const { id } = await nam.row();
  await database.db.consent.create({
    data: { residentId: id, purpose: "announcements", version: "2026-11" },
  });
  const { body, text } = await admin.get("/console/privacy/record.json");
  expect(body).toMatchObject({
    activities: expect.arrayContaining([
      expect.objectContaining({ what: "Tin nhắn đến và đi", kept: "180 ngày" }),
      expect.objectContaining({ what: "Phản ánh có tên người gửi", count: 0 }),
    ]) as unknown,
    consents: [{ purpose: "announcements", version: "2026-11", given: 1, withdrawn: 0 }],
  });
  const csv = (await admin.get("/console/privacy/record.csv")).text;
  expect(csv).toContain("Dữ liệu đang giữ,Tin nhắn đến và đi");
  for (const kept of [text, csv]) {
    expect(kept).not.toContain("chuyện riêng");
    expect(kept).not.toContain("Cô Năm Kín");
  }
  expect(await database.db.auditEntry.count({ where: { action: "privacy.record" } })).toBe(2);
});

test("how long is left is told in days, then in hours, then as overdue", () => {
  const now = new Date("2026-11-25T08:00:00Z");
  const after = (hours: number) => timeLeft(new Date(now.getTime() + hours * 3_600_000), now);
  expect(after(24 * 10).text).toBe("còn 10 ngày");
  expect(after(5)).toEqual({ text: "còn 5 giờ", tone: "warn" });
  expect(after(-72)).toEqual({ text: "quá hạn 3 ngày", tone: "bad" });
});

test("an erasure is put off once, by 15 days at most, before it is due, and the person reads why", async () => {
  const bay = await town.knownResident("Anh Bảy");
  await bay.says("chào");
  const asked = await request("erase", (await bay.row()).id);
  const at = `/console/privacy/${asked.code}`;
  const reason = "Phải chờ đơn vị lưu trữ trả lời.";
  for (const fields of [
    { why: reason, days: 16 },
    { why: reason, days: 0 },
    { why: "lâu", days: 5 },
  ])
    await admin.post(`${at}/extend`, fields).expect(422);
  await admin.post(`${at}/extend`, { why: reason, days: 10 }).expect(303);
  const extended = await stateOf(asked.code);
  expect(extended.dueAt.getTime() - asked.dueAt.getTime()).toBe(10 * 86_400_000);
  const { id } = await bay.conversation();
  const told = await database.db.outboundMessage.findFirstOrThrow({
    where: { conversationId: id },
    orderBy: { id: "desc" },
  });
  expect((told.content as { text: string }).text).toContain(reason);
  await admin.post(`${at}/extend`, { why: reason, days: 5 }).expect(303);
  expect((await stateOf(asked.code)).dueAt).toEqual(extended.dueAt);
  expect((await admin.get(at)).text).not.toContain(`${at}/extend`);
});

test("what is overdue, or no erasure, is not put off", async () => {
  const tam = await town.knownResident("Cô Tám");
  const { id } = await tam.row();
  const late = await request("erase", id);
  await database.db.privacyRequest.update({ where: { id: late.id }, data: { dueAt: new Date(0) } });
  const open = await request("export", id);
  for (const { code } of [late, open]) {
    await admin.post(`/console/privacy/${code}/extend`, { why: "Phải chờ thêm ít ngày.", days: 5 });
    expect((await stateOf(code)).extendedAt).toBeNull();
  }
});
