/**
 * E-mail: a letter is a row, kept in the transaction that makes it due, and sent by a worker. What the server cannot
 * take now is tried again for a day; what it refuses, and what it may or may not have taken, is kept for a person and
 * never sent again by itself. Letters name no resident and repeat no message: they say what waits, and link to it.
 */
import type { Config } from "../config.ts";
import type { Db, Tx } from "./db.ts";
import { enqueue, type JobSet } from "./jobs.ts";
import { log } from "./log.ts";
import { openSmtp, type Letter, type Outcome, type SmtpServer } from "./smtp.ts";

export type { Letter };

export interface Mailer {
  /** False: no SMTP_URL; nothing is kept and nothing sent. */
  isOn: boolean;
  /**
   * Keeps a letter for sending. Its row in `mail` (by key) tells afterwards how it went:
   * pending · sending · sent · dead (refused, or given up) · unknown (held: it may have arrived) · dropped (by a person).
   * @param key of the occasion and the addressee ("press:TB-2611-00001:12"): the same letter is kept once.
   * @returns false when it was kept before, or mail is off.
   */
  queue(tx: Tx, key: string, letter: Letter): Promise<boolean>;
  jobs: JobSet;
}

/** What a person should hear of: `server`: our settings; `lost`: a letter that will not be sent again by itself. */
export interface MailTrouble {
  open(kind: "mail.server" | "mail.lost", message: string): Promise<void>;
  close(kind: "mail.server"): Promise<void>;
}

const MINUTE = 60_000;
const PAUSES = [1, 5, 15, 60].map((minutes) => minutes * MINUTE);
/** A letter the server has not taken within a day says nothing new any more. */
const LONGEST_WAIT = 24 * 60 * MINUTE;
const KEPT_DAYS = 90;

export function createMailer(
  db: Db,
  config: Config,
  trouble: MailTrouble,
  smtp: SmtpServer | null = openSmtp(config),
): Mailer {
  async function send({ id }: { id: string }) {
    const row = await db.mail.findUnique({ where: { id: BigInt(id) } });
    if (!row || !smtp) return;
    // it was going out when its process died: nobody knows whether it arrived
    if (row.state === "sending") return settle(row.id, { kind: "unknown", why: "stopped" }, row);
    if (row.state !== "pending") return;
    const letter = { to: row.recipient, subject: row.subject, text: row.text };
    const outcome = await smtp.deliver(letter, `mail-${id}`, () => begin(row.id));
    if (outcome.kind !== "notOurs") await settle(row.id, outcome, row);
  }

  async function begin(id: bigint): Promise<boolean> {
    const { count } = await db.mail.updateMany({
      where: { id, state: "pending" },
      data: { state: "sending" },
    });
    return count === 1;
  }

  async function settle(id: bigint, outcome: Ended, { createdAt, attempts }: Row) {
    const now = new Date();
    const isTooOld = now.getTime() - createdAt.getTime() > LONGEST_WAIT;
    const state = nextState(outcome, isTooOld);
    const runAt = new Date(now.getTime() + (PAUSES[attempts] ?? PAUSES.at(-1)!));
    const isNews = await db.$transaction(async (tx) => {
      const problem = outcome.kind === "sent" ? null : outcome.why;
      const data = { state, problem, attempts: { increment: 1 }, sentAt: state === "sent" ? now : null };
      const { count } = await tx.mail.updateMany({ where: { id, state: { not: "sent" } }, data });
      if (state === "pending") await enqueue(tx, "mail.send", { id: String(id) }, { ...jobOf(id), runAt });
      return count === 1;
    });
    if (!isNews) return;
    if (outcome.kind === "sent") return trouble.close("mail.server");
    log.warn({ mail: id, state, why: outcome.why }, "a letter was not sent");
    if (outcome.kind === "server")
      await trouble.open("mail.server", `Máy chủ thư từ chối chúng ta (${outcome.why}): xem lại SMTP_*.`);
    if (state === "dead" || state === "unknown")
      await trouble.open("mail.lost", `Có thư chưa chắc tới nơi (${outcome.why}): xem Gửi lỗi → E-mail.`);
  }

  return {
    isOn: smtp !== null,
    async queue(tx, key, { to, subject, text }) {
      if (!smtp) return false;
      const kept = await tx.$queryRaw<{ id: bigint }[]>`
        INSERT INTO mail (key, recipient, subject, text) VALUES (${key}, ${to}, ${subject}, ${text})
        ON CONFLICT (key) DO NOTHING RETURNING id`;
      if (!kept[0]) return false;
      await enqueue(tx, "mail.send", { id: String(kept[0].id) }, jobOf(kept[0].id));
      return true;
    },
    jobs: {
      tasks: {
        "mail.send": send,
        "mail:purge": async () => {
          const before = new Date(Date.now() - KEPT_DAYS * 24 * 60 * MINUTE);
          await db.mail.deleteMany({ where: { createdAt: { lt: before } } });
        },
      },
      crontab: ["40 19 * * * mail:purge"], // 02:40 in Việt Nam
    },
  };
}

/** A person decided that a letter which is dead or held shall go (again). @returns whether it was there. */
export async function resendMail(tx: Tx, id: bigint): Promise<boolean> {
  const data = { state: "pending", problem: null, attempts: 0, createdAt: new Date() };
  const { count } = await tx.mail.updateMany({ where: { id, ...LOST }, data });
  if (count === 1) await enqueue(tx, "mail.send", { id: String(id) }, jobOf(id));
  return count === 1;
}

/** It shall not go any more. @returns whether it was there. */
export async function dropMail(tx: Tx, id: bigint): Promise<boolean> {
  const { count } = await tx.mail.updateMany({ where: { id, ...LOST }, data: { state: "dropped" } });
  return count === 1;
}

/** Letters that wait for a person. */
export const LOST = { state: { in: ["dead", "unknown"] } };

/** Where nobody is mailed. */
export const noMail: Mailer = { isOn: false, queue: async () => false, jobs: { tasks: {} } };

type Ended = Exclude<Outcome, { kind: "notOurs" }>;
type Row = { createdAt: Date; attempts: number };

function nextState({ kind }: Ended, isTooOld: boolean): "sent" | "unknown" | "dead" | "pending" {
  if (kind === "sent" || kind === "unknown") return kind;
  return kind === "refused" || isTooOld ? "dead" : "pending";
}

const jobOf = (id: bigint) => ({ key: `mail:${id}` });
