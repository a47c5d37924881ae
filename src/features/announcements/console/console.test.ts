import { createTestAccount } from "../../../channels/testing.ts";
import { openConsole, type Browser, type ConsoleKit } from "../../../console/testing/kit.ts";
import { loadWording } from "../../../dialogue/wording.ts";
import { prepareJobs } from "../../../infra/jobs.ts";
import { useTestDatabase } from "../../../infra/testing/database.ts";
import type { TurnContext } from "../../feature.ts";
import type { ShownFile } from "../files/store.ts";
import { pretendMailer } from "../../testing/mail.ts";
import { findPublished } from "../store.ts";
import { createTelling } from "../telling.ts";
import { announcementConsole } from "./routes.tsx";

const database = useTestDatabase();

const MORNING = new Date("2026-11-25T09:00:00+07:00");
const HOUR = 3_600_000;
let now = MORNING;
const noSignatures = (files: ShownFile[]) => Promise.resolve(files);
const parts = {
  ...{ database, wording: loadWording(), publicUrl: "https://hoi.example" },
  clock: { now: () => now },
  mailer: pretendMailer(),
  checkSignatures: noSignatures,
};
const telling = createTelling(parts);
let office: ConsoleKit;
let editor: Browser;
let approver: Browser;
let accountId: number;

beforeAll(async () => {
  await prepareJobs(database.pool);
  accountId = (await createTestAccount(database)).account.id;
  const pages = [{ name: "announcements", router: announcementConsole(parts) }];
  office = await openConsole(database, { pages });
  editor = await office.signIn("editor", "PHU-KHUONG");
  approver = await office.signIn("approver", "PHU-KHUONG");
});
beforeEach(async () => {
  now = MORNING;
  await database.db
    .$executeRaw`TRUNCATE announcement, outbound_message, resident, graphile_worker._private_jobs CASCADE`;
});

const FIELDS = {
  title: "Cắt điện khu phố 3 để bảo trì",
  body: "Điện lực cắt điện từ 7 giờ 30 đến 11 giờ 30 ngày 29/11/2026 tại khu phố 3.",
  ...{
    topic: "power",
    level: "normal",
    unitCode: "PHU-KHUONG",
    wards: ["28756"],
    documentNumber: "87/TB-UBND",
  },
  ...{ documentDate: "2026-11-24", signer: "Trần Văn Út", validFrom: "", validTo: "2026-11-30" },
};
const path = (code: string, rest = "") => `/console/announcements/${code}${rest}`;
const read = (code: string) =>
  database.db.announcement.findUniqueOrThrow({
    where: { code },
    include: { steps: { orderBy: { id: "asc" } } },
  });
const sent = () => database.db.outboundMessage.findMany({ orderBy: { id: "asc" } });
const textOf = ({ content }: { content: unknown }) => (content as { text: string }).text;
const jobs = () =>
  database.db.$queryRaw<{ payload: { id: string; kind: "news" | "recall" }; run_at: Date }[]>`
    SELECT payload, run_at FROM graphile_worker._private_jobs ORDER BY id`;

async function write(changes: object = {}, who = editor): Promise<string> {
  const { headers } = await who.post("/console/announcements/new", { ...FIELDS, ...changes }).expect(303);
  return headers.location!.split("/").at(-1)!;
}
async function publish(changes: object = {}): Promise<string> {
  const code = await write(changes);
  await goOn(code);
  return code;
}
async function goOn(code: string) {
  await editor.post(path(code, "/submit"));
  await approver.post(path(code, "/approve"));
  await editor.post(path(code, "/publish"));
  expect((await read(code)).state).toBe("published");
}
/** Everything the queue holds, once. */
async function work() {
  const due = await jobs();
  await database.db.$executeRaw`TRUNCATE graphile_worker._private_jobs CASCADE`;
  for (const { payload } of due) await telling.tell(BigInt(payload.id), payload.kind);
}

/** Somebody who wants news and wrote that long ago. */
async function subscriber(name: string, hoursAgo = 1, wish = { topic: "", wardCode: "" }, phone?: string) {
  const resident = await database.db.resident.create({
    data: { accountId, externalId: name, phone: phone ?? null, subscriptions: { create: wish } },
  });
  const lastInboundAt = new Date(now.getTime() - hoursAgo * HOUR);
  await database.db.conversation.create({ data: { residentId: resident.id, lastInboundAt } });
  return resident;
}
const nextMessage = (residentId: bigint) =>
  database.transaction((tx) =>
    telling.withAnswer({ tx, residentId, say: parts.wording.in("vi"), now } as TurnContext),
  );

