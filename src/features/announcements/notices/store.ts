/** Who is to be told of an announcement, and who has been: a row for each, so that nobody is told twice. */
import { BULK_HOURS } from "../../../channels/windows.ts";
import { Prisma, type Db, type Tx } from "../../../infra/db.ts";
import type { Announcement } from "../../../infra/generated/client.ts";
import { hasAsked, wanted, type Planned } from "../audience/wanted.ts";

export type NoticeKind = "news" | "recall";
/** What decides who is told. */
export type Addressed = Pick<Announcement, "topic" | "wards" | "replacesId"> & Planned;

/**
 * Subscribers whose wish fits, and whoever got the version this one corrects. Once to a person who writes to several
 * units, by phone where it is known: where they wrote last.
 * @param part which of them, by resident `r`; those with a phone only all together
 */
function audience(addressed: Addressed, part: Prisma.Sql = EVERYBODY): Prisma.Sql {
  const fits = Prisma.sql`
    SELECT r.id AS resident_id, r.phone, r.account_id, a.channel, c.last_inbound_at
    FROM resident r JOIN account a ON a.id = r.account_id JOIN conversation c ON c.resident_id = r.id
    WHERE ${part} AND r.withdrawn_at IS NULL AND ${wanted(addressed)} AND ${hasAsked(addressed)}`;
  // only those with a phone are sorted: among a million that is the difference between seconds and a minute
  return Prisma.sql`
    WITH fits AS (${fits})
    SELECT resident_id, account_id, channel, last_inbound_at FROM fits WHERE phone IS NULL
    UNION ALL (
      SELECT DISTINCT ON (phone) resident_id, account_id, channel, last_inbound_at FROM fits WHERE phone IS NOT NULL
      ORDER BY phone, last_inbound_at DESC NULLS LAST, resident_id)`;
}
const EVERYBODY = Prisma.sql`true`;
const WITH_PHONE = Prisma.sql`r.phone IS NOT NULL`;
const withoutPhone = (after: bigint, upTo: bigint) =>
  Prisma.sql`r.phone IS NULL AND r.id > ${after} AND r.id <= ${upTo}`;

/** From which moment of their last message on a copy may go, by `channel`. */
export const openSince = (now: Date) => {
  const since = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
  return Prisma.sql`CASE channel WHEN 'zalo' THEN ${since(BULK_HOURS.zalo)}::timestamptz
                                 ELSE ${since(BULK_HOURS.facebook)}::timestamptz END`;
};

/** How many would be told if it went out now: at once, and with the answer to their next message. */
export async function countReach(
  db: Db,
  announcement: Addressed,
  now: Date,
): Promise<{ now: number; later: number }> {
  const [row] = await db.$queryRaw<{ all: number; open: number }[]>`
    SELECT count(*)::int AS "all", (count(*) FILTER (WHERE last_inbound_at >= ${openSince(now)}))::int AS open
    FROM (${audience(announcement)}) AS addressed`;
  return { now: row!.open, later: row!.all - row!.open };
}

export const keyOf = (announcementId: bigint, residentId: bigint, kind: NoticeKind) =>
  `announcement:${announcementId}:${residentId}${kind === "recall" ? ":recall" : ""}`;
/** The mark of all copies of one sending, in the outbox. */
export const markOf = (announcementId: bigint, kind: NoticeKind) => `announcement:${announcementId}:${kind}`;

// ── a sending ──

export type SendingState = "expanding" | "running" | "paused" | "cancelled" | "finished";

export async function findSending(db: Db | Tx, announcementId: bigint, kind: NoticeKind) {
  const found = await db.announcementSending.findUnique({
    where: { announcementId_kind: { announcementId, kind } },
  });
  return found && { ...found, state: found.state as SendingState };
}

export async function isExpanded(tx: Tx, announcementId: bigint, kind: NoticeKind): Promise<boolean> {
  return Boolean((await findSending(tx, announcementId, kind))?.expandedAt);
}

/** On condition: of two who press at once, one takes the step. */
export async function withSending(
  tx: Tx,
  announcementId: bigint,
  kind: NoticeKind,
  from: SendingState[],
  to: SendingState,
  at: Date,
): Promise<boolean> {
  const isOver = to === "finished" || to === "cancelled";
  const { count } = await tx.announcementSending.updateMany({
    where: { announcementId, kind, state: { in: from } },
    data: { state: to, ...(isOver ? { finishedAt: at } : {}) },
  });
  return count > 0;
}

/** Residents looked at for one slice of an expansion: a second's work, so that a pause or a stop waits no longer. */
const SLICE = 50_000n;

/**
 * Gives the next slice of those who are to be told a row each. First those with a phone, in one statement, since one
 * person's several accounts are chosen from there; then the others by number. Each slice notes how far it came in its own
 * transaction: killed in the middle it is as if it had not begun.
 * @returns true when there is nothing left to expand, or nothing to be expanded now
 */
