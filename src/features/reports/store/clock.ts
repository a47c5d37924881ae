/** What the passing of time does to reports: a reminder before the deadline, a step up after it, an end after a week. */
import type { Db, Tx } from "../../../infra/db.ts";
import { REOPEN_DAYS } from "../states.ts";

const HOUR = 3_600_000;
/** Reminded this long before it is due, ms. */
const BEFORE = 8 * HOUR;

export interface OverdueReport {
  code: string;
  unitCode: string;
  unitName: string;
  dueAt: Date;
}

/** Each report once per deadline. @returns how many were reminded of, and those that are late since now. */
export async function noteDeadlines(
  tx: Tx,
  now: Date,
): Promise<{ reminded: number; overdue: OverdueReport[] }> {
  const soon = new Date(now.getTime() + BEFORE);
  const reminded = await tx.$executeRaw`
    WITH due AS (
      UPDATE report SET reminded_at = ${now}
      WHERE state IN ('received', 'assigned', 'in_progress', 'reopened') AND due_at <= ${soon} AND due_at > ${now}
        AND reminded_at IS NULL
      RETURNING id, state
    )
    INSERT INTO report_event (report_id, at, kind, state) SELECT id, ${now}, 'reminded', state FROM due`;
  const overdue = await tx.$queryRaw<OverdueReport[]>`
    WITH late AS (
      UPDATE report SET escalated_at = ${now}, priority = least(priority + 1, 4)
      WHERE state IN ('received', 'assigned', 'in_progress', 'reopened') AND due_at <= ${now} AND escalated_at IS NULL
      RETURNING id, code, state, unit_code, due_at
    ), noted AS (
      INSERT INTO report_event (report_id, at, kind, state, data)
      SELECT late.id, ${now}, 'overdue', state, jsonb_build_object('to', coalesce(unit.parent_code, unit.code))
      FROM late JOIN unit ON unit.code = late.unit_code
    )
    SELECT late.code, unit.code AS "unitCode", unit.name AS "unitName", late.due_at AS "dueAt"
    FROM late JOIN unit ON unit.code = late.unit_code ORDER BY late.due_at, late.id`;
  return { reminded, overdue };
}

/** Resolved and nobody said otherwise within the days to do so. @returns how many. */
export async function closeOldResolved(db: Db, now: Date): Promise<number> {
  const before = new Date(now.getTime() - REOPEN_DAYS * 24 * HOUR);
  return db.$executeRaw`
    WITH done AS (
      UPDATE report SET state = 'closed', state_at = ${now}, updated_at = ${now}
      WHERE state = 'resolved' AND state_at < ${before}
      RETURNING id
    )
    INSERT INTO report_event (report_id, at, kind, state) SELECT id, ${now}, 'state', 'closed' FROM done`;
}
