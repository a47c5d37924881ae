/** Messages that did not go out: a person reads why, and sends them again or lets them be. */
import type { Db, Tx } from "../../infra/db.ts";

export interface FailedMessage {
  id: bigint;
  conversationId: bigint | null;
  residentName: string | null;
  accountName: string;
  channel: string;
  author: string;
  text: string;
  state: string;
  errorClass: string | null;
  errorCode: string | null;
  errorText: string | null;
  attempts: number;
  createdAt: Date;
}

export const PAGE_SIZE = 50;

/** @param state dead: given up. unknown: the platform did not say whether it took it; looked into by itself. */
export async function findFailed(
  db: Db,
  units: string[],
  state: "dead" | "unknown",
  page: number,
): Promise<{ rows: FailedMessage[]; total: number }> {
  const [{ total } = { total: 0n }] = await db.$queryRaw<{ total: bigint }[]>`
    SELECT count(*) AS total FROM outbound_message m JOIN account a ON a.id = m.account_id
    WHERE m.state = ${state} AND m.state IN ('dead', 'unknown') AND a.unit_code = ANY(${units})`;
  const rows = await db.$queryRaw<FailedMessage[]>`
    SELECT m.id, m.conversation_id AS "conversationId", r.display_name AS "residentName", a.name AS "accountName",
           a.channel, m.author, coalesce(m.content ->> 'text', '') AS text, m.state, m.error_class AS "errorClass",
           m.error_code AS "errorCode", m.error_text AS "errorText", m.attempts, m.created_at AS "createdAt"
    FROM outbound_message m
    JOIN account a ON a.id = m.account_id
    LEFT JOIN conversation c ON c.id = m.conversation_id
    LEFT JOIN resident r ON r.id = c.resident_id
    WHERE m.state = ${state} AND m.state IN ('dead', 'unknown') AND a.unit_code = ANY(${units})
    ORDER BY m.id DESC LIMIT ${PAGE_SIZE} OFFSET ${(page - 1) * PAGE_SIZE}`;
  return { rows, total: Number(total) };
}

/** Sends one again, or all; the senders are woken. @returns how many. */
export async function resend(tx: Tx, units: string[], which: bigint | "all"): Promise<number> {
  const id = which === "all" ? null : which;
  const rows = await tx.$queryRaw<{ accountId: number }[]>`
    UPDATE outbound_message m SET state = 'pending', due_at = now(), attempts = 0, unknowns = 0
    FROM account a
    WHERE a.id = m.account_id AND a.unit_code = ANY(${units}) AND m.state = 'dead'
      AND (${id}::bigint IS NULL OR m.id = ${id}::bigint)
    RETURNING m.account_id AS "accountId"`;
  for (const accountId of new Set(rows.map((row) => row.accountId)))
    await tx.$executeRaw`SELECT pg_notify('outbox', ${String(accountId)})`;
  return rows.length;
}

/** It shall not go any more. @returns whether it was there to drop. */
export async function drop(tx: Tx, units: string[], id: bigint): Promise<boolean> {
  const dropped = await tx.$executeRaw`
    UPDATE outbound_message m SET state = 'dropped' FROM account a
    WHERE a.id = m.account_id AND a.unit_code = ANY(${units}) AND m.state = 'dead' AND m.id = ${id}`;
  return dropped === 1;
}
