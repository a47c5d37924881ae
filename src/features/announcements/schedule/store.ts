/** Appointed times as rows: one an announcement, with what it waits for. */
import { audit } from "../../../console/audit/audit.ts";
import type { Db, Tx } from "../../../infra/db.ts";
import type { AnnouncementSchedule } from "../../../infra/generated/client.ts";
import { enqueue } from "../../../infra/jobs.ts";
import { copyPlan } from "../audience/store.ts";
import { copyFiles } from "../files/store.ts";
import { noteWriting } from "../history/store.ts";
import { alignHeldPosts } from "../reach/held.ts";
import { nextAnnouncementCode } from "../store.ts";
import type { Mover, Refusal } from "../workflow.ts";
import type { Repeat, Timetable } from "./times.ts";

/** waiting for its time · asking a person, `why` says what for · over · cancelled */
export type ScheduleState = "waiting" | "asking" | "over" | "cancelled";
/** Why a person is asked instead of sending. */
export type Why = "late" | "not_approved" | "not_ready" | "changed";

export type Schedule = Omit<AnnouncementSchedule, "repeat" | "state" | "why"> & {
  repeat: Repeat;
  state: ScheduleState;
  why: Why | null;
};

const SHOWN = {
  announcement: { include: { unit: true } },
  staff: { select: { name: true } },
} as const;

export async function findSchedule(db: Db | Tx, announcementId: bigint): Promise<Schedule | null> {
  return (await db.announcementSchedule.findUnique({ where: { announcementId } })) as Schedule | null;
}

/** Nobody else decides about it meanwhile. */
export async function lockSchedule(tx: Tx, announcementId: bigint): Promise<Schedule | null> {
  await tx.$queryRaw`SELECT 1 FROM announcement_schedule WHERE announcement_id = ${announcementId} FOR UPDATE`;
  return findSchedule(tx, announcementId);
}

type Changes = Partial<Pick<Schedule, "runs" | "nextAt" | "state" | "why">>;

export async function changeSchedule(tx: Tx, announcementId: bigint, data: Changes): Promise<void> {
  await tx.announcementSchedule.update({ where: { announcementId }, data });
  if (data.nextAt && data.state !== "asking") await fireAt(tx, announcementId, data.nextAt);
}

/** One waiting job an announcement: another time replaces it. */
export const fireAt = (tx: Tx, announcementId: bigint, runAt: Date): Promise<void> =>
  enqueue(
    tx,
    "announcements.fire",
    { id: String(announcementId) },
    { key: `announcements.fire:${announcementId}`, runAt },
  );

/** Published by hand, sent back, recalled: what was appointed is no more. */
export async function endSchedule(tx: Tx, announcementId: bigint): Promise<void> {
  await tx.announcementSchedule.updateMany({
    where: { announcementId, state: { in: ["waiting", "asking"] } },
    data: { state: "over", nextAt: null, why: null },
  });
}

/**
 * Appoints a time. How often, and until when, is part of what is approved and changes in a draft only; the next time itself
 * may be moved until it is there.
 */
export async function appoint(
  tx: Tx,
  mover: Mover,
  notice: { id: bigint; code: string; state: string },
  timetable: Timetable,
  at: Date,
): Promise<Refusal | "series" | null> {
  const { id, code, state } = notice;
  if (!["draft", "pending", "approved"].includes(state)) return "not_now";
  const known = await lockSchedule(tx, id);
  const isOpen = known?.state === "waiting" || known?.state === "asking";
  if (state !== "draft") {
    const approved = isOpen ? known.repeat : "once";
    if (timetable.repeat !== approved) return "series";
    if (timetable.repeat !== "once") return moveNext(tx, mover, known!, code, timetable.startsAt);
  } else {
    const { count } = await tx.announcement.updateMany({
      where: { id, state: "draft" },
      data: { updatedAt: at },
    });
    if (count === 0) return "not_now";
    await noteWriting(tx, mover, notice, at);
  }
  const row = {
    ...timetable,
    ...{ runs: 0, nextAt: timetable.startsAt, state: "waiting", why: null, staffId: mover.id },
  };
  await tx.announcementSchedule.upsert({
    where: { announcementId: id },
    create: { announcementId: id, ...row },
    update: row,
  });
  await fireAt(tx, id, timetable.startsAt);
  await alignHeldPosts(tx, id, at);
  await audit(tx, mover, "announcement.schedule", `announcement:${code}`);
  return null;
}