describe("the way of a notice", () => {
  test("written, sent for approval, approved by another, published; each step is kept and audited", async () => {
    const code = await publish();
    const { steps, publishedAt } = await read(code);
    expect(steps.map(({ kind }) => kind)).toEqual(["written", "submitted", "approved", "published"]);
    expect(publishedAt).toEqual(MORNING);
    const entries = await database.db.auditEntry.findMany({ where: { subject: `announcement:${code}` } });
    expect(entries.map(({ action }) => action).sort()).toEqual(
      ["approve", "publish", "submit", "write"].map((deed) => `announcement.${deed}`),
    );
    expect((await editor.get(path(code)).expect(200)).text).toContain("Đã đăng");
  });

  test.each(["normal", "emergency"])(
    "nobody approves their own, and whoever changed it neither: %s",
    async (level) => {
      const code = await write({ level }, approver);
      await approver.post(path(code, "/submit")).expect(303);
      await approver.post(path(code, "/approve")).expect(303);
      expect((await read(code)).state).toBe("pending");
      expect((await approver.get(path(code))).text).toContain("Người soạn không tự duyệt");
      const second = await office.signIn("approver", "PHU-KHUONG");
      await second.post(path(code, "/reject"), { comment: "Thiếu giờ" });
      await second.post(path(code, "/edit"), { ...FIELDS, level });
      await approver.post(path(code, "/submit"));
      await second.post(path(code, "/approve"));
      expect((await read(code)).state).toBe("pending");
    },
  );

  test("a notice is sent back with a reason only, and what was changed since it was read is not approved", async () => {
    const code = await write();
    await editor.post(path(code, "/submit"));
    await approver.post(path(code, "/reject"));
    expect((await read(code)).state).toBe("pending");
    const seen = (await read(code)).updatedAt.toISOString();
    await approver.post(path(code, "/reject"), { comment: "Ghi rõ khu phố" });
    expect((await read(code)).steps.at(-1)).toMatchObject({ kind: "rejected", comment: "Ghi rõ khu phố" });
    now = new Date(MORNING.getTime() + HOUR);
    await editor.post(path(code, "/edit"), { ...FIELDS, title: "Cắt điện cả phường" });
    await editor.post(path(code, "/submit"));
    await approver.post(path(code, "/approve"), { seen });
    expect((await read(code)).state).toBe("pending");
  });

  test("nothing is published that was not approved, nor changed once it waits", async () => {
    const code = await write();
    await editor.post(path(code, "/publish"));
    await editor.post(path(code, "/submit"));
    await editor.post(path(code, "/edit"), { ...FIELDS, title: "Tiêu đề khác hẳn" });
    await editor.post(path(code, "/publish"));
    expect(await read(code)).toMatchObject({ state: "pending", title: FIELDS.title });
  });

  test("what is already over goes nowhere; a bad form comes back as it was typed", async () => {
    const code = await write({ validTo: "2026-11-20" });
    await editor.post(path(code, "/submit"));
    expect((await read(code)).state).toBe("draft");
    expect((await editor.get(path(code))).text).toContain("Ngày hết hiệu lực đã qua");
    const bad = await editor.post("/console/announcements/new", { ...FIELDS, title: "Ơ" }).expect(422);
    expect(bad.text).toMatch(/Tiêu đề ngắn quá[^]*87\/TB-UBND/);
    await editor.post("/console/announcements/new", { ...FIELDS, unitCode: "AN-HOI" }).expect(422);
  });

  test("another unit's notice does not exist, and who only looks writes nothing", async () => {
    const code = await write();
    const foreign = await office.signIn("unit_admin", "AN-HOI");
    await foreign.get(path(code)).expect(404);
    await foreign.post(path(code, "/submit")).expect(404);
    expect((await foreign.get("/console/announcements")).text).not.toContain(code);
    const viewer = await office.signIn("viewer", "PHU-KHUONG");
    expect((await viewer.get("/console/announcements?q=cat+dien&state=draft")).text).toContain(code);
    await viewer.post(path(code, "/submit")).expect(403);
    await editor.post(path(code, "/approve")).expect(403);
  });
});