export async function expandSlice(
  tx: Tx,
  announcement: Addressed,
  kind: NoticeKind,
  at: Date,
): Promise<boolean> {
  const { id } = announcement;
  const [sending] = await tx.$queryRaw<{ expanded_to: bigint | null }[]>`
    SELECT expanded_to FROM announcement_sending
    WHERE announcement_id = ${id} AND kind = ${kind} AND state = 'expanding' FOR NO KEY UPDATE`;
  if (!sending) return true;
  if (kind === "recall") {
    // whoever was told hears of the recall; whoever was not hears of nothing
    await tx.$executeRaw`
      INSERT INTO announcement_notice (announcement_id, resident_id, account_id, kind)
      SELECT announcement_id, resident_id, account_id, 'recall' FROM announcement_notice
      WHERE announcement_id = ${id} AND kind = 'news' AND told_at IS NOT NULL ORDER BY resident_id
      ON CONFLICT DO NOTHING`;
    return expanded(tx, id, kind, at);
  }
  const after = sending.expanded_to;
  const upTo = after === null ? 0n : after + SLICE;
  const part = after === null ? WITH_PHONE : withoutPhone(after, upTo);
  await tx.$executeRaw`
    INSERT INTO announcement_notice (announcement_id, resident_id, account_id, kind)
    SELECT ${id}::bigint, resident_id, account_id, 'news' FROM (${audience(announcement, part)}) AS addressed
    ON CONFLICT DO NOTHING`;
  const [{ last }] = await tx.$queryRaw<
    [{ last: bigint }]
  >`SELECT coalesce(max(id), 0) AS last FROM resident`;
  if (upTo >= last) return expanded(tx, id, kind, at);
  await tx.announcementSending.updateMany({
    where: { announcementId: id, kind },
    data: { expandedTo: upTo },
  });
  return false;
}

async function expanded(tx: Tx, announcementId: bigint, kind: NoticeKind, at: Date): Promise<true> {
  await tx.announcementSending.updateMany({
    where: { announcementId, kind },
    data: { state: "running", expandedAt: at },
  });
  return true;
}

/** Many new rows at once: without figures of them the queries that follow would be planned for a table without any. */
export const refreshFigures = (db: Db): Promise<number> => db.$executeRaw`ANALYZE announcement_notice`;

/**
 * Takes back the copies that wait: with the senders, and for a next message. Whose copy was with the senders hears of the
 * correction like those who got it, and of a recall nothing.
 */
export async function stopTelling(
  tx: Tx,
  announcementId: bigint,
  why: "corrected" | "recalled",
  at: Date,
): Promise<void> {
  await withSending(
    tx,
    announcementId,
    "news",
    ["expanding", "running", "paused", "finished"],
    "cancelled",
    at,
  );
  await tx.$executeRaw`
    WITH dropped AS (
      UPDATE outbound_message SET state = 'dropped'
      WHERE state = 'pending' AND bulk_of = ${markOf(announcementId, "news")}
      RETURNING split_part(dedupe_key, ':', 3)::bigint AS resident_id
    )
    DELETE FROM announcement_notice
    WHERE announcement_id = ${announcementId} AND kind = 'news'
      AND (told_at IS NULL OR (${why === "recalled"} AND resident_id IN (SELECT resident_id FROM dropped)))`;
}

/** A pause: what is queued and not yet with the platform waits again. */
export async function takeBack(tx: Tx, announcementId: bigint, kind: NoticeKind): Promise<void> {
  await tx.$executeRaw`
    WITH taken AS (
      DELETE FROM outbound_message
      WHERE state = 'pending' AND unknowns = 0 AND bulk_of = ${markOf(announcementId, kind)}
      RETURNING split_part(dedupe_key, ':', 3)::bigint AS resident_id
    )
    UPDATE announcement_notice n SET state = 'open', told_at = NULL FROM taken
    WHERE n.announcement_id = ${announcementId} AND n.kind = ${kind} AND n.resident_id = taken.resident_id`;
}

/** A cancellation: what is queued and not yet with the platform does not go. */
export async function dropQueued(tx: Tx, announcementId: bigint, kind: NoticeKind): Promise<void> {
  await tx.$executeRaw`
    WITH dropped AS (
      UPDATE outbound_message SET state = 'dropped'
      WHERE state = 'pending' AND bulk_of = ${markOf(announcementId, kind)}
      RETURNING split_part(dedupe_key, ':', 3)::bigint AS resident_id
    )
    UPDATE announcement_notice n SET state = 'cancelled', told_at = NULL FROM dropped
    WHERE n.announcement_id = ${announcementId} AND n.kind = ${kind} AND n.resident_id = dropped.resident_id`;
}

/** The rest of a cancelled sending, a batch of it: nobody hears of it with their next message either. @returns how many. */
export const cancelWaiting = (
  db: Db,
  announcementId: bigint,
  kind: NoticeKind,
  take: number,
): Promise<number> =>
  db.$executeRaw`
    UPDATE announcement_notice SET state = 'cancelled'
    WHERE announcement_id = ${announcementId} AND kind = ${kind} AND resident_id IN (
      SELECT resident_id FROM announcement_notice
      WHERE announcement_id = ${announcementId} AND kind = ${kind} AND told_at IS NULL AND state <> 'cancelled'
      LIMIT ${take})`;

