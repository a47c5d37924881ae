import { readConfig } from "../config.ts";
import { prepareJobs } from "./jobs.ts";
import { createMailer, dropMail, resendMail, type Letter, type MailTrouble } from "./mail.ts";
import { openSmtp } from "./smtp.ts";
import { useTestDatabase } from "./testing/database.ts";
import { refusal, useMailServer } from "./testing/mail-server.ts";

const database = useTestDatabase();
const server = useMailServer({
  onAuth: ({ username, password }, _session, done) =>
    username === "phuong" && password === "dung" ? done(null, { user: username }) : done(refusal(535)),
});

const letter: Letter = {
  to: "lan@phuong.example",
  subject: "Có người dân đang chờ",
  text: "Mời anh/chị xem: https://hoiphuong.example/console/inbox\n",
};

let told: string[] = [];
const trouble: MailTrouble = {
  open: (kind, message) => Promise.resolve(void told.push(`${kind}: ${message}`)),
  close: () => Promise.resolve(),
};

beforeAll(() => prepareJobs(database.pool));
beforeEach(async () => {
  told = [];
  await database.db.mail.deleteMany();
  await database.pool.query("DELETE FROM graphile_worker._private_jobs");
});

const settings = (env: Record<string, string> = {}) =>
  readConfig({ SMTP_URL: server.url(), MAIL_FROM: "Hỏi Phường <hp@phuong.example>", ...env });

function mailer(env?: Record<string, string>) {
  const patience = { connect: 500, silence: 300 };
  return createMailer(database.db, settings(env), trouble, openSmtp(settings(env), patience));
}

async function queued(mail = mailer(), key = "a"): Promise<string> {
  await database.transaction((tx) => mail.queue(tx, key, letter));
  return String((await database.db.mail.findFirstOrThrow({ where: { key } })).id);
}

/** What a worker does when the job is due. */
async function work(id: string, mail = mailer()) {
  await mail.jobs.tasks["mail.send"]!({ id } as never);
  return database.db.mail.findUniqueOrThrow({ where: { id: BigInt(id) } });
}

const jobsDue = async () =>
  (
    await database.pool.query<{ run_at: Date }>(
      "SELECT run_at FROM graphile_worker.jobs WHERE task_identifier = 'mail.send' ORDER BY run_at",
    )
  ).rows.map(({ run_at }) => Math.round(Math.abs(run_at.getTime() - Date.now()) / 60_000));

test("a letter is sent once, however often its job runs and its occasion comes", async () => {
  const id = await queued();
  await queued();
  expect(await jobsDue()).toEqual([0]);
  expect(await work(id)).toMatchObject({ state: "sent", problem: null });
  await work(id);

  expect(server.taken).toHaveLength(1);
  const { to, raw } = server.taken[0]!;
  expect(to).toBe("lan@phuong.example");
  expect(raw).toMatch(/^Auto-Submitted: auto-generated\r$/m);
  expect(raw).toMatch(new RegExp(`^Message-ID: <mail-${id}@phuong.example>\r$`, "m"));
  expect(raw).toMatch(/^From: =\?UTF-8\?.*<hp@phuong.example>\r$/m);
  expect(told).toEqual([]);
});

test("two workers with the same letter: one sends it", async () => {
  const id = await queued();
  await Promise.all([work(id), work(id), work(id)]);
  expect(server.taken).toHaveLength(1);
  expect((await work(id)).state).toBe("sent");
});

test("a server that is down is tried again, later and later, and given up after a day", async () => {
  const id = await queued();
  await server.goDown();
  expect(await work(id)).toMatchObject({ state: "pending", attempts: 1, problem: "ECONNREFUSED" });
  expect(await jobsDue()).toContain(1);
  await work(id);
  expect(await jobsDue()).toContain(5);

  const longAgo = new Date(Date.now() - 25 * 3_600_000);
  await database.db.mail.update({ where: { id: BigInt(id) }, data: { createdAt: longAgo } });
  expect((await work(id)).state).toBe("dead");
  expect(told).toEqual([expect.stringMatching(/^mail\.lost: .*ECONNREFUSED/)]);
});

