/** Who holds a talk. Every change is one conditional statement: of two who reach for it, one has it and the other sees who. */
import { Prisma, type Tx } from "../../../infra/db.ts";
import { dropWait } from "../store.ts";

export type StepKind =
  "claimed" | "assigned" | "handed_on" | "handed_back" | "returned" | "closed" | "waiting" | "filed";

export interface Step {
  kind: StepKind;
  /** null: the service itself. */
  staffId: number | null;
  toStaffId?: number;
  note?: string;
}

/** At the moment the transaction began, as what is sent in it. */
export async function noteStep(tx: Tx, conversationId: bigint, step: Step): Promise<void> {
  const { kind, staffId, toStaffId = null, note = null } = step;
  await tx.$executeRaw`
    INSERT INTO talk_step (conversation_id, at, kind, staff_id, to_staff_id, note)
    VALUES (${conversationId}, now(), ${kind}, ${staffId}::int, ${toStaffId}::int, ${note})`;
}

/**
 * Takes a talk that nobody else holds. @param mayTakeOver also from a colleague.
 * @returns true when it is theirs now, and whether it was not before.
 */
export async function claim(
  tx: Tx,
  id: bigint,
  staffId: number,
  mayTakeOver = false,
): Promise<{ holds: boolean; isNew: boolean }> {
  const rows = await tx.$queryRaw<{ former: number | null; state: string }[]>`
    WITH before AS (SELECT id, staff_id, state FROM conversation WHERE id = ${id} FOR NO KEY UPDATE)
    UPDATE conversation SET state = 'staff', staff_id = ${staffId}, waiting_since = NULL, updated_at = now()
    FROM before
    WHERE conversation.id = before.id
      AND (before.state <> 'staff' OR before.staff_id IS NULL OR before.staff_id = ${staffId} OR ${mayTakeOver})
    RETURNING before.staff_id AS former, before.state`;
  const [row] = rows;
  if (!row) return { holds: false, isNew: false };
  const isNew = row.state !== "staff" || row.former !== staffId;
  if (isNew) await noteStep(tx, id, { kind: "claimed", staffId });
  return { holds: true, isNew };
}

/** Gives it to a colleague; only who holds it may, or who may take it over. */
export async function handOn(
  tx: Tx,
  id: bigint,
  from: { id: number; mayTakeOver: boolean },
  toStaffId: number,
  note: string,
): Promise<boolean> {
  const changed = await tx.$executeRaw`
    UPDATE conversation SET state = 'staff', staff_id = ${toStaffId}, waiting_since = NULL, updated_at = now(), read_at = NULL
    WHERE id = ${id} AND ${isFreeFor(from)}`;
  if (changed === 0) return false;
  await noteStep(tx, id, { kind: "handed_on", staffId: from.id, toStaffId, ...(note ? { note } : {}) });
  return true;
}

/** Back among those who wait, for any colleague. */
export async function putBack(
  tx: Tx,
  id: bigint,
  from: { id: number; mayTakeOver: boolean },
  note: string,
): Promise<boolean> {
  const changed = await tx.$executeRaw`
    UPDATE conversation SET state = 'waiting', staff_id = NULL, waiting_since = now(), waiting_reason = 'returned',
      updated_at = now()
    WHERE id = ${id} AND state = 'staff' AND ${isFreeFor(from)}`;
  if (changed === 0) return false;
  await noteStep(tx, id, { kind: "returned", staffId: from.id, ...(note ? { note } : {}) });
  return true;
}

export async function close(
  tx: Tx,
  id: bigint,
  by: { id: number; mayTakeOver: boolean },
  reason: string,
): Promise<boolean> {
  const changed = await tx.$executeRaw`
    UPDATE conversation SET state = 'closed', staff_id = NULL, waiting_since = NULL, waiting_reason = NULL,
      updated_at = now(),
      dialogue = CASE WHEN jsonb_typeof(dialogue) = 'object'
                      THEN dialogue || '{"offered": [], "misses": 0, "unclear": null, "last": null}' END
    WHERE id = ${id} AND ${isFreeFor(by)}`;
  if (changed === 0) return false;
  await dropWait(tx, id);
  await noteStep(tx, id, { kind: "closed", staffId: by.id, note: reason });
  return true;
}

/** @returns whether this person may act on it now; locks the row. */
export async function lockFor(
  tx: Tx,
  id: bigint,
  by: { id: number; mayTakeOver: boolean },
): Promise<{ dialogue: unknown } | null> {
  const rows = await tx.$queryRaw<{ dialogue: unknown }[]>`
    SELECT dialogue FROM conversation WHERE id = ${id} AND ${isFreeFor(by)} FOR NO KEY UPDATE`;
  return rows[0] ?? null;
}

const isFreeFor = ({ id, mayTakeOver }: { id: number; mayTakeOver: boolean }) =>
  Prisma.sql`(state <> 'staff' OR staff_id IS NULL OR staff_id = ${id} OR ${mayTakeOver})`;

/** Everything somebody holds goes back to the queue: they signed out. */
export async function releaseAll(tx: Tx, staffId: number): Promise<void> {
  await tx.$executeRaw`
    WITH released AS (
      UPDATE conversation SET state = 'waiting', staff_id = NULL, waiting_since = now(), waiting_reason = 'returned',
        updated_at = now()
      WHERE state = 'staff' AND staff_id = ${staffId} RETURNING id
    )
    INSERT INTO talk_step (conversation_id, kind, note) SELECT id, 'returned', 'signed_out' FROM released`;
}

/**
 * Held talks whose last word is the resident's, older than this, go back to the queue: those a colleague holds, and those
 * somebody answered in the platform's own tool and then no more. @returns how many.
 */
export async function releaseUnanswered(tx: Tx, before: Date): Promise<number> {
  return tx.$executeRaw`
    WITH released AS (
      UPDATE conversation c SET state = 'waiting', staff_id = NULL, waiting_since = c.last_inbound_at,
        waiting_reason = 'returned', updated_at = now()
      WHERE c.state = 'staff' AND c.last_inbound_at < ${before}
        AND NOT EXISTS (SELECT 1 FROM outbound_message m WHERE m.conversation_id = c.id AND m.author = 'staff'
                          AND m.created_at > c.last_inbound_at)
        AND NOT EXISTS (SELECT 1 FROM inbound_event e WHERE e.conversation_id = c.id AND e.kind = 'echo' AND NOT e.receipt
                          AND e.occurred_at > c.last_inbound_at)
        AND NOT EXISTS (SELECT 1 FROM talk_step s WHERE s.conversation_id = c.id AND s.at > ${before})
      RETURNING c.id
    )
    INSERT INTO talk_step (conversation_id, kind, note) SELECT id, 'returned', 'unanswered' FROM released`;
}
