/**
 * The rows of a sending on their way to the senders, a batch at a time. The outbox is kept fed a few seconds ahead, for every
 * account alike, so that each account's limit is used up and none waits behind another; what is ahead is little enough
 * to be taken back at once.
 */
import type { Reply, TemplateMessage } from "../../../channels/channel.ts";
import type { Db, Tx } from "../../../infra/db.ts";
import { markOf, openSince, type NoticeKind } from "../notices/store.ts";
import type { Progress } from "./progress.ts";

/** Copies with the senders at most, all accounts together, and of one account at least and at most. */
const AHEAD = { all: 8000, least: 40, most: 600 };
/** Queued in one transaction at most: their talks are locked for so long, and a resident who writes waits for it. */
const BATCH = 800;

export interface Batch {
  announcementId: bigint;
  kind: NoticeKind;
  /** As it reads in each language. */
  message: { vi: Reply; en: Reply };
  /** By account id: goes where the platform's window is closed. */
  templates: Record<string, TemplateMessage>;
  /** Counted among the copies of a day, and left for the next message after so many. */
  mostADay: number | null;
  /** Goes into talks that staff hold. */
  isUrgent: boolean;
  now: Date;
  startOfDay: Date;
}

/** Only while the sending runs, and not in the middle of a pause or a cancellation. */
export async function lockRunning(tx: Tx, { announcementId, kind }: Batch): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM announcement_sending
    WHERE announcement_id = ${announcementId} AND kind = ${kind} AND state = 'running' FOR SHARE`;
  return rows.length > 0;
}

/**
 * Accounts with rows to queue, and how many of each come next: what it lacks of its share ahead, whichever sending it waits
 * for, and of a batch as much as the others. All bulk of an account counts: a quota that is used up holds its rows back here.
 */
export async function findRoom(tx: Tx, { announcementId, kind }: Batch): Promise<Map<number, number>> {
  const rows = await tx.$queryRaw<{ account_id: number; pending: number }[]>`
    SELECT account.id AS account_id, queued.pending
    FROM account, LATERAL (
      SELECT count(*)::int AS pending FROM (
        SELECT 1 FROM outbound_message m
        WHERE m.account_id = account.id AND m.state = 'pending' AND m.purpose = 'bulk' LIMIT ${AHEAD.most}::int
      ) ahead
    ) queued
    WHERE EXISTS (
      SELECT 1 FROM announcement_notice n
      WHERE n.announcement_id = ${announcementId} AND n.kind = ${kind} AND n.account_id = account.id AND n.state = 'open')`;
  const each = Math.min(AHEAD.most, Math.max(AHEAD.least, Math.floor(AHEAD.all / Math.max(1, rows.length))));
  const lacking = rows.filter(({ pending }) => pending < each);
  const share = Math.ceil(BATCH / Math.max(1, lacking.length));
  const room = rows.map(({ account_id, pending }): [number, number] => [account_id, each - pending]);
  return new Map(room.map(([id, free]) => [id, Math.max(0, Math.min(free, share))]));
}

/** Residents to be queued next. Their rows and talks are locked: nobody is told in the middle of a turn, or by two at once. */
export async function pick(
  tx: Tx,
  { announcementId, kind }: Batch,
  room: Map<number, number>,
): Promise<bigint[]> {
  const rows = await tx.$queryRaw<{ resident_id: bigint }[]>`
    SELECT picked.resident_id FROM unnest(${[...room.keys()]}::int[], ${[...room.values()]}::int[]) AS may(account_id, room),
    LATERAL (
      SELECT n.resident_id FROM announcement_notice n JOIN conversation c ON c.resident_id = n.resident_id
      WHERE n.announcement_id = ${announcementId} AND n.kind = ${kind} AND n.account_id = may.account_id AND n.state = 'open'
      ORDER BY n.resident_id LIMIT may.room FOR NO KEY UPDATE SKIP LOCKED
    ) picked`;
  return rows.map(({ resident_id }) => resident_id);
}

/**
 * Queues a copy for each of the picked who may be written to now; the others wait for their next message. A statement of its
 * own after `pick`, so that it sees what others told them until the locks were had.
 */
export async function queue(tx: Tx, batch: Batch, residents: bigint[]): Promise<void> {
  const templates = JSON.stringify(batch.templates);
  const { announcementId, kind, message, mostADay, isUrgent, now, startOfDay } = batch;
  const suffix = kind === "recall" ? ":recall" : "";
  await tx.$queryRaw`
    WITH looked AS MATERIALIZED (
      SELECT r.id AS resident_id, r.account_id, r.external_id, r.language, c.id AS conversation_id,
        r.withdrawn_at IS NULL AND (c.last_inbound_at >= ${openSince(now)} OR ${templates}::jsonb ? r.account_id::text)
          AND (${isUrgent} OR c.state NOT IN ('waiting', 'staff'))
          AND (${mostADay}::int IS NULL OR ${mostADay}::int > (
            SELECT count(*) FROM announcement_notice told JOIN announcement a ON a.id = told.announcement_id
            WHERE told.resident_id = r.id AND told.kind = 'news' AND told.told_at >= ${startOfDay}
              AND a.level <> 'emergency')) AS may
      FROM unnest(${residents}::bigint[]) AS picked(resident_id) JOIN resident r ON r.id = picked.resident_id
      JOIN account ON account.id = r.account_id JOIN conversation c ON c.resident_id = r.id
    ), queued AS (
      INSERT INTO outbound_message (account_id, conversation_id, recipient, author, purpose, content, dedupe_key, bulk_of)
      SELECT account_id, conversation_id, jsonb_build_object('user', external_id), 'bot', 'bulk',
             CASE language WHEN 'en' THEN ${JSON.stringify(message.en)}::jsonb ELSE ${JSON.stringify(message.vi)}::jsonb END
             || CASE WHEN ${templates}::jsonb ? account_id::text
                THEN jsonb_build_object('template', ${templates}::jsonb -> account_id::text) ELSE '{}' END,
             'announcement:' || ${String(announcementId)} || ':' || resident_id || ${suffix}, ${markOf(announcementId, kind)}
      FROM looked WHERE may ORDER BY resident_id
      ON CONFLICT (dedupe_key) DO NOTHING RETURNING account_id
    ), marked AS (
      UPDATE announcement_notice n SET state = CASE WHEN may THEN 'queued' ELSE 'later' END,
             told_at = CASE WHEN may THEN ${now}::timestamptz END
      FROM looked
      WHERE n.announcement_id = ${announcementId} AND n.kind = ${kind} AND n.resident_id = looked.resident_id
    )
    SELECT pg_notify('outbox', account_id::text) IS NULL AS woken FROM (SELECT DISTINCT account_id FROM queued) woken`;
}

/** What has become of the rows of a sending, account by account. */
export const countByAccount = (
  db: Db,
  announcementId: bigint,
  kind: NoticeKind,
): Promise<Progress["accounts"]> =>
  db.$queryRaw<Progress["accounts"]>`
    SELECT account.id, account.name, account.channel, notices.*,
           coalesce(copies.queued, 0)::int AS queued, coalesce(copies.sent, 0)::int AS sent,
           coalesce(copies.failed, 0)::int AS failed, coalesce(copies.unknown, 0)::int AS unknown,
           coalesce(copies.delivered, 0)::int AS delivered, coalesce(copies.seen, 0)::int AS seen
    FROM (
      SELECT account_id, count(*)::int AS "all", (count(*) FILTER (WHERE state = 'open'))::int AS open,
             (count(*) FILTER (WHERE state = 'later'))::int AS later, (count(*) FILTER (WHERE state = 'told'))::int AS told,
             (count(*) FILTER (WHERE state = 'cancelled'))::int AS cancelled
      FROM announcement_notice WHERE announcement_id = ${announcementId} AND kind = ${kind} GROUP BY account_id
    ) notices JOIN account ON account.id = notices.account_id LEFT JOIN (
      SELECT account_id, count(*) FILTER (WHERE state IN ('pending', 'sending')) AS queued,
             count(*) FILTER (WHERE state = 'sent') AS sent,
             count(*) FILTER (WHERE state = 'dead' AND error_class IS DISTINCT FROM 'unknown') AS failed,
             count(*) FILTER (WHERE state = 'unknown' OR (state = 'dead' AND error_class = 'unknown')) AS unknown,
             count(delivered_at) AS delivered, count(seen_at) AS seen
      FROM outbound_message WHERE bulk_of = ${markOf(announcementId, kind)} GROUP BY account_id
    ) copies ON copies.account_id = notices.account_id
    ORDER BY notices.open + coalesce(copies.queued, 0) DESC, notices."all" DESC, account.id`;