test("“come back later” is heard, at the address and after the letter", async () => {
  const id = await queued();
  server.onRecipient = () => refusal(450);
  expect(await work(id)).toMatchObject({ state: "pending", problem: "450 RCPT TO" });
  server.onRecipient = null;
  server.onLetter = () => refusal(451);
  expect(await work(id)).toMatchObject({ state: "pending", problem: "451 DATA" });
  server.onLetter = null;
  expect((await work(id)).state).toBe("sent");
});

test("an address the server refuses is not tried again", async () => {
  const id = await queued();
  server.onRecipient = () => refusal(550);
  expect(await work(id)).toMatchObject({ state: "dead", problem: "550 RCPT TO" });
  server.onRecipient = null;
  expect((await work(id)).state).toBe("dead");
  expect(server.taken).toEqual([]);
  expect(told).toEqual([expect.stringMatching(/^mail\.lost/)]);
});

test("a letter whose outcome the server hid is held, and never sent again", async () => {
  const id = await queued();
  server.onLetter = () => "nothing";
  expect(await work(id)).toMatchObject({ state: "unknown", problem: "ETIMEDOUT" });
  server.onLetter = null;
  expect((await work(id)).state).toBe("unknown");
  expect(server.taken).toEqual([]);
});

test("a person sends a lost letter again, once, or drops it", async () => {
  const id = BigInt(await queued());
  await database.db.mail.update({ where: { id }, data: { state: "unknown" } });
  expect(await database.transaction((tx) => resendMail(tx, id))).toBe(true);
  expect(await database.transaction((tx) => resendMail(tx, id))).toBe(false);
  expect((await work(String(id))).state).toBe("sent");
  expect(await database.transaction((tx) => dropMail(tx, id))).toBe(false);
  await database.db.mail.update({ where: { id }, data: { state: "dead" } });
  expect(await database.transaction((tx) => dropMail(tx, id))).toBe(true);
  expect((await work(String(id))).state).toBe("dropped");
});

test("a letter that was going out when its process died is held", async () => {
  const id = await queued();
  await database.db.mail.update({ where: { id: BigInt(id) }, data: { state: "sending" } });
  expect(await work(id)).toMatchObject({ state: "unknown", problem: "stopped" });
  expect(server.taken).toEqual([]);
});

test("a wrong password is the settings' fault: the letter waits, and somebody hears of it", async () => {
  const wrong = mailer({ SMTP_USERNAME: "phuong", SMTP_PASSWORD: "sai" });
  const id = await queued();
  expect(await work(id, wrong)).toMatchObject({ state: "pending", problem: "535 AUTH PLAIN" });
  expect(told).toEqual([expect.stringMatching(/^mail\.server: .*SMTP_/)]);
  const right = mailer({ SMTP_USERNAME: "phuong", SMTP_PASSWORD: "dung" });
  expect((await work(id, right)).state).toBe("sent");
});

test("without a server nothing is kept, nothing is sent", async () => {
  const off = createMailer(database.db, readConfig({}), trouble);
  expect(off.isOn).toBe(false);
  expect(await database.transaction((tx) => off.queue(tx, "a", letter))).toBe(false);
  expect(await database.db.mail.count()).toBe(0);
});

test("to another machine nothing goes in the clear", async () => {
  const elsewhere = settings({ SMTP_URL: server.url().replace("127.0.0.1", "127.0.0.2") });
  expect(await openSmtp(elsewhere, { connect: 500, silence: 300 })!.check()).not.toBeNull();
  expect(await openSmtp(settings())!.check()).toBeNull();
});

test("a server needs a sender", () => {
  expect(() => readConfig({ SMTP_URL: "smtp://mail.example:587" })).toThrow(/MAIL_FROM/);
  expect(() => readConfig({ SMTP_URL: "smtp://user:secret@mail.example", MAIL_FROM: "a@b.vn" })).toThrow(
    /SMTP_URL/,
  );
});
