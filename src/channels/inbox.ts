/**
 * Keeping what the platforms tell us. Events are stored and the job that reads them is added in one
 * statement, hence one transaction; requests that arrive together share it (group commit). A promise of
 * `store` is kept only after the commit, and only then is the platform answered.
 */
import type pg from "pg";
import { eventsStored } from "../infra/metrics.ts";
import type { ChannelName, ConnectedAccount, RawEvent } from "./channel.ts";

/** An event of an account we serve. */
export interface KeptEvent extends RawEvent {
  channel: ChannelName;
  account: ConnectedAccount;
  /** Tells of a message of ours (sent, delivered, seen): read in batches, outside the talk's order. */
  isReceipt: boolean;
}

/**
 * What a platform tells of somebody's data or of our own message says nothing of a person we do not know (or no longer
 * know, after an erasure): it must not begin a talk with them.
 */
const opensTalk = (event: KeptEvent) => !event.isReceipt && event.kind !== "consent_withdrawn";

export interface Inbox {
  store(events: KeptEvent[]): Promise<void>;
}

/** Events in one statement at most; more wait for the next. */
const LARGEST_BATCH = 500;
/** Conversations remembered, so that the ordinary event needs one statement only. */
const REMEMBERED = 50_000;

export function createInbox(pool: pg.Pool): Inbox {
  const conversations = new Map<string, string>();
  const waiting: { events: KeptEvent[]; done: () => void; failed: (error: unknown) => void }[] = [];
  let storing = false;

  async function storeWaiting() {
    storing = true;
    while (waiting.length > 0) {
      const batch = takeBatch();
      try {
        await storeBatch(batch.flatMap(({ events }) => events));
        for (const { done } of batch) done();
      } catch {
        // one request's event must not fail its neighbours: each for itself
        for (const { events, done, failed } of batch) await storeBatch(events).then(done, failed);
      }
    }
    storing = false;
  }

  function takeBatch() {
    let size = 0;
    const enough = waiting.findIndex(({ events }) => (size += events.length) > LARGEST_BATCH);
    return waiting.splice(0, enough === -1 ? waiting.length : Math.max(enough, 1));
  }

  async function storeBatch(events: KeptEvent[]) {
    try {
      await insert(events, await conversationsOf(events));
    } catch (error) {
      const code = (error as { code?: string }).code;
      if (code !== "23503" && code !== "40P01") throw error;
      conversations.clear(); // a talk we remembered was erased, or two processes met: look again, once
      await insert(events, await conversationsOf(events));
    }
    for (const { channel } of events) eventsStored.inc({ channel });
  }

  async function insert(events: KeptEvent[], conversationIds: (string | null)[]) {
    const kept = events
      .map((event, index) => ({ event, conversationId: conversationIds[index] ?? null }))
      .filter(({ event, conversationId }) => conversationId !== null || event.residentExternalId === null);
    if (kept.length === 0) return;
    const rows = kept.map(({ event, conversationId }) => ({
      channel: event.channel,
      external_key: event.externalKey,
      account_id: event.account.id,
      conversation_id: conversationId,
      kind: event.kind,
      message_id: event.messageId,
      occurred_at: event.occurredAt,
      raw: event.raw,
      is_receipt: event.isReceipt,
    }));
    await pool.query({ name: "store-events", text: STORE, values: [keepable(JSON.stringify(rows))] });
  }

  /** The talk of each event, made where the resident is new. */
  async function conversationsOf(events: KeptEvent[]): Promise<(string | null)[]> {
    const keys = events.map(
      (event) => event.residentExternalId && `${event.account.id}:${event.residentExternalId}`,
    );
    const unknown = new Map<string, { account_id: number; external_id: string; opens: boolean }>();
    events.forEach((event, index) => {
      const key = keys[index];
      if (key && !conversations.has(key)) {
        const opens = opensTalk(event) || (unknown.get(key)?.opens ?? false);
        unknown.set(key, { account_id: event.account.id, external_id: event.residentExternalId!, opens });
      }
    });
    if (unknown.size > 0) {
      const { rows } = await pool.query<{ key: string; id: string }>({
        name: "find-conversations",
        text: FIND_OR_CREATE_CONVERSATIONS,
        values: [JSON.stringify([...unknown.values()])],
      });
      if (conversations.size > REMEMBERED) conversations.clear();
      for (const { key, id } of rows) conversations.set(key, id);
    }
    return keys.map((key) => (key ? (conversations.get(key) ?? null) : null));
  }

  return {
    store(events) {
      return new Promise((done, failed) => {
        waiting.push({ events, done, failed });
        if (!storing) void storeWaiting();
      });
    },
  };
}

