import { createTestAccount } from "../../channels/testing.ts";
import { readConfig } from "../../config.ts";
import { prepareJobs } from "../../infra/jobs.ts";
import { createMailer } from "../../infra/mail.ts";
import { useTestDatabase } from "../../infra/testing/database.ts";
import { categoryOf } from "./categories.ts";
import { reportJobs } from "./jobs.ts";
import {
  assign,
  changeState,
  closeOldResolved,
  correctCategoryByStaff,
  fileReport,
  mergeInto,
  noteDeadlines,
  publish,
  addPhoto,
  setDeadline,
  type NewReport,
  type Worker,
} from "./store.ts";

const database = useTestDatabase();
const at = new Date("2026-11-25T08:00:00+07:00");
const later = (hours: number) => new Date(at.getTime() + hours * 3_600_000);
let lan: bigint;
let here: Worker; // Phường Phú Khương
let there: Worker; // Phường An Hội

beforeAll(async () => {
  const { account } = await createTestAccount(database);
  lan = (await database.db.resident.create({ data: { accountId: account.id, externalId: "lan" } })).id;
  const staff = async (unitCode: string): Promise<Worker> => {
    const data = { email: `${unitCode}@hoi.vn`, passwordHash: "", role: "agent", unitCode };
    return { id: (await database.db.staff.create({ data })).id, units: [unitCode] };
  };
  here = await staff("PHU-KHUONG");
  there = await staff("AN-HOI");
});

const file = (change: Partial<NewReport> = {}) =>
  database.transaction((tx) =>
    fileReport(tx, {
      ...{ category: categoryOf("street_light"), description: "đèn tắt", place: "Nguyễn Huệ" },
      ...{ wardCode: "28756", unitCode: "DO-THI", at, reporter: { kind: "resident", residentId: lan } },
      ...change,
    }),
  );
const read = (code: string) => database.db.report.findUniqueOrThrow({ where: { code } });
const take = (code: string, to: "in_progress" | "resolved" | "rejected", worker = here) =>
  changeState(database.db, code, worker, { to, note: null, at });
const kinds = async (code: string) =>
  (await database.db.reportEvent.findMany({ where: { report: { code } }, orderBy: { id: "asc" } })).map(
    ({ kind }) => kind,
  );

test("a report of another unit is not there", async () => {
  const { code } = await file();
  expect(await take(code, "in_progress", there)).toBe("not_found");
  expect(await take(code, "in_progress")).toBeNull();
});

test("only what the table of states allows is done", async () => {
  const { code } = await file();
  expect(await take(code, "resolved")).toBe("not_now");
  expect(await changeState(database.db, code, here, { to: "closed", note: null, at })).toBe("not_now");
});

test("a rejection says why", async () => {
  const { code } = await file();
  expect(await take(code, "rejected")).toBe("words_missing");
});

test("passed to another unit it is theirs, and no longer ours", async () => {
  const { code } = await file();
  const assigneeId = there.id;
  const pass = (unitCode: string) => assign(database.db, code, here, { unitCode, assigneeId, at });
  expect(await pass("NOWHERE")).toBe("no_such_unit");
  expect(await pass("PHU-KHUONG")).toBe("no_such_person");
  expect(await pass("AN-HOI")).toBeNull();
  expect(await read(code)).toMatchObject({ state: "assigned", unitCode: "AN-HOI", assigneeId });
  expect(await take(code, "in_progress")).toBe("not_found");
  expect(await take(code, "in_progress", there)).toBeNull();
});

test("another kind means another deadline, and another unit where a rule says so", async () => {
  await database.db.reportRule.create({ data: { category: "noise", wardCode: null, unitCode: "AN-HOI" } });
  const { code, dueAt } = await file();
  await take(code, "in_progress");
  const correct = () =>
    correctCategoryByStaff(database.db, code, here, { category: categoryOf("noise"), at });
  expect(await correct()).toBeNull();
  const moved = await read(code);
  expect(moved).toMatchObject({ category: "noise", unitCode: "AN-HOI", state: "received" });
  expect(moved.dueAt!.getTime()).toBeLessThan(dueAt!.getTime());
  expect(await correct()).toBe("not_found");
});

