/** What residents add to a report later, and what their pictures know. */
import type { Tx } from "../../../infra/db.ts";
import type { ReportState } from "../states.ts";
import { addEvent } from "./events.ts";
import { addPhoto } from "./filing.ts";

/** More pictures or words from the reporter or a follower. @returns false when the report is neither's. */
export async function addToReport(
  tx: Tx,
  reportId: bigint,
  residentId: bigint,
  { words, attachmentIds, at }: { words: string | null; attachmentIds: bigint[]; at: Date },
): Promise<boolean> {
  const report = await tx.report.findFirst({
    where: { id: reportId, OR: [{ residentId }, { followers: { some: { residentId } } }] },
    select: { state: true },
  });
  if (!report) return false;
  const by = { residentId };
  for (const attachmentId of attachmentIds) await addPhoto(tx, reportId, { attachmentId }, by, at);
  const state = report.state as ReportState;
  if (attachmentIds.length > 0) {
    const data = { count: attachmentIds.length };
    await addEvent(tx, reportId, { kind: "photo", state, by, at, data });
  }
  if (words) await addEvent(tx, reportId, { kind: "note", state, by, at, note: words });
  return true;
}

/** Where the newest of these pictures that knows it was taken; null: none does, or they are still on their way. */
export async function photoPoint(
  tx: Tx,
  attachmentIds: bigint[],
): Promise<{ latitude: number; longitude: number } | null> {
  const placed = await tx.attachment.findFirst({
    where: { id: { in: attachmentIds }, media: { latitude: { not: null }, longitude: { not: null } } },
    orderBy: { id: "desc" },
    select: { media: { select: { latitude: true, longitude: true } } },
  });
  const { latitude, longitude } = placed?.media ?? {};
  return latitude == null || longitude == null ? null : { latitude, longitude };
}
