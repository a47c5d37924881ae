/**
 * What the platforms tell of our own messages: sent (an echo), delivered, seen. Read in batches, beside the
 * talks, since nobody is answered for them.
 */
import type { Db, Tx } from "../infra/db.ts";
import type { Channel, ChannelName, EchoEvent, InboundEvent } from "./channel.ts";

/** Our mark in Facebook's metadata: "out:" and the number of the row. */
export const METADATA_PREFIX = "out:";

/**
 * Did this service send the echoed message? Zalo marks what a person typed with `admin_id`. Facebook gives our
 * metadata back, or else our app id (templates carry no metadata); any other app is a person or somebody's tool.
 */
export function isOwnEcho(echo: EchoEvent, channel: ChannelName, ownAppId: string | null): boolean {
  if (channel === "zalo") return echo.adminId === null;
  if (echo.metadata?.startsWith(METADATA_PREFIX)) return true;
  return ownAppId !== null && echo.appId === ownAppId;
}

export function isReceipt(event: InboundEvent, channel: ChannelName, ownAppId: string | null): boolean {
  return (
    event.kind === "delivered" ||
    event.kind === "seen" ||
    (event.kind === "echo" && isOwnEcho(event, channel, ownAppId))
  );
}

interface StoredReceipt {
  id: bigint;
  channel: ChannelName;
  accountId: number;
  conversationId: bigint;
  occurredAt: Date;
  raw: unknown;
}

const BATCH = 1000;

/** Reads stored receipts until none is left. */
export async function readReceipts(db: Db, channels: Record<ChannelName, Channel>): Promise<void> {
  for (let read = BATCH; read === BATCH;) {
    read = await db.$transaction(
      async (tx) => {
        const receipts = await tx.$queryRaw<StoredReceipt[]>`
          SELECT id, channel, account_id AS "accountId", conversation_id AS "conversationId",
                 occurred_at AS "occurredAt", raw
          FROM inbound_event WHERE state = 'stored' AND receipt
          ORDER BY id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`;
        const parsed = receipts.map((receipt) => ({
          receipt,
          event: channels[receipt.channel].parse(receipt.raw),
        }));
        await markSent(tx, parsed);
        await markReached(tx, parsed, "delivered");
        await markReached(tx, parsed, "seen");
        await tx.$executeRaw`UPDATE inbound_event SET state = 'handled', handled_at = now()
                             WHERE id = ANY(${receipts.map(({ id }) => id)})`;
        return receipts.length;
      },
      { timeout: 60_000 },
    );
  }
}

type Parsed = { receipt: StoredReceipt; event: InboundEvent }[];

/**
 * An echo proves that the platform took the message, which matters where the call's own answer was lost:
 * by our metadata, by the platform's id, or, failing both, by the same words to the same resident.
 */
async function markSent(tx: Tx, parsed: Parsed) {
  const rows = parsed.flatMap(({ receipt, event }) =>
    event.kind === "echo"
      ? [
          {
            account_id: receipt.accountId,
            conversation_id: String(receipt.conversationId),
            outbound_id: ownId(event),
            message_id: event.messageId,
            app_id: event.metadata ? event.appId : null,
            text: event.text,
            at: receipt.occurredAt,
          },
        ]
      : [],
  );
  if (rows.length === 0) return;
  await tx.$executeRaw`
    WITH echo AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS e(account_id int, conversation_id bigint,
        outbound_id bigint, message_id text, app_id text, text text, at timestamptz)
    ), learnt AS (
      UPDATE account SET app_id = echo.app_id FROM echo
      WHERE account.id = echo.account_id AND account.app_id IS NULL AND echo.app_id IS NOT NULL
    ), matched AS (
      SELECT DISTINCT ON (m.id) m.id, echo.message_id, echo.at
      FROM echo JOIN outbound_message m ON m.conversation_id = echo.conversation_id
        AND m.state IN ('sending', 'unknown')
        AND CASE WHEN echo.outbound_id IS NOT NULL THEN m.id = echo.outbound_id
                 ELSE m.content ->> 'text' = echo.text AND m.claimed_at <= echo.at + interval '5 s' END
        AND NOT EXISTS (SELECT 1 FROM outbound_message known WHERE known.external_id = echo.message_id)
      ORDER BY m.id, echo.at
    )
    UPDATE outbound_message SET state = 'sent', external_id = matched.message_id, sent_at = matched.at
    FROM matched WHERE outbound_message.id = matched.id`;
}

function ownId(echo: EchoEvent): string | null {
  return /^out:(\d{1,18})$/.exec(echo.metadata ?? "")?.[1] ?? null;
}

/** By message id, or everything sent in the talk up to a moment (a watermark). */
async function markReached(tx: Tx, parsed: Parsed, kind: "delivered" | "seen") {
  const rows = parsed.flatMap(({ receipt, event }) =>
    event.kind === kind
      ? [
          {
            conversation_id: String(receipt.conversationId),
            message_ids: event.messageIds,
            before: event.before,
            at: receipt.occurredAt,
          },
        ]
      : [],
  );
  if (rows.length === 0) return;
  const json = JSON.stringify(rows);
  // somebody who saw a message has also received it
  await tx.$executeRaw`
    WITH told AS (
      SELECT * FROM jsonb_to_recordset(${json}::jsonb)
        AS t(conversation_id bigint, message_ids jsonb, before timestamptz, at timestamptz)
    ), reached AS (
      SELECT m.id, min(told.at) AS at FROM told JOIN outbound_message m ON m.conversation_id = told.conversation_id
        AND m.seen_at IS NULL AND (m.external_id IN (SELECT jsonb_array_elements_text(told.message_ids))
                                   OR m.sent_at <= told.before)
      GROUP BY m.id
    )
    UPDATE outbound_message m SET
      delivered_at = coalesce(m.delivered_at, reached.at),
      seen_at = CASE WHEN ${kind} = 'seen' THEN reached.at ELSE m.seen_at END
    FROM reached WHERE m.id = reached.id`;
}
