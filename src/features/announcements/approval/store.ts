/** Who may approve, who has, how many must, and what they say about it. */
import { audit } from "../../../console/audit/audit.ts";
import { RIGHTS } from "../../../console/rights.ts";
import type { Db, Tx } from "../../../infra/db.ts";
import type { Announcement } from "../../../infra/generated/client.ts";
import type { Mover } from "../workflow.ts";

export interface Approval {
  /** Who has approved what waits now. */
  by: { id: number; name: string; at: Date }[];
  /** How many must, besides the writer. */
  needed: number;
}

/** Counted from when it was last sent for approval: what was sent back begins anew. */
export async function approvalOf(
  tx: Db | Tx,
  { id, level, unitCode }: Pick<Announcement, "id" | "level" | "unitCode">,
): Promise<Approval> {
  const { approvals } = await tx.unit.findUniqueOrThrow({ where: { code: unitCode } });
  const submitted = await tx.announcementStep.findFirst({
    where: { announcementId: id, kind: "submitted" },
    orderBy: { id: "desc" },
  });
  const steps = await tx.announcementStep.findMany({
    where: { announcementId: id, kind: "approved", id: { gt: submitted?.id ?? 0n }, staffId: { not: null } },
    include: { staff: { select: { id: true, name: true } } },
    orderBy: { id: "asc" },
  });
  const by = steps.map(({ staff, at }) => ({ ...staff!, at }));
  return { by, needed: level === "emergency" ? 1 : approvals };
}

/** Wrote it, changed it or sent it for approval: theirs, and not theirs to approve. */
export async function hasWorkedOn(
  tx: Db | Tx,
  { id, authorId }: Pick<Announcement, "id" | "authorId">,
  staffId: number,
): Promise<boolean> {
  if (authorId === staffId) return true;
  const where = { announcementId: id, staffId, kind: { in: ["written", "submitted"] } };
  return (await tx.announcementStep.count({ where })) > 0;
}

/** Everybody who may approve for a unit: of the unit itself, of those above it, and administrators. */
export const approversOf = (tx: Db | Tx, unitCode: string) =>
  tx.$queryRaw<{ id: number; email: string; name: string }[]>`
    WITH RECURSIVE above AS (
      SELECT code, parent_code FROM unit WHERE code = ${unitCode}
      UNION SELECT unit.code, unit.parent_code FROM unit JOIN above ON unit.code = above.parent_code
    )
    SELECT id, email, name FROM staff
    WHERE disabled_at IS NULL AND role = ANY(${[...RIGHTS["announcements.approve"]]})
      AND (role = 'admin' OR unit_code IN (SELECT code FROM above)) ORDER BY id`;

/** Emergencies that wait for somebody who did not write them, the oldest first. */
export const urgentFor = (db: Db, { id, units }: Mover) =>
  db.announcement.findMany({
    where: {
      ...{ state: "pending", level: "emergency", unitCode: { in: [...units] } },
      OR: [{ authorId: null }, { authorId: { not: id } }],
      steps: { none: { staffId: id, kind: { in: ["written", "submitted"] } } },
    },
    include: { unit: true, author: { select: { name: true } } },
    orderBy: { id: "asc" },
    take: 5,
  });

// ── what the office says among itself ──

export const commentsOf = (db: Db | Tx, announcementId: bigint) =>
  db.announcementComment.findMany({
    where: { announcementId },
    include: { staff: { select: { name: true, role: true } } },
    orderBy: { id: "asc" },
  });
export type Comment = Awaited<ReturnType<typeof commentsOf>>[number];

export async function addComment(
  tx: Tx,
  mover: Mover,
  { id, code }: { id: bigint; code: string },
  text: string,
  at: Date,
): Promise<void> {
  await tx.announcementComment.create({ data: { announcementId: id, staffId: mover.id, text, at } });
  await audit(tx, mover, "announcement.comment", `announcement:${code}`);
}
