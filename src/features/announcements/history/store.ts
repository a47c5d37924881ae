/** What became of an announcement, step by step: by whom and when. Nothing is taken out of it. */
import { audit } from "../../../console/audit/audit.ts";
import type { Db, Tx } from "../../../infra/db.ts";
import type { AnnouncementStep } from "../../../infra/generated/client.ts";
import type { Mover } from "../workflow.ts";

export type Step = AnnouncementStep & { staff: { name: string; role: string } | null };

export function stepsOf(db: Db, announcementId: bigint): Promise<Step[]> {
  return db.announcementStep.findMany({
    where: { announcementId },
    include: { staff: { select: { name: true, role: true } } },
    orderBy: { id: "asc" },
  });
}

/** Who wrote or moved it last, and when it was last changed. */
export const lastStep = (tx: Db | Tx, announcementId: bigint) =>
  tx.announcementStep.findFirst({
    where: { announcementId },
    include: { staff: { select: { name: true } } },
    orderBy: { id: "desc" },
  });

/** A writer who goes on writing is one step and one entry. */
export async function noteWriting(
  tx: Tx,
  mover: Mover,
  { id, code }: { id: bigint; code: string },
  at: Date,
): Promise<void> {
  const last = await lastStep(tx, id);
  if (last?.kind === "written" && last.staffId === mover.id) return;
  await tx.announcementStep.create({
    data: { announcementId: id, kind: "written", staffId: mover.id, at },
  });
  await audit(tx, mover, "announcement.write", `announcement:${code}`);
}
