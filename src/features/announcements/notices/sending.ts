/**
 * The going out of an announcement: begun once, paused, taken up again, cancelled. What is decided here holds at once: at
 * most a few seconds of copies are with the senders, and those are taken back.
 */
import type { Db, Tx } from "../../../infra/db.ts";
import { enqueue } from "../../../infra/jobs.ts";
import {
  dropQueued,
  isExpanded,
  takeBack,
  withSending,
  type NoticeKind,
  type SendingState,
} from "./store.ts";

export type SendingDeed = "pause" | "resume" | "cancel";

/** From which states a deed leads where. */
export const SENDING_DEEDS: Record<SendingDeed, { from: SendingState[]; to: SendingState }> = {
  pause: { from: ["expanding", "running"], to: "paused" },
  resume: { from: ["paused"], to: "expanding" }, // or running: see below
  cancel: { from: ["expanding", "running", "paused"], to: "cancelled" },
};

/** One waiting job a sending: adding it again replaces what waits. */
export const tellSoon = (
  tx: Tx | Db,
  announcementId: bigint,
  kind: NoticeKind,
  runAt?: Date,
): Promise<void> =>
  enqueue(
    tx,
    "announcements.tell",
    { id: String(announcementId), kind },
    { key: `announcements.tell:${announcementId}:${kind}`, ...(runAt ? { runAt } : {}) },
  );

/** @returns false when it was begun before: nothing is sent a second time. */
export async function startSending(
  tx: Tx,
  announcementId: bigint,
  kind: NoticeKind,
  at: Date,
): Promise<boolean> {
  const data = { announcementId, kind, startedAt: at };
  const { count } = await tx.announcementSending.createMany({ data: [data], skipDuplicates: true });
  if (count === 0) return false;
  await tellSoon(tx, announcementId, kind);
  return true;
}

/** Takes the step, in the caller's transaction. @returns false when the sending is not in a state for it. */
export async function steerSending(
  tx: Tx,
  announcementId: bigint,
  kind: NoticeKind,
  deed: SendingDeed,
  at: Date,
): Promise<boolean> {
  const { from, to } = SENDING_DEEDS[deed];
  const taken =
    // an audience counted a second time may hold somebody else for the same phone
    deed === "resume" && (await isExpanded(tx, announcementId, kind))
      ? await withSending(tx, announcementId, kind, from, "running", at)
      : await withSending(tx, announcementId, kind, from, to, at);
  if (!taken) return false;
  if (deed === "pause") await takeBack(tx, announcementId, kind);
  if (deed === "cancel") await dropQueued(tx, announcementId, kind);
  if (deed !== "pause") await tellSoon(tx, announcementId, kind);
  return true;
}
