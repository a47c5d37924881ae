/** People who hear of an announcement because they asked for this one, whatever they subscribed to. */
import type { Tx } from "../../../infra/db.ts";
import { tellSoon } from "./sending.ts";

/** In the caller's transaction. A sending that was over goes on for them; one that was cancelled stays so. */
export async function wakeFor(
  tx: Tx,
  announcementId: bigint,
  people: { residentId: bigint; accountId: number }[],
  at: Date,
): Promise<void> {
  const rows = people.map((person) => ({ ...person, announcementId, kind: "news" }));
  await tx.announcementNotice.createMany({ data: rows, skipDuplicates: true });
  // one from the archive was never sent: it goes to these alone
  const sending = { announcementId, kind: "news", state: "running", startedAt: at, expandedAt: at };
  await tx.announcementSending.createMany({ data: [sending], skipDuplicates: true });
  await tx.announcementSending.updateMany({
    where: { announcementId, kind: "news", state: "finished" },
    data: { state: "running", finishedAt: null },
  });
  await tellSoon(tx, announcementId, "news");
}
