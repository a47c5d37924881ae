import { createHmac } from "node:crypto";
import express from "express";
import supertest from "supertest";
import { createMedia } from "../../channels/media.ts";
import { pretendChannel, testBox } from "../../channels/testing.ts";
import { createAccountRegistry } from "../../channels/accounts.ts";
import { readConfig } from "../../config.ts";
import { loadWording } from "../../dialogue/wording.ts";
import type { MediaStore } from "../../infra/media-store.ts";
import { useTestDatabase } from "../../infra/testing/database.ts";
import { conversations } from "../conversations/index.ts";
import { giveConsent, hasConsent } from "../../residents/consents.ts";
import type { Feature } from "../feature.ts";
import { personalData } from "../reports/personal-data.ts";
import { openTown, photo, pretendEngine, type Town } from "../testing/people.ts";
import { createPrivacy } from "./index.ts";
import { deadlineOf } from "./store.ts";

const database = useTestDatabase();
const engine = pretendEngine({
  "dữ liệu của tôi": "privacy.export",
  "xóa dữ liệu của tôi": "privacy.erase",
  "giữ gì của tui": "privacy.info",
});
const files = new Map<string, Buffer>();
const store: MediaStore = {
  put: async (key, bytes) => void files.set(key, bytes),
  get: async (key) => files.get(key) ?? null,
  remove: async (key) => void files.delete(key),
};
let town: Town;
let privacy: Feature;
let web: ReturnType<typeof supertest>;
let clockAt = new Date();

beforeAll(async () => {
  const { db } = database;
  const rules = { hosts: [], trustedOrigins: [], largest: 1 };
  privacy = createPrivacy({
    config: readConfig({ MODE: "demo", PUBLIC_URL: "https://hoi.example" }),
    ...{ db, registry: createAccountRegistry(db, testBox), channels: pretendChannel().channels },
    ...{ media: createMedia(db, store, rules), wording: loadWording(), clock: { now: () => clockAt } },
    features: [conversations, { name: "reports", personalData }],
  });
  town = await openTown(database, [privacy, conversations], engine);
  web = supertest(express().use(privacy.pages!));
});
beforeEach(() => (clockAt = new Date()));

const later = (ms: number) => (clockAt = new Date(Date.now() + ms));
const runErasure = async () => {
  const { id } = await database.db.privacyRequest.findFirstOrThrow({
    where: { kind: "erase", state: "received" },
  });
  await privacy.jobs!.tasks["privacy.erase"]!({ id: String(id) } as never);
};
const markSent = () =>
  database.db.outboundMessage.updateMany({ where: { state: "pending" }, data: { state: "sent" } });

test("a resident reads what is kept through a link that opens once, in one browser", async () => {
  const lan = await town.knownResident("Chị Lan");
  await lan.says("nhà tui ở hẻm 5");
  const [reply] = await lan.does({
    ...{ kind: "message", messageId: "m_export", text: "dữ liệu của tôi" },
    ...{ attachments: [], choice: null, quotes: null },
  });
  const path = new URL(reply!.link!.url).pathname;

  expect((await web.get(path)).text).toContain("Xem dữ liệu của tôi");
  expect((await web.get(path)).status).toBe(200); // a preview uses nothing up
  const opened = await web.post(path);
  expect(opened.status).toBe(303);
  const cookie = opened.get("set-cookie")![0]!.split(";")[0]!;
  const page = await web.get(opened.get("location")!).set("cookie", cookie);
  expect(page.text).toContain("nhà tui ở hẻm 5");
  expect(page.text).toContain("Chị Lan");
  const file = await web.get("/du-lieu/xem/tep.json").set("cookie", cookie);
  expect(JSON.stringify(file.body)).toContain("nhà tui ở hẻm 5");

  expect((await web.post(path)).status).toBe(404);
  expect((await web.get(opened.get("location")!)).status).toBe(404);
  later(31 * 60_000);
  expect((await web.get(opened.get("location")!).set("cookie", cookie)).status).toBe(404);
});

test("who lets the bot learn from their messages can stop that where they see what is kept", async () => {
  const tam = await town.knownResident("Bà Tám");
  const { id } = await tam.row();
  for (const words of ["giữ gì của tui", "dữ liệu của tôi"]) {
    expect((await tam.says(words))[0]).not.toContain("Ngưng cho em học");
    await giveConsent(database.db, id, "training");
    expect((await tam.says(words))[0]).toContain("1. Ngưng cho em học từ tin nhắn");
    await tam.says("1");
    expect(await hasConsent(database.db, id, "training")).toBe(false);
  }
});

test("what a resident wrote is shown as text, never as markup", async () => {
  const lan = await town.knownResident("Ba Tèo");
  await lan.says("<img src=x onerror=alert(1)>");
  const [reply] = await lan.does({
    ...{ kind: "message", messageId: "m_export2", text: "dữ liệu của tôi" },
    ...{ attachments: [], choice: null, quotes: null },
  });
  const opened = await web.post(new URL(reply!.link!.url).pathname);
  const cookie = opened.get("set-cookie")![0]!.split(";")[0]!;
  const { text } = await web.get(opened.get("location")!).set("cookie", cookie);
  expect(text).toContain("&lt;img src=x");
  expect(text).not.toContain("<img src=x");
});

test("erasing is confirmed first, and “thôi” keeps everything", async () => {
  const lan = await town.knownResident("Anh Hai");
  expect((await lan.says("xóa dữ liệu của tôi"))[0]).toMatch(/không lấy lại được/);
  await lan.says("thôi");
  expect(await database.db.privacyRequest.count({ where: { kind: "erase" } })).toBe(0);
});

