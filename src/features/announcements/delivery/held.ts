/** Copies whose outcome nobody knows: held until somebody of the office decides that they go again, or do not. */
import type { Db, Tx } from "../../../infra/db.ts";
import { tellSoon } from "../notices/sending.ts";
import { markOf, withSending } from "../notices/store.ts";

export interface Held {
  id: bigint;
  accountName: string;
  channel: string;
  residentName: string | null;
  at: Date;
}

export const findHeld = (db: Db, announcementId: bigint, take: number): Promise<Held[]> =>
  db.$queryRaw`
    SELECT m.id, account.name AS "accountName", account.channel, r.display_name AS "residentName", m.claimed_at AS at
    FROM outbound_message m JOIN account ON account.id = m.account_id
    LEFT JOIN conversation c ON c.id = m.conversation_id LEFT JOIN resident r ON r.id = c.resident_id
    WHERE m.bulk_of = ${markOf(announcementId, "news")} AND m.state = 'dead' AND m.error_class = 'unknown'
    ORDER BY m.id LIMIT ${take}`;

export type HeldDeed = "resend" | "drop";

/**
 * One held copy, or all that are held. What is dropped counts as told: if it came after all, a correction comes too.
 * @returns how many
 */
export async function settleHeld(
  tx: Tx,
  announcementId: bigint,
  which: bigint | "all",
  deed: HeldDeed,
  at: Date,
): Promise<number> {
  const id = which === "all" ? null : which;
  const state = deed === "resend" ? "pending" : "dropped";
  const settled = await tx.$queryRaw<{ account_id: number }[]>`
    UPDATE outbound_message SET state = ${state}, due_at = now(), attempts = 0, unknowns = 0
    WHERE bulk_of = ${markOf(announcementId, "news")} AND state = 'dead' AND error_class = 'unknown'
      AND (${id}::bigint IS NULL OR id = ${id}::bigint)
    RETURNING account_id`;
  if (deed === "resend" && settled.length > 0) {
    await withSending(tx, announcementId, "news", ["finished"], "running", at);
    await tellSoon(tx, announcementId, "news");
    for (const account of new Set(settled.map(({ account_id }) => account_id)))
      await tx.$executeRaw`SELECT pg_notify('outbox', ${String(account)})`;
  }
  return settled.length;
}