test("merged reports keep all who told of them, through a second merge as well", async () => {
  const [first, second, third] = [await file(), await file(), await file()];
  const merge = (one: string, into: string) => mergeInto(database.db, one, here, { intoCode: into, at });
  const hung = await database.db.resident.create({
    data: { accountId: (await database.db.account.findFirstOrThrow()).id, externalId: "hung" },
  });
  await database.db.report.update({ where: { code: third.code }, data: { residentId: hung.id } });
  expect(await merge(third.code, third.code)).toBe("same_report");
  expect(await merge(third.code, "PA-0000-00000")).toBe("no_such_report");
  expect(await merge(third.code, second.code)).toBeNull();
  expect(await merge(first.code, third.code)).toBe("same_report"); // not into one that is itself merged
  expect(await merge(second.code, first.code)).toBeNull();
  const followers = await database.db.reportFollower.findMany({ where: { reportId: first.id } });
  expect(followers.map(({ residentId }) => residentId)).toEqual([hung.id]);
  expect(await read(third.code)).toMatchObject({ state: "duplicate", mergedIntoId: first.id });
});

test("no picture is public until it is chosen, and then only that one", async () => {
  const { id, code } = await file();
  await database.db.media.createMany({
    data: ["a", "b"].map((hash) => ({ hash, mime: "image/jpeg", bytes: 1 })),
  });
  for (const mediaHash of ["a", "b"]) await addPhoto(database.db, id, { mediaHash }, {}, at);
  const photos = await database.db.reportPhoto.findMany({ where: { reportId: id }, orderBy: { id: "asc" } });
  expect(photos.map(({ isPublic }) => isPublic)).toEqual([false, false]);
  const text = { isPublic: true, title: "Đèn tắt", description: null, exact: false };
  await publish(database.db, code, here, { ...text, photoIds: [photos[1]!.id], at });
  const after = await database.db.reportPhoto.findMany({ where: { reportId: id }, orderBy: { id: "asc" } });
  expect(after.map(({ isPublic }) => isPublic)).toEqual([false, true]);
});

test("one reminder before the deadline, one step up after it, once for each deadline", async () => {
  const { code } = await file({ category: categoryOf("power_outage") });
  const { dueAt } = await read(code);
  const run = (now: Date) => noteDeadlines(database.db, now);
  await run(new Date(dueAt!.getTime() - 3_600_000));
  await run(new Date(dueAt!.getTime() - 1_800_000));
  expect(await kinds(code)).toEqual(["filed", "reminded"]);
  const { priority } = await read(code);
  await run(later(1000));
  await run(later(1001));
  expect(await kinds(code)).toEqual(["filed", "reminded", "overdue"]);
  expect(await read(code)).toMatchObject({ priority: Math.min(priority + 1, 4) });
  await setDeadline(database.db, code, here, { dueAt: later(2000), note: "chờ vật tư", at });
  await run(later(2001));
  expect((await kinds(code)).filter((kind) => kind === "overdue")).toHaveLength(2);
});

test("who asked for it is mailed what is overdue, once, with codes and links only", async () => {
  const { code } = await file({ description: "nhà bà Tư" });
  const { dueAt } = await read(code);
  const data = { email: "lan@hoi.vn", passwordHash: "", role: "agent", unitCode: "PHU-KHUONG" };
  await database.db.staff.create({ data: { ...data, mustChange: false, mails: ["overdue"] } });
  await database.db.report.update({ where: { code }, data: { unitCode: "PHU-KHUONG" } });
  const env = { SMTP_URL: "smtp://127.0.0.1:9", MAIL_FROM: "a@hoi.vn" };
  const mailer = createMailer(database.db, readConfig(env), { open: async () => {}, close: async () => {} });
  await prepareJobs(database.pool);
  const parts = { mailer, publicUrl: "https://hoi.vn", tell: async () => {} };
  const clock = { now: () => new Date(dueAt!.getTime() + 1) };
  const { tasks } = reportJobs({ ...parts, db: database.db, clock });
  for (let run = 0; run < 2; run++) await tasks.reports_clock!({} as never);
  const letters = await database.db.mail.findMany();
  expect(letters.map(({ recipient }) => recipient)).toEqual(["lan@hoi.vn"]);
  expect(letters[0]!.text).toContain(`- ${code}: https://hoi.vn/console/reports/${code}`);
  expect(letters[0]!.text).not.toContain("bà Tư");
});

test("a week after it was resolved a report closes by itself", async () => {
  const { code } = await file();
  await take(code, "in_progress");
  await take(code, "resolved");
  await closeOldResolved(database.db, later(6 * 24));
  expect(await read(code)).toMatchObject({ state: "resolved" });
  await closeOldResolved(database.db, later(8 * 24));
  expect(await read(code)).toMatchObject({ state: "closed" });
});

test("every deed of staff stands in the audit log, without a word of the resident's", async () => {
  const { code } = await file({ description: "nhà bà Tư" });
  await take(code, "in_progress");
  const [entry] = await database.db.auditEntry.findMany({ where: { subject: code } });
  expect(entry).toMatchObject({ staffId: here.id, action: "report.state" });
  expect(JSON.stringify(entry!.details)).not.toContain("bà Tư");
});
