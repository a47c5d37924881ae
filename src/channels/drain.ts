/**
 * From a kept event to its turn. One job per conversation drains what is stored for it, oldest first, under
 * the lock of the conversation's row; one event, its turn and its replies are one transaction.
 */
import type { Database, Db, Tx } from "../infra/db.ts";
import { log } from "../infra/log.ts";
import { turnSeconds } from "../infra/metrics.ts";
import type { Channel, ChannelName, InboundEvent } from "./channel.ts";
import { keepAttachments } from "./attachments.ts";

/** The locked talk, with whom it is. */
export interface ConversationRow {
  id: bigint;
  state: "bot" | "waiting" | "staff" | "closed";
  dialogue: unknown;
  lastInboundAt: Date | null;
  residentId: bigint;
  residentExternalId: string;
  language: string;
  noticeVersion: string | null;
  accountId: number;
  channel: ChannelName;
  appId: string | null;
  unitCode: string;
  unitName: string;
}

export interface StoredEvent {
  id: bigint;
  messageId: string | null;
  occurredAt: Date;
  /** Our rows of its attachments, in their order; null where there is nothing to fetch. */
  attachmentIds: (string | null)[];
}

/** Understands one event and answers it, inside the turn's transaction. */
export type EventHandler = (
  tx: Tx,
  conversation: ConversationRow,
  stored: StoredEvent,
  event: InboundEvent,
) => Promise<void>;

/** An event that failed this often no longer holds up the ones behind it: it is shown to a person. */
const TRIES = 6;

export interface Drain {
  /** Handles everything stored for the conversation. @throws what the handler threw, after noting it: the job runs again. */
  drain(conversationId: bigint): Promise<void>;
}

export function createDrain(
  { db, transaction }: Database,
  channels: Record<ChannelName, Channel>,
  handle: EventHandler,
  onMessage: (conversation: ConversationRow) => void = () => {},
): Drain {
  /** Takes one turn and says whether more events wait. */
  async function takeTurn(conversationId: bigint): Promise<boolean> {
    let current: bigint | null = null;
    try {
      return await transaction(async (tx) => {
        const conversation = await lockConversation(tx, conversationId);
        if (!conversation) return false;
        const [next, another] = await nextEvents(tx, conversationId);
        if (!next) return false;
        current = next.id;
        const event = channels[conversation.channel].parse(next.raw);
        if (event.kind === "message" && conversation.state === "bot") onMessage(conversation);
        const attachmentIds = await keepAttachments(tx, next.id, conversationId, event);
        await handle(tx, conversation, { ...next, attachmentIds }, event);
        await tx.$executeRaw`
            UPDATE inbound_event SET state = 'handled', handled_at = now(), error = NULL WHERE id = ${next.id}`;
        return Boolean(another);
      });
    } catch (error) {
      if (current === null) throw error;
      if (await noteFailure(db, current, error as Error)) throw error;
      return true;
    }
  }

  return {
    async drain(conversationId) {
      for (let more = true; more;) {
        const stop = turnSeconds.startTimer();
        more = await takeTurn(conversationId);
        stop();
      }
    },
  };
}

/** The lock of whoever changes the talk, not its key: a webhook's insert, which refers to the talk, never waits for a turn. */
async function lockConversation(tx: Tx, id: bigint): Promise<ConversationRow | undefined> {
  const rows = await tx.$queryRaw<ConversationRow[]>`
    SELECT c.id, c.state, c.dialogue, c.last_inbound_at AS "lastInboundAt", r.id AS "residentId",
           r.external_id AS "residentExternalId", r.language, r.notice_version AS "noticeVersion",
           a.id AS "accountId", a.channel, a.app_id AS "appId", u.code AS "unitCode", u.name AS "unitName"
    FROM conversation c
    JOIN resident r ON r.id = c.resident_id
    JOIN account a ON a.id = r.account_id
    JOIN unit u ON u.code = a.unit_code
    WHERE c.id = ${id} FOR NO KEY UPDATE OF c`;
  return rows[0];
}

async function nextEvents(tx: Tx, conversationId: bigint) {
  return tx.$queryRaw<{ id: bigint; messageId: string | null; occurredAt: Date; raw: unknown }[]>`
    SELECT id, message_id AS "messageId", occurred_at AS "occurredAt", raw
    FROM inbound_event WHERE conversation_id = ${conversationId} AND state = 'stored' AND NOT receipt
    ORDER BY occurred_at, id LIMIT 2`;
}

/** Counts the failure and says whether to try again. */
async function noteFailure(db: Db, eventId: bigint, error: Error): Promise<boolean> {
  const reason = `${error.name}: ${error.message}`.split("\n").at(-1)!.slice(0, 300);
  const { attempts } = await db.inboundEvent.update({
    where: { id: eventId },
    data: { attempts: { increment: 1 }, error: reason },
    select: { attempts: true },
  });
  if (attempts < TRIES) return true;
  log.error({ event: String(eventId), err: error }, "an event failed too often and was set aside");
  await db.inboundEvent.update({ where: { id: eventId }, data: { state: "failed" } });
  await db.incident.create({
    data: {
      kind: "event_failed",
      message: `Sự kiện ${eventId} không xử lý được sau ${attempts} lần: ${reason}`,
    },
  });
  return false;
}