/** Every sending on its way, and every broadcast that waits: their jobs run now, whenever they were to. */
export async function lookAgain(tx: Tx): Promise<void> {
  await tx.$queryRaw`
    SELECT count(graphile_worker.add_job('announcements.tell', json_build_object('id', announcement_id::text, 'kind', kind),
             job_key := 'announcements.tell:' || announcement_id || ':' || kind))::int AS added
    FROM announcement_sending WHERE state IN ('expanding', 'running')`;
  await tx.$queryRaw`
    SELECT count(graphile_worker.add_job('announcements.publication', json_build_object('id', id::text),
             job_key := 'announcements.publication:' || id))::int AS added
    FROM announcement_publication WHERE state = 'open' AND kind = 'broadcast'`;
}

/** By day nothing waits for a morning any more: what was held and never tried goes. */
export const releaseHeld = (db: Db, announcementId: bigint, kind: NoticeKind): Promise<number> =>
  db.$executeRaw`
    UPDATE outbound_message SET due_at = now()
    WHERE bulk_of = ${markOf(announcementId, kind)} AND state = 'pending' AND attempts = 0 AND due_at > now()`;

/** At night what is queued waits for the morning: also what was held for another one. */
export const holdQueued = (db: Db, announcementId: bigint, kind: NoticeKind, until: Date): Promise<number> =>
  db.$executeRaw`
    UPDATE outbound_message SET due_at = ${until}
    WHERE bulk_of = ${markOf(announcementId, kind)} AND state = 'pending'
      AND (due_at < ${until} OR (attempts = 0 AND due_at > ${until}))`;

/** When the next copy that is still with the senders is due; null: none is. */
export async function nextDue(db: Db | Tx, announcementId: bigint, kind: NoticeKind): Promise<Date | null> {
  const [row] = await db.$queryRaw<{ due: Date | null }[]>`
    SELECT min(CASE WHEN state = 'pending' THEN due_at ELSE now() END) AS due FROM outbound_message
    WHERE bulk_of = ${markOf(announcementId, kind)} AND state IN ('pending', 'sending', 'unknown')`;
  return row!.due;
}

/** @returns false when somebody was faster: it has been told. */
export async function markTold(
  tx: Tx,
  announcementId: bigint,
  residentId: bigint,
  kind: NoticeKind,
  at: Date,
): Promise<boolean> {
  const waiting = { announcementId, residentId, kind, toldAt: null };
  const data = { toldAt: at, state: "told" };
  const { count } = await tx.announcementNotice.updateMany({ where: waiting, data });
  return count > 0;
}

const WHOLE = { announcement: { include: { unit: true, replaces: true, plan: true } } } as const;
export type Told = Prisma.AnnouncementNoticeGetPayload<{ include: typeof WHOLE }>["announcement"];

export const findToTell = (tx: Db | Tx, id: bigint): Promise<Told | null> =>
  tx.announcement.findUnique({ where: { id }, include: WHOLE.announcement.include });

/** Asked in every turn, so in one small question. */
export async function hasPending(tx: Tx, residentId: bigint): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM announcement_notice WHERE resident_id = ${residentId} AND told_at IS NULL AND state <> 'cancelled' LIMIT 1`;
  return rows.length > 0;
}

/** What waits for this resident, the newest first; what no longer holds is not told. */
export const pendingNotices = (tx: Tx, residentId: bigint, now: Date, take: number) =>
  tx.announcementNotice.findMany({
    where: {
      ...{ residentId, toldAt: null, state: { not: "cancelled" } },
      OR: [
        { kind: "recall" },
        {
          announcement: { state: "published", OR: [{ validTo: null }, { validTo: { gt: now } }] },
        },
      ],
    },
    include: WHOLE,
    orderBy: { announcementId: "desc" },
    take,
  });

/** How it went: told, waiting; sent, seen and failed as the platforms say. */
export async function readReach(db: Db, announcementId: bigint) {
  const [row] = await db.$queryRaw<
    { told: number; waiting: number; sent: number; seen: number; failed: number }[]
  >`
    SELECT (count(*) FILTER (WHERE told_at IS NOT NULL))::int AS told,
           (count(*) FILTER (WHERE told_at IS NULL))::int AS waiting,
           (count(*) FILTER (WHERE m.state = 'sent'))::int AS sent,
           (count(*) FILTER (WHERE m.seen_at IS NOT NULL))::int AS seen,
           (count(*) FILTER (WHERE m.state IN ('dead', 'unknown')))::int AS failed
    FROM announcement_notice n LEFT JOIN outbound_message m
      ON m.dedupe_key = 'announcement:' || n.announcement_id || ':' || n.resident_id
    WHERE n.announcement_id = ${announcementId} AND n.kind = 'news'`;
  return row!;
}
