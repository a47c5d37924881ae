/**
 * The appointed time has come: what is approved is published, in the name of who appointed it. What missed its time by more
 * than a set time, or cannot go out as it is, asks a person instead.
 */
import type { Clock } from "../../../infra/clock.ts";
import type { Database, Tx } from "../../../infra/db.ts";
import { settingGroup } from "../../../infra/setting-groups.ts";
import { vi } from "../../../bilingual/index.ts";
import { move, type Mover } from "../workflow.ts";
import { changeSchedule, createRun, fireAt, lockSchedule, type Schedule, type Why } from "./store.ts";
import { nextFrom } from "./times.ts";

export const scheduleSettings = settingGroup("announcements.schedule", {
  title: vi`Thông báo hẹn giờ`,
  meaning: vi`Máy dừng qua giờ hẹn lâu hơn mức này thì không tự gửi nữa, mà hỏi lại.`,
  choices: {
    lateAfter: {
      ...{ kind: "number", label: vi`Trễ quá thì hỏi lại`, unit: vi`phút`, min: 5, max: 1440, initial: 60 },
      meaning: vi`Thông báo cúp nước gửi sau giờ cúp thì không còn ích gì.`,
    },
  },
});

const MINUTE = 60_000;

export function createFiring({ database, clock }: { database: Database; clock: Clock }) {
  /** The job of an appointed time. Run again, it finds that the time is another. */
  return (announcementId: bigint): Promise<void> =>
    database.transaction(async (tx) => {
      const schedule = await lockSchedule(tx, announcementId);
      if (schedule?.state !== "waiting" || !schedule.nextAt) return;
      const now = clock.now();
      if (schedule.nextAt > now) return fireAt(tx, announcementId, schedule.nextAt);
      const late = now.getTime() - schedule.nextAt.getTime();
      if (late > scheduleSettings.value.lateAfter * MINUTE) return ask(tx, schedule, "late");
      await fire(tx, schedule, now);
    });
}

/** Publishes what was appointed. @returns why not, if it could not be. */
export async function fire(tx: Tx, schedule: Schedule, now: Date): Promise<Why | null> {
  const { announcementId, staffId } = schedule;
  const notice = await tx.announcement.findUniqueOrThrow({ where: { id: announcementId } });
  if (notice.state !== "approved") {
    await ask(tx, schedule, "not_approved");
    return "not_approved";
  }
  const mover: Mover = { id: staffId, units: [notice.unitCode] };
  if (schedule.repeat === "once") {
    const why = await publish(tx, notice.code, mover, now); // which ends the schedule
    if (why) await ask(tx, schedule, why);
    return why;
  }
  const code = await createRun(tx, announcementId, schedule, now);
  const why = await publish(tx, code, mover, now);
  if (why) {
    await tx.announcement.delete({ where: { code } });
    await ask(tx, schedule, why);
    return why;
  }
  await goOn(tx, schedule, now);
  return null;
}

async function publish(tx: Tx, code: string, mover: Mover, at: Date): Promise<Why | null> {
  const refusal = await move(tx, code, "publish", mover, { at });
  if (!refusal) return null;
  return refusal === "not_ready" ? "not_ready" : "changed";
}

/** To the next time of a series, or to its end. */
export async function goOn(tx: Tx, schedule: Schedule, now: Date): Promise<void> {
  const next = nextFrom(schedule, schedule.runs + 1, now);
  await changeSchedule(
    tx,
    schedule.announcementId,
    next
      ? { runs: next.n, nextAt: next.at, state: "waiting", why: null }
      : { runs: schedule.runs + 1, nextAt: null, state: "over", why: null },
  );
}

const ask = (tx: Tx, { announcementId }: Schedule, why: Why) =>
  changeSchedule(tx, announcementId, { state: "asking", why });