describe("telling", () => {
  test("who wants it and may be written to is told at once, and counted before", async () => {
    await subscriber("wants-all");
    await subscriber("wants-power", 1, { topic: "power", wardCode: "28756" });
    await subscriber("wants-water", 1, { topic: "water", wardCode: "" });
    await subscriber("elsewhere", 1, { topic: "", wardCode: "28777" });
    await subscriber("silent", 30);
    const code = await write();
    const { text } = await editor.get(path(code)).expect(200);
    expect(text.replace(/<[^>]+>/g, " ")).toMatch(/Nhắn ngay\s+2\s+Khi họ nhắn lại\s+1/);
    await goOn(code);
    await work();
    const messages = await sent();
    expect(messages.map(({ recipient }) => (recipient as { user: string }).user)).toEqual([
      "wants-all",
      "wants-power",
    ]);
    expect(messages[0]).toMatchObject({ purpose: "bulk", author: "bot" });
    expect(textOf(messages[0]!)).toContain(code);
  });

  test("pressed twice at once it is published once, and the job run again sends nothing more", async () => {
    await subscriber("lan");
    const code = await write();
    await editor.post(path(code, "/submit"));
    await approver.post(path(code, "/approve"));
    await Promise.all([editor.post(path(code, "/publish")), approver.post(path(code, "/publish"))]);
    expect(await jobs()).toHaveLength(1);
    expect((await read(code)).steps.filter(({ kind }) => kind === "published")).toHaveLength(1);
    const { id } = await read(code);
    await Promise.all([telling.tell(id, "news"), telling.tell(id, "news")]);
    await work();
    expect(await sent()).toHaveLength(1);
  });

  test("one person known by phone in two talks gets one copy", async () => {
    await subscriber("on-one-page", 5, undefined, "0903123456");
    await subscriber("on-another", 1, undefined, "0903123456");
    await publish();
    await work();
    expect((await sent()).map(({ recipient }) => recipient)).toEqual([{ user: "on-another" }]);
  });

  test("at night only an emergency goes; the rest waits for seven o'clock", async () => {
    now = new Date("2026-11-25T23:00:00+07:00");
    await subscriber("lan");
    const calm = await publish();
    await work();
    expect(await sent()).toEqual([]);
    expect(await jobs()).toMatchObject([{ run_at: new Date("2026-11-26T07:00:00+07:00") }]);
    now = new Date("2026-11-25T23:30:00+07:00");
    const urgent = await publish({ level: "emergency" });
    const { id } = await read(urgent);
    await telling.tell(id, "news");
    expect((await sent()).map(textOf)).toEqual([expect.stringMatching(/^KHẨN CẤP/)]);
    now = new Date("2026-11-26T07:00:00+07:00");
    await telling.tell((await read(calm)).id, "news");
    expect(textOf((await sent())[1]!)).toContain(calm);
  });

  test("three a day at most, but for emergencies; the fourth comes with their next message", async () => {
    const { id } = await subscriber("lan");
    const codes: string[] = [];
    for (let count = 0; count < 4; count++) codes.push(await publish());
    const urgent = await publish({ level: "emergency" });
    await work();
    const texts = (await sent()).map(textOf);
    expect(texts).toHaveLength(4);
    expect(texts.at(-1)).toContain(urgent);
    expect((await nextMessage(id)).map(({ text }) => text)).toEqual([expect.stringContaining(codes[3]!)]);
  });

  test("whose window is closed is told with the answer to their next message, once", async () => {
    const { id } = await subscriber("silent", 30);
    const code = await publish();
    await work();
    expect(await sent()).toEqual([]);
    const [reply, ...more] = await nextMessage(id);
    expect(reply!.text).toContain(code);
    expect(reply!.link!.url).toBe(`https://hoi.example/thong-bao/${code}`);
    expect([more, await nextMessage(id)]).toEqual([[], []]);
  });

  test("a recall reaches who was told, stops what is still on its way, and is never told to others", async () => {
    const told = await subscriber("told");
    await subscriber("on-its-way");
    const silent = await subscriber("silent", 30);
    const code = await publish();
    await work();
    await database.db.outboundMessage.updateMany({
      where: { recipient: { equals: { user: "told" } } },
      data: { state: "sent" },
    });
    await approver.post(path(code, "/recall"));
    expect((await read(code)).state).toBe("published");
    await approver.post(path(code, "/recall"), { comment: "Điện lực dời ngày" });
    expect(await read(code)).toMatchObject({ state: "recalled", recallReason: "Điện lực dời ngày" });
    await work();
    const messages = await sent();
    expect(messages.map(({ recipient, state }) => [(recipient as { user: string }).user, state])).toEqual([
      ["told", "sent"],
      ["on-its-way", "dropped"],
      ["told", "pending"],
    ]);
    expect(textOf(messages[2]!)).toMatch(/thu hồi.*Điện lực dời ngày/);
    expect(await nextMessage(silent.id)).toEqual([]);
    expect(await nextMessage(told.id)).toEqual([]);
  });

  test("a correction is a version of its own: approved anew, told to whoever got the first, hidden until then", async () => {
    const { id } = await subscriber("lan", 1, { topic: "power", wardCode: "" });
    const code = await publish();
    await work();
    await database.db.subscription.deleteMany({ where: { residentId: id } });
    const { headers } = await editor.post(path(code, "/correct")).expect(303);
    const next = headers.location!.split("/").at(-1)!;
    expect((await editor.post(path(code, "/correct"))).headers.location).toContain(next);
    expect((await findPublished(database.db, code))!.replaced).toBeNull();
    await editor.post(path(next, "/edit"), { ...FIELDS, body: FIELDS.body.replace("29/11", "30/11") });
    await goOn(next);
    await work();
    expect((await findPublished(database.db, code))!.replaced!.code).toBe(next);
    expect((await read(code)).steps.at(-1)!.kind).toBe("corrected");
    const texts = (await sent()).map(textOf);
    expect(texts).toHaveLength(2);
    expect(texts[1]).toMatch(new RegExp(`đính chính thông báo ${code}[^]*30/11`));
  });
});