test("after an erasure no table holds what the resident wrote, their name, phone or platform id", async () => {
  const { db } = database;
  const marks = ["Chị Bảy Đặc Biệt", "0909 777 333", "câu riêng của tui"];
  const bay = await town.knownResident(marks[0]!);
  await bay.says(marks[2]!);
  await bay.sends(photo, photo);
  await bay.does({ kind: "submitted_info", name: marks[0]!, phone: marks[1]!, address: "hẻm riêng" });
  const resident = await bay.row();
  const [kept, loose] = await db.attachment.findMany({
    where: { event: { conversation: { residentId: resident.id } } },
  });
  for (const [hash, attachment] of [["ab".repeat(32), kept] as const, ["cd".repeat(32), loose] as const]) {
    await db.media.create({ data: { hash, mime: "image/jpeg", bytes: 3 } });
    await db.attachment.update({ where: { id: attachment!.id }, data: { state: "stored", mediaHash: hash } });
    files.set(hash, Buffer.from("abc"));
  }
  const report = await db.report.create({
    data: {
      ...{ code: "PA-2611-09999", category: "street_light", description: "đèn tắt", place: "hẻm 5" },
      ...{ residentId: resident.id, unitCode: "PHU-KHUONG" },
      photos: { create: { attachmentId: kept!.id, residentId: resident.id } },
    },
  });

  await bay.says("xóa dữ liệu của tôi");
  const [taken] = await bay.says("đồng ý");
  expect(taken).toMatch(/mã DL-\d{4}-\d{5}/);
  await runErasure();
  expect(await db.resident.count({ where: { id: resident.id } })).toBe(1); // its answer has not gone out yet
  await markSent();
  await runErasure();

  const everything = await dumpAll();
  for (const mark of marks) expect(everything).not.toContain(mark);
  expect(await db.report.findUniqueOrThrow({ where: { id: report.id } })).toMatchObject({ residentId: null });
  expect([...files.keys()]).toEqual(["ab".repeat(32)]); // the report's picture stays with the report
  expect(await db.privacyRequest.findFirstOrThrow({ where: { kind: "erase" } })).toMatchObject({
    ...{ state: "done", residentId: null },
    result: { reportsKept: 1, files: 1 },
  });
});

test("a consent withdrawn on Zalo erases without being asked", async () => {
  const lan = await town.knownResident("Dì Năm");
  await lan.does({ kind: "consent_withdrawn" });
  await markSent();
  await runErasure();
  expect(await database.db.resident.count({ where: { externalId: "Dì Năm" } })).toBe(0);
});

test("Facebook's deletion callback is answered with a page that tells how it stands; a forged one is refused", async () => {
  const payload = Buffer.from(
    JSON.stringify({ algorithm: "HMAC-SHA256", user_id: "55501", issued_at: 1794790772 }),
  ).toString("base64url");
  const signature = createHmac("sha256", "app-secret").update(payload).digest("base64url");
  const send = (signed: string) =>
    web.post("/webhooks/facebook/data-deletion").type("form").send({ signed_request: signed });
  const answer = await send(`${signature}.${payload}`);
  expect(answer.body).toEqual({
    url: expect.stringMatching(/^https:\/\/hoi\.example\/du-lieu\/yeu-cau\/DL-/),
    confirmation_code: expect.stringMatching(/^DL-\d{4}-\d{5}$/),
  });
  const page = await web.get(new URL((answer.body as { url: string }).url).pathname);
  expect(page.text).toContain("Đang xử lý");
  expect((await send(`${signature.slice(0, -2)}xx.${payload}`)).status).toBe(403);
  expect((await send("nonsense")).status).toBe(403);
  expect((await web.post("/webhooks/facebook/data-deletion")).status).toBe(403);
});

test("what is older than its time goes every night, and the count of it is noted", async () => {
  const { db } = database;
  const lan = await town.knownResident("Cô Út");
  await lan.says("chuyện cũ lắm");
  const { id } = await lan.conversation();
  const old = new Date(Date.now() - 200 * 86_400_000);
  await markSent();
  await db.inboundEvent.updateMany({ where: { conversationId: id }, data: { receivedAt: old } });
  await db.outboundMessage.updateMany({ where: { conversationId: id }, data: { createdAt: old } });
  await db.conversation.update({ where: { id }, data: { lastInboundAt: old, updatedAt: old } });
  await (await town.knownResident("Cậu Ba")).says("chuyện mới");
  await privacy.jobs!.tasks["privacy:purge"]!({} as never);
  const left = await dumpAll();
  expect(left).not.toContain("chuyện cũ lắm");
  expect(left).toContain("chuyện mới");
  const { removed } = await db.purgeRun.findFirstOrThrow({ orderBy: { id: "desc" } });
  expect(removed).toMatchObject({ messagesIn: expect.any(Number), messagesOut: expect.any(Number) });
});

test("the law's time: two working days for an answer, fifteen days for an erasure", () => {
  const friday = new Date("2026-11-27T10:00:00+07:00");
  expect(deadlineOf("export", friday)).toEqual(new Date("2026-12-01T10:00:00+07:00"));
  expect(deadlineOf("erase", friday)).toEqual(new Date("2026-12-12T10:00:00+07:00"));
});

/** Every row of every table, as text. */
async function dumpAll(): Promise<string> {
  const { rows } = await database.pool.query<{ name: string }>(
    "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('public', 'graphile_worker')",
  );
  const texts = await Promise.all(
    rows.map(async ({ name }) => {
      const table = await database.pool.query<{ all: string | null }>(
        `SELECT string_agg(t::text, '\n') AS all FROM ${name} t`,
      );
      return table.rows[0]?.all ?? "";
    }),
  );
  return texts.join("\n");
}
