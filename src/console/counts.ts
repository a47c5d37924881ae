/** What waits for somebody in the units a person sees. */
import type { Db } from "../infra/db.ts";
import type { CountName } from "./navigation.ts";
import { may } from "./rights.ts";
import type { SignedIn } from "./signed-in.ts";

export type Counts = Record<CountName, number>;

export async function countWaiting(db: Db, staff: SignedIn): Promise<Counts> {
  const answers = may(staff.role, "talks.see");
  const [row] = await db.$queryRaw<
    { waiting: bigint; approvals: bigint; failures: bigint; incidents: bigint }[]
  >`
    WITH mine AS MATERIALIZED (SELECT id FROM account WHERE unit_code = ANY(${staff.units}))
    SELECT
      (SELECT count(*) FROM conversation
       JOIN resident ON resident.id = conversation.resident_id
       WHERE ${answers} AND (conversation.state = 'waiting' OR (conversation.state = 'bot' AND conversation.waiting_since IS NOT NULL))
         AND resident.account_id IN (SELECT id FROM mine)) AS waiting,
      (SELECT count(*) FROM announcement
       WHERE ${may(staff.role, "announcements.approve")} AND unit_code = ANY(${staff.units})
         -- a draft without an author is of a station over its bar
         AND ((state = 'pending' AND author_id IS DISTINCT FROM ${staff.id}) OR (state = 'draft' AND author_id IS NULL))
      ) AS approvals,
      (SELECT count(*) FROM outbound_message
       WHERE ${answers} AND state = 'dead' AND account_id IN (SELECT id FROM mine)) AS failures,
      (SELECT count(*) FROM incident
       WHERE closed_at IS NULL AND (account_id IN (SELECT id FROM mine) OR (account_id IS NULL AND ${staff.role === "admin"}))
      ) AS incidents`;
  return {
    waiting: Number(row?.waiting ?? 0),
    approvals: Number(row?.approvals ?? 0),
    failures: Number(row?.failures ?? 0),
    incidents: Number(row?.incidents ?? 0),
  };
}
