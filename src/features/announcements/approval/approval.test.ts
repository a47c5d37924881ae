import express from "express";
import { openConsole, type Browser, type ConsoleKit } from "../../../console/testing/kit.ts";
import { loadWording } from "../../../dialogue/wording.ts";
import { prepareJobs } from "../../../infra/jobs.ts";
import { useTestDatabase } from "../../../infra/testing/database.ts";
import type { ShownFile } from "../files/store.ts";
import { pretendMailer } from "../../testing/mail.ts";
import { announcementConsole } from "../console/routes.tsx";
import { approvalConsole } from "./routes.tsx";

const database = useTestDatabase();
const NIGHT = new Date("2026-11-25T23:00:00+07:00");
const mailer = pretendMailer();
let office: ConsoleKit;
let writer: Browser;
let first: Browser;
let second: Browser;
let above: Browser;

const noSignatures = (files: ShownFile[]) => Promise.resolve(files);

beforeAll(async () => {
  await prepareJobs(database.pool);
  const clock = { now: () => NIGHT };
  const parts = {
    database,
    wording: loadWording(),
    publicUrl: "https://hoi.example",
    clock,
    mailer,
    checkSignatures: noSignatures,
  };
  const router = express.Router().use(approvalConsole(parts)).use(announcementConsole(parts));
  office = await openConsole(database, { pages: [{ name: "announcements", router }] });
  writer = await office.signIn("editor", "PHU-KHUONG");
  first = await office.signIn("approver", "PHU-KHUONG");
  second = await office.signIn("unit_admin", "PHU-KHUONG");
  above = await office.signIn("unit_admin", "DO-THI");
});
beforeEach(async () => {
  mailer.letters.length = 0;
  await database.db.$executeRaw`TRUNCATE announcement CASCADE`;
  await database.db.unit.updateMany({ data: { approvals: 1 } });
});

const FIELDS = {
  ...{ title: "Triều cường dâng nhanh", body: "Bà con ven sông kê cao đồ đạc, ngắt ổ cắm thấp." },
  ...{ topic: "weather", unitCode: "PHU-KHUONG", documentNumber: "", documentDate: "", signer: "" },
  ...{ validFrom: "", validTo: "" },
};
const path = (code: string, rest = "") => `/console/announcements/${code}${rest}`;
async function pending(level = "normal", who = writer): Promise<string> {
  const { headers } = await who.post("/console/announcements/new", { ...FIELDS, level }).expect(303);
  const code = headers.location!.split("/").at(-1)!;
  await who.post(path(code, "/submit")).expect(303);
  return code;
}
const read = (code: string) =>
  database.db.announcement.findUniqueOrThrow({
    where: { code },
    include: { steps: { orderBy: { id: "asc" } } },
  });
const twoApprove = () => database.db.unit.update({ where: { code: "PHU-KHUONG" }, data: { approvals: 2 } });
const kindsOf = async (code: string) => (await read(code)).steps.map(({ kind }) => kind);

test("where a unit wants two, two different people approve, and each is kept by name and time", async () => {
  await twoApprove();
  const code = await pending();
  const seen = (await read(code)).updatedAt.toISOString();
  await first.post(path(code, "/approve"), { seen });
  expect((await read(code)).state).toBe("pending");
  await first.post(path(code, "/approve"), { seen });
  const page = (await first.get(path(code))).text;
  expect(page).toContain("cần một người nữa");
  expect(page).toContain("Cần thêm 1 người duyệt, khác người soạn.");
  await writer.post(path(code, "/publish"));
  expect((await read(code)).state).toBe("pending");
  await second.post(path(code, "/approve"), { seen });
  expect((await read(code)).state).toBe("approved");
  expect(await kindsOf(code)).toEqual(["written", "submitted", "approved", "approved"]);
  const entries = await database.db.auditEntry.findMany({
    where: { subject: `announcement:${code}`, action: "announcement.approve" },
  });
  expect(new Set(entries.map(({ staffId }) => staffId)).size).toBe(2);
});

test("two who approve at the same moment are two", async () => {
  await twoApprove();
  const code = await pending();
  await Promise.all([first.post(path(code, "/approve")), second.post(path(code, "/approve"))]);
  expect((await read(code)).state).toBe("approved");
});

