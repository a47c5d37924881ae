/**
 * The way of an announcement: draft → pending → approved → published → recalled. One function takes every step, so that
 * no page can leave out the check, the step in the history or the entry in the audit. Whoever wrote a notice or sent it
 * for approval never approves it, emergencies included. A unit may want two to approve; an emergency wants one, at once.
 */
import { audit } from "../../console/audit/audit.ts";
import type { Announcement } from "../../infra/generated/client.ts";
import type { Tx } from "../../infra/db.ts";
import { approvalOf, hasWorkedOn } from "./approval/store.ts";
import { findingsOf } from "./checks.ts";
import { startSending } from "./notices/sending.ts";
import { stopTelling } from "./notices/store.ts";
import { mailPressSoon } from "./press/mailing.ts";
import { alignHeldPosts } from "./reach/held.ts";
import { startPublishing, stopPublishing } from "./reach/publishing.ts";
import { endSchedule } from "./schedule/store.ts";
import { answerByPublishing } from "./rumours/store.ts";
import { searchTextOf } from "./store.ts";

export type State = "draft" | "pending" | "approved" | "published" | "recalled";
export type Deed = "submit" | "approve" | "reject" | "publish" | "recall";
export type Refusal =
  "not_found" | "not_now" | "own_work" | "approved_before" | "no_reason" | "changed" | "not_ready";

interface Step {
  from: readonly State[];
  to: State;
  /** Name in the history. */
  kind: string;
  needsReason?: boolean;
}

export const DEEDS: Record<Deed, Step> = {
  submit: { from: ["draft"], to: "pending", kind: "submitted" },
  approve: { from: ["pending"], to: "approved", kind: "approved" },
  reject: { from: ["pending", "approved"], to: "draft", kind: "rejected", needsReason: true },
  publish: { from: ["approved"], to: "published", kind: "published" },
  recall: { from: ["published"], to: "recalled", kind: "recalled", needsReason: true },
};

export interface Mover {
  id: number;
  units: readonly string[];
}
export interface Circumstances {
  comment?: string | undefined;
  /** `updatedAt` of what the approver read: what was changed since is not approved. */
  seen?: Date | undefined;
  at: Date;
}

/** Takes one step, in the caller's transaction. @returns null when it was taken, or its first half where two approve; else why not. */
export async function move(
  tx: Tx,
  code: string,
  deed: Deed,
  mover: Mover,
  { comment = "", seen, at }: Circumstances,
): Promise<Refusal | null> {
  const notice = await tx.announcement.findFirst({ where: { code, unitCode: { in: [...mover.units] } } });
  if (!notice) return "not_found";
  const { from, kind, needsReason } = DEEDS[deed];
  let { to } = DEEDS[deed];
  if (!from.includes(notice.state as State)) return "not_now";
  if (needsReason && !comment) return "no_reason";
  if (deed === "submit" || deed === "publish") {
    if (findingsOf(notice, at).some(({ stops }) => stops)) return "not_ready";
  }
  if (deed === "approve") {
    if (await hasWorkedOn(tx, notice, mover.id)) return "own_work";
    // of two who approve at once, the second counts the first
    await tx.$queryRaw`SELECT 1 FROM announcement WHERE id = ${notice.id} FOR UPDATE`;
    const { by, needed } = await approvalOf(tx, notice);
    if (by.some(({ id }) => id === mover.id)) return "approved_before";
    if (by.length + 1 < needed) to = "pending";
  }
  // on condition: of two who press at once, one takes the step
  const { count } = await tx.announcement.updateMany({
    where: { id: notice.id, state: { in: [...from] }, ...(seen ? { updatedAt: seen } : {}) },
    // the second who approves has read the same
    data: {
      state: to,
      ...(to === notice.state ? {} : { updatedAt: at }),
      ...effectsOn(notice, deed, comment, at),
    },
  });
  if (count === 0) return seen && seen.getTime() !== notice.updatedAt.getTime() ? "changed" : "not_now";
  await tx.announcementStep.create({
    data: { announcementId: notice.id, at, kind, staffId: mover.id, comment: comment || null },
  });
  await audit(tx, mover, `announcement.${deed}`, `announcement:${code}`);
  if (deed === "publish") await send(tx, notice, mover, at);
  if (deed === "publish") await endSchedule(tx, notice.id);
  if (deed === "approve" || deed === "reject") await alignHeldPosts(tx, notice.id, at);
  if (deed === "recall") {
    await stopTelling(tx, notice.id, "recalled", at);
    await startSending(tx, notice.id, "recall", at);
    await stopPublishing(tx, notice.id, at);
    if (notice.forPress) await mailPressSoon(tx, notice.id);
  }
  return null;
}

function effectsOn(notice: Announcement, deed: Deed, comment: string, at: Date): Partial<Announcement> {
  if (deed === "publish") return { publishedAt: at, searchText: searchTextOf(notice) };
  if (deed === "recall") return { recalledAt: at, recallReason: comment };
  return {};
}

async function send(tx: Tx, notice: Announcement, mover: Mover, at: Date): Promise<void> {
  if (notice.replacesId) {
    await tx.announcementStep.create({
      data: { announcementId: notice.replacesId, at, kind: "corrected", staffId: mover.id },
    });
  }
  if (notice.replacesId) await stopTelling(tx, notice.replacesId, "corrected", at);
  await startSending(tx, notice.id, "news", at);
  await answerByPublishing(tx, notice.id, mover, at);
  await startPublishing(tx, notice, at);
  if (notice.forPress) await mailPressSoon(tx, notice.id);
}