/**
 * PostgreSQL's JSON holds neither U+0000 nor half a surrogate pair, which JSON.stringify writes as escapes (a whole pair
 * it writes as it is): a replacement character stands in their place.
 */
const keepable = (json: string) =>
  json.replace(/(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g, "$1\\ufffd");

// Rows and jobs go in sorted, so that two processes storing the same events never wait for each other in a ring.
const STORE = `
  WITH input AS (
    SELECT * FROM jsonb_to_recordset($1::jsonb) AS event(
      channel text, external_key text, account_id int, conversation_id bigint, kind text,
      message_id text, occurred_at timestamptz, raw jsonb, is_receipt boolean)
  ), stored AS (
    INSERT INTO inbound_event (channel, external_key, account_id, conversation_id, kind, message_id, occurred_at, raw,
                               receipt)
    SELECT channel, external_key, account_id, conversation_id, kind, message_id, occurred_at, raw, is_receipt
    FROM input ORDER BY channel, external_key
    ON CONFLICT (channel, external_key) DO NOTHING
    RETURNING id, conversation_id, receipt
  ), jobs AS (
    SELECT 'conversation.drain' AS task, jsonb_build_object('id', conversation_id::text) AS payload,
           'conversation:' || conversation_id AS key, now() AS run_at
    FROM stored WHERE conversation_id IS NOT NULL AND NOT receipt
    GROUP BY conversation_id
    UNION ALL
    SELECT 'account.event', jsonb_build_object('id', id::text), 'event:' || id, now()
    FROM stored WHERE conversation_id IS NULL
    UNION ALL
    SELECT 'outbox.receipts', '{}', 'receipts', now() + interval '500 ms'
    FROM stored WHERE receipt AND conversation_id IS NOT NULL
    HAVING count(*) > 0
  )
  SELECT count(*) FROM graphile_worker.add_jobs(ARRAY(
    SELECT ROW(task, payload::json, NULL, run_at, NULL, key, NULL, NULL)::graphile_worker.job_spec
    FROM jobs ORDER BY key
  ), true)`;

const FIND_OR_CREATE_CONVERSATIONS = `
  WITH input AS (
    SELECT DISTINCT account_id, external_id, opens
    FROM jsonb_to_recordset($1::jsonb) AS r(account_id int, external_id text, opens boolean) ORDER BY 1, 2
  ), known AS (
    SELECT resident.id, account_id, external_id FROM input JOIN resident USING (account_id, external_id) WHERE NOT opens
  ), new_or_known AS (
    INSERT INTO resident (account_id, external_id) SELECT account_id, external_id FROM input WHERE opens
    ON CONFLICT (account_id, external_id) DO UPDATE SET external_id = excluded.external_id
    RETURNING id, account_id, external_id
  ), residents AS (
    SELECT * FROM known UNION ALL SELECT * FROM new_or_known
  ), talks AS (
    INSERT INTO conversation (resident_id) SELECT id FROM residents ORDER BY id
    ON CONFLICT (resident_id) DO UPDATE SET resident_id = excluded.resident_id
    RETURNING id, resident_id
  )
  SELECT residents.account_id || ':' || residents.external_id AS key, talks.id::text
  FROM talks JOIN residents ON residents.id = talks.resident_id`;
