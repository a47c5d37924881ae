/** Puts replies on their way: rows of the outbox, written in the turn's transaction, sent after it. */
import type { Tx } from "../infra/db.ts";
import type { Recipient, Reply } from "./channel.ts";
import { splitText } from "./split-text.ts";

export interface Destination {
  accountId: number;
  conversationId: bigint | null;
  recipient: Recipient;
}

export interface Authorship {
  author: "bot" | "staff";
  staffId?: number;
  purpose?: "reply" | "bulk";
  /** The inbound event this answers. */
  answersId?: bigint;
  /** At most one message with this key ever goes out. */
  dedupeKey?: string;
}

/** Both platforms take 2,000 characters of text in one message. */
export const TEXT_LIMIT = 2000;

/** One row per platform message, in order; the senders are woken when the transaction commits. */
export async function queueReplies(tx: Tx, to: Destination, replies: Reply[], by: Authorship): Promise<void> {
  const messages = replies.flatMap(splitReply);
  if (messages.length === 0) return;
  await tx.$executeRaw`
    WITH queued AS (
      INSERT INTO outbound_message (account_id, conversation_id, recipient, author, staff_id, purpose, content,
                                    answers_id, dedupe_key)
      SELECT ${to.accountId}::int, ${to.conversationId}::bigint, ${JSON.stringify(to.recipient)}::jsonb, ${by.author},
             ${by.staffId ?? null}::int, ${by.purpose ?? "reply"}, content, ${by.answersId ?? null}::bigint,
             ${by.dedupeKey ?? null}::text || CASE WHEN n = 1 THEN '' ELSE '#' || n END
      FROM jsonb_array_elements(${JSON.stringify(messages)}::jsonb) WITH ORDINALITY AS message(content, n) ORDER BY n
      ON CONFLICT (dedupe_key) DO NOTHING
      RETURNING 1
    )
    SELECT pg_notify('outbox', ${String(to.accountId)}) FROM queued LIMIT 1`;
}

/** Long texts go as several messages; picture, link and buttons go with the last. */
function splitReply(reply: Reply): Reply[] {
  if (reply.template) return [reply];
  const room = reply.link ? TEXT_LIMIT - `\n${reply.link.title}: ${reply.link.url}`.length : TEXT_LIMIT;
  const parts = splitText(reply.text, room);
  return parts.map((text, index) => (index === parts.length - 1 ? { ...reply, text } : { text }));
}
