/**
 * A talk that waits too long for a person is told by e-mail to those of its unit and skill who asked for it: once for each
 * wait, several in one letter. In working hours, by working time; an emergency at once, at any hour. The letter has links
 * and numbers only: who waits, and what for, is seen in the console.
 */
import { inLanguage, t, vi } from "../../../bilingual/index.ts";
import { whoAsked, type Addressee } from "../../../console/staff-mail.ts";
import type { Clock } from "../../../infra/clock.ts";
import { Prisma, type Database, type Db, type Tx } from "../../../infra/db.ts";
import type { JobSet } from "../../../infra/jobs.ts";
import type { Letter, Mailer } from "../../../infra/mail.ts";
import { workedBetween, type WorkTime } from "../../../infra/office-time.ts";
import { settingGroup } from "../../../infra/setting-groups.ts";
import { isOpen } from "../../../residents/office-hours.ts";
import { workTimeOf } from "../../../residents/work-time.ts";

const MINUTE = 60_000;
/** Staff of a unit get no second letter sooner than this, ms; what comes meanwhile is in the next one. */
const PAUSE = 10 * MINUTE;
const MOST_LINKS = 20;

export const waitingMail = settingGroup("talks.mail", {
  title: vi`E-mail khi người dân chờ lâu`,
  meaning: vi`Cán bộ nào muốn nhận thì chọn ở trang Tài khoản của tôi. Việc khẩn cấp báo ngay, không tính giờ làm việc.`,
  choices: {
    minutes: {
      ...{ kind: "number", label: vi`Chờ quá`, unit: vi`phút làm việc`, min: 5, max: 240, initial: 15 },
      meaning: vi`Trong giờ làm việc mà chưa ai trả lời sau chừng này thì gửi e-mail.`,
    },
  },
});

interface Waiting {
  id: bigint;
  since: Date;
  unitCode: string;
  unitName: string;
  skill: string | null;
  isEmergency: boolean;
}

interface Parts {
  database: Database;
  mailer: Mailer;
  clock: Clock;
  publicUrl: string;
}

export function createWaitingMail({ database, mailer, clock, publicUrl }: Parts): JobSet {
  async function tellAll() {
    if (!mailer.isOn) return;
    const now = clock.now();
    const waiting = await untold(database.db);
    for (const unitCode of new Set(waiting.map((talk) => talk.unitCode))) {
      const workTime = await workTimeOf(
        database.db,
        unitCode,
        new Date(now.getTime() - 7 * 24 * 60 * MINUTE),
      );
      const late = waiting.filter((talk) => talk.unitCode === unitCode && isLate(talk, now, workTime));
      if (late.length > 0) await database.transaction((tx) => tell(tx, unitCode, late, now));
    }
  }

  async function tell(tx: Tx, unitCode: string, late: Waiting[], now: Date) {
    const isUrgent = late.some(({ isEmergency }) => isEmergency);
    if (!isUrgent && (await wasTold(tx, unitCode, new Date(now.getTime() - PAUSE)))) return;
    const told: Waiting[] = [];
    for (const person of await whoAsked(tx, "waiting", unitCode)) {
      const theirs = late.filter((talk) => concerns(talk, person));
      const [first] = theirs;
      if (!first) continue;
      const key = `waiting:${person.id}:${first.id}:${first.since.toISOString()}`;
      await mailer.queue(tx, key, letterFor(person, theirs, publicUrl));
      told.push(...theirs);
    }
    if (told.length > 0) await markTold(tx, told, now);
  }

  return { tasks: { "conversations:mail": tellAll }, crontab: ["* * * * * conversations:mail"] };
}

function isLate({ since, isEmergency }: Waiting, now: Date, workTime: WorkTime): boolean {
  if (isEmergency) return true;
  return isOpen(now, workTime) && workedBetween(since, now, workTime) >= waitingMail.value.minutes * MINUTE;
}

const concerns = ({ skill }: Waiting, { skills }: Addressee) =>
  skill === null || skills.length === 0 || skills.includes(skill);

function letterFor({ email, language }: Addressee, talks: Waiting[], publicUrl: string): Letter {
  const { unitName } = talks[0]!;
  const count = talks.length;
  const links = talks.slice(0, MOST_LINKS).map(({ id }) => `- ${publicUrl}/console/conversations/${id}`);
  return inLanguage(language, () => ({
    to: email,
    subject: t`${count} người dân đang chờ cán bộ của ${unitName}`,
    text: [
      t`${unitName}: ${count} cuộc trò chuyện đã chờ lâu mà chưa có cán bộ trả lời.`,
      links.join("\n"),
      t`Mọi người đang chờ: ${`${publicUrl}/console/conversations`}`,
      t`Anh/chị nhận thư này vì đã chọn ở trang Tài khoản của tôi: ${`${publicUrl}/console/me`}`,
    ].join("\n\n"),
  }));
}

/** Everybody who waits and of whose wait nobody was mailed yet; who has waited longest first. */
const untold = (db: Db) => db.$queryRaw<Waiting[]>`
  SELECT c.id, c.waiting_since AS since, c.skill, u.code AS "unitCode", u.name AS "unitName",
         coalesce(c.waiting_reason, '') = 'emergency' AS "isEmergency"
  FROM conversation c JOIN resident r ON r.id = c.resident_id JOIN account a ON a.id = r.account_id
  JOIN unit u ON u.code = a.unit_code LEFT JOIN talk_mail m ON m.conversation_id = c.id
  WHERE c.waiting_since IS NOT NULL AND c.state IN ('waiting', 'bot') AND m.waiting_since IS DISTINCT FROM c.waiting_since
  ORDER BY c.waiting_since LIMIT 1000`;

async function wasTold(tx: Tx, unitCode: string, since: Date): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM talk_mail m JOIN conversation c ON c.id = m.conversation_id JOIN resident r ON r.id = c.resident_id
    JOIN account a ON a.id = r.account_id WHERE a.unit_code = ${unitCode} AND m.mailed_at > ${since} LIMIT 1`;
  return rows.length > 0;
}

async function markTold(tx: Tx, talks: Waiting[], at: Date): Promise<void> {
  const rows = [...new Map(talks.map((talk) => [talk.id, talk])).values()].map(
    ({ id, since }) => Prisma.sql`(${id}, ${since}, ${at})`,
  );
  await tx.$executeRaw`
    INSERT INTO talk_mail (conversation_id, waiting_since, mailed_at) VALUES ${Prisma.join(rows)}
    ON CONFLICT (conversation_id) DO UPDATE SET waiting_since = excluded.waiting_since, mailed_at = excluded.mailed_at`;
}