test("what was sent back needs every approval anew", async () => {
  await twoApprove();
  const code = await pending();
  await first.post(path(code, "/approve"));
  await second.post(path(code, "/reject"), { comment: "Thiếu giờ" });
  await writer.post(path(code, "/submit"));
  await second.post(path(code, "/approve"));
  expect((await read(code)).state).toBe("pending");
  await first.post(path(code, "/approve"));
  expect((await read(code)).state).toBe("approved");
});

test("an emergency: whoever may approve hears at once, and one press of one other person sends it", async () => {
  await twoApprove(); // which an emergency does not wait for
  const code = await pending("emergency");
  const told = mailer.letters.map(({ to }) => to);
  expect(told).toEqual(expect.arrayContaining([first.email, second.email, above.email]));
  expect(told).not.toContain(writer.email);
  expect(mailer.letters[0]!.text).toContain(`https://hoi.example/console/announcements/${code}`);
  expect((await above.get("/console/announcements/urgent")).text).toContain("Triều cường dâng nhanh");
  expect((await above.get(path(code))).text).toContain("Duyệt và phát ngay");
  await above.post(path(code, "/release"), { seen: (await read(code)).updatedAt.toISOString() });
  expect(await kindsOf(code)).toEqual(["written", "submitted", "approved", "published"]);
  const page = (await writer.get(path(code))).text;
  expect(page).toMatch(/Soạn: Nguyễn Thị Mỹ Hạnh[^]*Duyệt: Nguyễn Thị Mỹ Hạnh/);
  expect((await above.get("/console/announcements/urgent")).text).toBe("");
});

test("nobody releases their own emergency, nor one that is none, nor what was changed since it was read", async () => {
  const own = await pending("emergency", first);
  await first.post(path(own, "/release"));
  expect((await first.get("/console/announcements/urgent")).text).toBe("");
  expect((await first.get(path(own))).text).not.toContain("Duyệt và phát ngay");
  const calm = await pending();
  await second.post(path(calm, "/release"));
  const changed = await pending("emergency");
  await second.post(path(changed, "/release"), { seen: "2026-11-25T09:00:00.000Z" });
  for (const code of [own, calm, changed]) {
    expect(await read(code)).toMatchObject({ state: "pending", publishedAt: null });
    expect(await kindsOf(code)).toEqual(["written", "submitted"]);
  }
});

test("another unit's approver neither hears of an emergency nor releases it", async () => {
  const foreign = await office.signIn("approver", "AN-HOI");
  const code = await pending("emergency");
  expect(mailer.letters.map(({ to }) => to)).not.toContain(foreign.email);
  expect((await foreign.get("/console/announcements/urgent")).text).toBe("");
  await foreign.post(path(code, "/release")).expect(404);
});

test("comments stand beside a notice with who and when, stay inside the office, and who only looks writes none", async () => {
  const code = await pending();
  await first.post(path(code, "/comments"), { text: "Ghi thêm số điện thoại trực <b>nha</b>" }).expect(303);
  const { text } = await writer.get(path(code));
  expect(text).toMatch(/Người duyệt tin[^]*25\/11\/2026 23:00[^]*trực &lt;b>nha/);
  const viewer = await office.signIn("viewer", "PHU-KHUONG");
  await viewer.post(path(code, "/comments"), { text: "x" }).expect(403);
  const foreign = await office.signIn("editor", "AN-HOI");
  await foreign.post(path(code, "/comments"), { text: "x" }).expect(404);
  expect(await database.db.announcementComment.count()).toBe(1);
  expect(await database.db.auditEntry.count({ where: { action: "announcement.comment" } })).toBe(1);
});

test("how many approve is chosen on the unit's page and kept in the log", async () => {
  const admin = await office.signIn("admin");
  const fields = { name: "Phường Phú Khương", areaCode: "28756" };
  await admin.post("/console/units/PHU-KHUONG", { ...fields, approvals: "2" }).expect(303);
  const unit = () => database.db.unit.findUniqueOrThrow({ where: { code: "PHU-KHUONG" } });
  expect((await unit()).approvals).toBe(2);
  await admin.post("/console/units/PHU-KHUONG", fields).expect(303);
  await admin.post("/console/units/PHU-KHUONG", { ...fields, approvals: "0" }).expect(422);
  expect((await unit()).approvals).toBe(2);
  const entry = await database.db.auditEntry.findFirstOrThrow({ where: { action: "unit.change" } });
  expect(entry.details).toEqual({ approvals: 2 });
});
