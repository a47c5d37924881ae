/**
 * Posts that Facebook holds until the appointed time, where that was chosen: put there as soon as the announcement is approved,
 * taken back when the time or the approval goes, and put there anew for another time.
 */
import { SCHEDULE_AHEAD } from "../../../channels/facebook/posts.ts";
import type { Tx } from "../../../infra/db.ts";
import { enqueuePublications, holdPosts, takeHeldBack } from "./store.ts";

/** Brings what Facebook holds into line with what is appointed now; in the caller's transaction. */
export async function alignHeldPosts(tx: Tx, announcementId: bigint, now: Date): Promise<void> {
  const notice = await tx.announcement.findUnique({
    where: { id: announcementId },
    include: { plan: true, schedule: true },
  });
  if (!notice?.plan?.heldByPlatform || !["draft", "pending", "approved"].includes(notice.state)) return;
  const { plan, schedule, state } = notice;
  const isAppointed = state === "approved" && schedule?.state === "waiting" && schedule.repeat === "once";
  const ahead = isAppointed ? schedule.nextAt!.getTime() - now.getTime() : 0;
  const at = ahead >= SCHEDULE_AHEAD.least && ahead <= SCHEDULE_AHEAD.most ? schedule!.nextAt! : null;
  await takeHeldBack(tx, announcementId, at, now);
  if (at && plan.ways.includes("post")) await holdPosts(tx, announcementId, plan.units, at, now);
  await enqueuePublications(tx, announcementId);
}
