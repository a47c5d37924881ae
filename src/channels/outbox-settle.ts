/** What became of a sent message, written down; and when to try the ones again that may yet succeed. */
import type { Database } from "../infra/db.ts";
import type { DeliveryError } from "./delivery-error.ts";

export interface Outcome {
  state: "sent" | "pending" | "unknown" | "dead";
  externalId?: string;
  dueAt?: Date;
  errorClass?: string;
  code?: string;
  text?: string;
  /** The whole account rests until then. */
  pauseUntil?: Date;
}

/** Tries of a message whose failure says "later"; after these a person decides. */
const MOST_ATTEMPTS = 12;
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 15 * 60_000;

/** Waits double from one second to a quarter of an hour, each between half and the whole of its length. */
export function backoff(
  attempts: number,
  failure: DeliveryError,
  why: Partial<Outcome>,
  now = Date.now(),
): Outcome {
  if (failure.options.retryAt) {
    return { state: "pending", dueAt: failure.options.retryAt, ...why };
  }
  if (attempts >= MOST_ATTEMPTS) return { state: "dead", ...why };
  const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempts - 1));
  return { state: "pending", dueAt: new Date(now + wait * (0.5 + Math.random() / 2)), ...why };
}

/** Writes all outcomes at once. A message whose echo came first stays sent, whatever the call said. */
export async function settle(
  { pool }: Database,
  results: { id: bigint; accountId: number; outcome: Outcome }[],
): Promise<void> {
  const rows = results.map(({ id, outcome }) => ({
    id: String(id),
    state: outcome.state,
    external_id: outcome.externalId ?? null,
    due_at: outcome.dueAt ?? null,
    error_class: outcome.errorClass ?? null,
    error_code: outcome.code ?? null,
    error_text: outcome.text ?? null,
  }));
  await pool.query({ name: "settle", text: SETTLE, values: [JSON.stringify(rows)] });
  for (const { accountId, outcome } of results) {
    if (outcome.pauseUntil) {
      await pool.query("UPDATE account SET paused_until = greatest(paused_until, $2) WHERE id = $1", [
        accountId,
        outcome.pauseUntil,
      ]);
    }
  }
}

// A closed window is told to staff: the talk waits for a person.
const SETTLE = `
  WITH result AS (
    SELECT * FROM jsonb_to_recordset($1::jsonb) AS r(
      id bigint, state text, external_id text, due_at timestamptz, error_class text, error_code text, error_text text)
  ), settled AS (
    UPDATE outbound_message m SET
      state = CASE WHEN m.state = 'sent' THEN 'sent' ELSE result.state END,
      external_id = coalesce(result.external_id, m.external_id),
      sent_at = CASE WHEN result.state = 'sent' THEN coalesce(m.sent_at, now()) ELSE m.sent_at END,
      due_at = coalesce(result.due_at, m.due_at),
      claimed_at = CASE WHEN result.state = 'unknown' THEN now() ELSE m.claimed_at END,
      unknowns = m.unknowns + (result.state = 'unknown')::int,
      error_class = result.error_class, error_code = result.error_code, error_text = result.error_text
    FROM result WHERE m.id = result.id AND m.state IN ('sending', 'sent', 'unknown')
    RETURNING m.conversation_id, result.error_class, m.author
  )
  UPDATE conversation SET state = 'waiting', waiting_reason = 'window_closed', waiting_since = now(), updated_at = now()
  FROM settled WHERE conversation.id = settled.conversation_id AND settled.error_class = 'window_closed'
    AND settled.author = 'bot' AND conversation.state = 'bot'`;
