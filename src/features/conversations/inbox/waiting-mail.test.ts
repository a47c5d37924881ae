import { createTestAccount } from "../../../channels/testing.ts";
import { readConfig } from "../../../config.ts";
import { prepareJobs } from "../../../infra/jobs.ts";
import { createMailer } from "../../../infra/mail.ts";
import { useTestDatabase } from "../../../infra/testing/database.ts";
import { createWaitingMail } from "./waiting-mail.ts";

const database = useTestDatabase();
const at = (time: string, day = "2026-11-25") => new Date(`${day}T${time}:00+07:00`); // a Wednesday
const clock = { at: at("09:00"), now: () => clock.at };
const mailTo = (env: Record<string, string>) =>
  createWaitingMail({
    ...{ database, clock, publicUrl: "https://hoi.vn" },
    mailer: createMailer(database.db, readConfig(env), { open: async () => {}, close: async () => {} }),
  });
let accountId: number;
let people = 0;

beforeAll(async () => {
  await prepareJobs(database.pool);
  accountId = (await createTestAccount(database)).account.id; // of PHU-KHUONG
});
beforeEach(async () => {
  clock.at = at("09:00");
  await database.db.conversation.deleteMany();
  await database.db.staff.deleteMany();
  await database.db.mail.deleteMany();
});

async function staff(changes: object = {}) {
  const email = `can-bo-${++people}@hoi.vn`;
  const data = { email, passwordHash: "", role: "agent", unitCode: "PHU-KHUONG", mustChange: false };
  await database.db.staff.create({ data: { ...data, mails: ["waiting"], ...changes } });
  return email;
}

async function talk(waitingSince: Date, changes: object = {}): Promise<bigint> {
  const resident = await database.db.resident.create({
    data: { accountId, externalId: `bà Tư ${++people}`, displayName: "Bà Tư" },
  });
  const data = { residentId: resident.id, state: "waiting", waitingReason: "asked", waitingSince };
  return (await database.db.conversation.create({ data: { ...data, ...changes } })).id;
}

/** What the minute's job queued, by addressee. */
async function mailed(
  env: Record<string, string> = { SMTP_URL: "smtp://127.0.0.1:9", MAIL_FROM: "a@hoi.vn" },
) {
  await database.db.mail.deleteMany();
  await mailTo(env).tasks["conversations:mail"]!({} as never);
  return database.db.mail.findMany({ orderBy: { id: "asc" } });
}

test("who waits longer than the set time is told once, in a letter that names nobody", async () => {
  const lan = await staff();
  const id = await talk(at("08:44"));
  await talk(at("08:50"));
  const [letter, ...more] = await mailed();
  expect(more).toEqual([]);
  expect(letter).toMatchObject({
    recipient: lan,
    subject: "1 người dân đang chờ cán bộ của Phường Phú Khương",
    text: expect.stringContaining(`https://hoi.vn/console/conversations/${id}\n`) as string,
  });
  expect(`${letter!.key} ${letter!.subject} ${letter!.text}`).not.toMatch(/Tư/);
  expect(await mailed()).toEqual([]);
});

test("who begins to wait again is told again; several are one letter, ten minutes apart", async () => {
  await staff();
  const id = await talk(at("08:30"));
  expect(await mailed()).toHaveLength(1);
  clock.at = at("09:05");
  await talk(at("08:45"));
  await database.db.conversation.update({ where: { id }, data: { waitingSince: at("08:46") } });
  expect(await mailed()).toEqual([]);
  clock.at = at("09:10");
  expect((await mailed()).map(({ subject }) => subject)).toEqual([
    "2 người dân đang chờ cán bộ của Phường Phú Khương",
  ]);
});

test("it goes to those of the unit and above who asked, may answer, and know about it", async () => {
  const [lan, chief, english] = [
    await staff(),
    await staff({ role: "admin", unitCode: "DO-THI" }),
    await staff({ language: "en", skills: ["works"] }),
  ];
  await staff({ mails: [] });
  await staff({ role: "viewer" });
  await staff({ unitCode: "AN-HOI" });
  await staff({ skills: ["land"] });
  await staff({ disabledAt: new Date() });
  await staff({ mustChange: true });
  await talk(at("08:00"), { skill: "works" });
  const letters = await mailed();
  expect(letters.map(({ recipient }) => recipient)).toEqual([lan, chief, english]);
  expect(letters[2]!.subject).toBe("Phường Phú Khương: 1 resident waits for a person");
});

test("only working time counts, and at night only an emergency is told", async () => {
  await staff();
  await talk(at("16:55", "2026-11-24")); // five working minutes before the end of Tuesday
  clock.at = at("07:05");
  expect(await mailed()).toEqual([]);
  clock.at = at("07:11");
  expect(await mailed()).toHaveLength(1);
  clock.at = at("23:00");
  await talk(at("22:00"));
  expect(await mailed()).toEqual([]);
  await talk(at("22:59"), { waitingReason: "emergency", state: "bot" });
  expect(await mailed()).toHaveLength(1);
});

test("without a mail server, or anybody who asked, nothing is noted", async () => {
  await staff();
  await talk(at("08:00"));
  expect(await mailed({})).toEqual([]);
  expect(await database.db.talkMail.count()).toBe(0);
  expect(await mailed()).toHaveLength(1);
});