/** Of a series, only the time that comes next. */
async function moveNext(tx: Tx, mover: Mover, known: Schedule, code: string, to: Date): Promise<null> {
  await changeSchedule(tx, known.announcementId, { nextAt: to, state: "waiting", why: null });
  await audit(tx, mover, "announcement.schedule_move", `announcement:${code}`);
  return null;
}

/** @returns false when there is none any more. */
export async function cancelSchedule(
  tx: Tx,
  mover: Mover,
  { id, code }: { id: bigint; code: string },
  at: Date,
): Promise<boolean> {
  const { count } = await tx.announcementSchedule.updateMany({
    where: { announcementId: id, state: { in: ["waiting", "asking"] } },
    data: { state: "cancelled", nextAt: null, why: null },
  });
  if (count === 0) return false;
  await alignHeldPosts(tx, id, at);
  await audit(tx, mover, "announcement.schedule_cancel", `announcement:${code}`);
  return true;
}

/**
 * The announcement of one time of a series: what was approved, in a new number, its validity as far from its time as the
 * first one's. It is approved by who approved the series, which its history says.
 */
export async function createRun(tx: Tx, seriesId: bigint, schedule: Schedule, at: Date): Promise<string> {
  const series = await tx.announcement.findUniqueOrThrow({ where: { id: seriesId } });
  const { title, body, documentNumber, documentDate, signer, unitCode, topic, wards, level } = series;
  const { authorId, coverHash, coverAlt, searchText, validFrom, validTo } = series;
  const shift = schedule.nextAt!.getTime() - schedule.startsAt.getTime();
  const shifted = (moment: Date | null) => moment && new Date(moment.getTime() + shift);
  const code = await nextAnnouncementCode(tx, at);
  const run = await tx.announcement.create({
    data: {
      ...{ code, title, body, documentNumber, documentDate, signer, unitCode, topic, wards, level },
      ...{ authorId, coverHash, coverAlt, searchText, seriesId, state: "approved" },
      ...{ validFrom: shifted(validFrom), validTo: shifted(validTo), createdAt: at, updatedAt: at },
    },
  });
  const approvals = await tx.announcementStep.findMany({
    where: { announcementId: seriesId, kind: { in: ["submitted", "approved"] } },
    orderBy: { id: "asc" },
  });
  // since it was last sent for approval
  const since = approvals.findLastIndex(({ kind }) => kind === "submitted");
  const by = approvals.slice(since + 1);
  await tx.announcementStep.createMany({
    data: by.map(({ staffId, at: approvedAt }) => ({
      ...{ announcementId: run.id, at: approvedAt, kind: "approved", staffId },
      comment: `Duyệt cho cả loạt ${series.code}`,
    })),
  });
  await copyPlan(tx, seriesId, run.id);
  await copyFiles(tx, seriesId, run.id);
  return code;
}

/** What is to come, the soonest first, what asks before it. */
export const comingOf = (db: Db, units: readonly string[]) =>
  db.announcementSchedule.findMany({
    where: {
      state: { in: ["waiting", "asking"] },
      announcement: { unitCode: { in: [...units] }, state: { in: ["draft", "pending", "approved"] } },
    },
    include: SHOWN,
    orderBy: [{ state: "asc" }, { nextAt: "asc" }],
    take: 200,
  });

/** The announcements a series has brought forth, the newest first. */
export const runsOf = (db: Db, seriesId: bigint) =>
  db.announcement.findMany({
    where: { seriesId },
    select: { code: true, title: true, state: true, publishedAt: true },
    orderBy: { id: "desc" },
    take: 20,
  });
