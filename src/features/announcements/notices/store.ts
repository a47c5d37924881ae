/** Who is to be told of an announcement, and who has been: a row for each, so that nobody is told twice. */
import { BULK_HOURS } from "../../../channels/windows.ts";
import { Prisma, type Db, type Tx } from "../../../infra/db.ts";
import type { Announcement } from "../../../infra/generated/client.ts";

export type NoticeKind = "news" | "recall";
/** What decides who is told. */
export type Addressed = Pick<Announcement, "id" | "topic" | "wards" | "replacesId">;

/**
 * Subscribers whose wish fits, and whoever got the version this one corrects. Once to a person who writes to several
 * units, by phone where it is known: where they wrote last.
 */
function audience({ topic, wards, replacesId }: Addressed): Prisma.Sql {
  return Prisma.sql`
    SELECT DISTINCT ON (coalesce(r.phone, 'resident ' || r.id)) r.id AS resident_id, a.channel, c.last_inbound_at
    FROM resident r JOIN account a ON a.id = r.account_id JOIN conversation c ON c.resident_id = r.id
    WHERE r.withdrawn_at IS NULL AND (
      EXISTS (SELECT 1 FROM subscription s WHERE s.resident_id = r.id AND s.topic IN ('', ${topic})
                AND (s.ward_code = '' OR ${wards.length === 0} OR s.ward_code = ANY(${wards}::text[])))
      OR EXISTS (SELECT 1 FROM announcement_notice n WHERE n.announcement_id = ${replacesId}::bigint AND n.kind = 'news'
                AND n.resident_id = r.id AND n.told_at IS NOT NULL))
    ORDER BY coalesce(r.phone, 'resident ' || r.id), c.last_inbound_at DESC NULLS LAST, r.id`;
}

const openSince = (now: Date) => {
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

/** Fixes who is told, in the transaction that publishes; of a corrected version nobody hears any more. */
export async function addressNews(tx: Tx, announcement: Addressed): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO announcement_notice (announcement_id, resident_id, kind)
    SELECT ${announcement.id}::bigint, resident_id, 'news' FROM (${audience(announcement)}) AS addressed
    ON CONFLICT DO NOTHING`;
  if (announcement.replacesId) await stopTelling(tx, announcement.replacesId);
}

/** Whoever was told hears of the recall; whoever was not hears of nothing. */
export async function addressRecall(tx: Tx, announcementId: bigint): Promise<void> {
  await stopTelling(tx, announcementId);
  await tx.$executeRaw`
    INSERT INTO announcement_notice (announcement_id, resident_id, kind)
    SELECT announcement_id, resident_id, 'recall' FROM announcement_notice
    WHERE announcement_id = ${announcementId} AND kind = 'news' AND told_at IS NOT NULL
    ON CONFLICT DO NOTHING`;
}

export const keyOf = (announcementId: bigint, residentId: bigint, kind: NoticeKind) =>
  `announcement:${announcementId}:${residentId}${kind === "recall" ? ":recall" : ""}`;

/** Takes back the copies that wait: with the senders, and for a next message. */
async function stopTelling(tx: Tx, announcementId: bigint): Promise<void> {
  await tx.$executeRaw`
    WITH dropped AS (
      UPDATE outbound_message SET state = 'dropped'
      WHERE state = 'pending' AND dedupe_key IN (
        SELECT 'announcement:' || announcement_id || ':' || resident_id FROM announcement_notice
        WHERE announcement_id = ${announcementId} AND kind = 'news')
      RETURNING split_part(dedupe_key, ':', 3)::bigint AS resident_id
    )
    DELETE FROM announcement_notice
    WHERE announcement_id = ${announcementId} AND kind = 'news'
      AND (told_at IS NULL OR resident_id IN (SELECT resident_id FROM dropped))`;
}

/** Residents who wait to be told and may be written to now, after that one. */
export async function findWaiting(
  db: Db,
  announcementId: bigint,
  kind: NoticeKind,
  { after, now, take }: { after: bigint; now: Date; take: number },
): Promise<bigint[]> {
  const rows = await db.$queryRaw<{ resident_id: bigint }[]>`
    SELECT n.resident_id FROM announcement_notice n
    JOIN resident r ON r.id = n.resident_id JOIN account a ON a.id = r.account_id
    JOIN conversation c ON c.resident_id = r.id
    WHERE n.announcement_id = ${announcementId} AND n.kind = ${kind} AND n.told_at IS NULL AND n.resident_id > ${after}
      AND c.last_inbound_at >= ${openSince(now)}
    ORDER BY n.resident_id LIMIT ${take}`;
  return rows.map(({ resident_id }) => resident_id);
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
  const { count } = await tx.announcementNotice.updateMany({ where: waiting, data: { toldAt: at } });
  return count > 0;
}

/** News told since then; emergencies and recalls are not counted. */
export const countTold = (tx: Tx, residentId: bigint, since: Date): Promise<number> =>
  tx.announcementNotice.count({
    where: {
      ...{ residentId, kind: "news", toldAt: { gte: since } },
      announcement: { level: { not: "emergency" } },
    },
  });

const WHOLE = { announcement: { include: { unit: true, replaces: true } } } as const;
export type Told = Prisma.AnnouncementNoticeGetPayload<{ include: typeof WHOLE }>["announcement"];

export const findToTell = (tx: Db | Tx, id: bigint): Promise<Told | null> =>
  tx.announcement.findUnique({ where: { id }, include: WHOLE.announcement.include });

/** Asked in every turn, so in one small question. */
export async function hasPending(tx: Tx, residentId: bigint): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM announcement_notice WHERE resident_id = ${residentId} AND told_at IS NULL LIMIT 1`;
  return rows.length > 0;
}

/** What waits for this resident, the newest first; what no longer holds is not told. */
export const pendingNotices = (tx: Tx, residentId: bigint, now: Date, take: number) =>
  tx.announcementNotice.findMany({
    where: {
      ...{ residentId, toldAt: null },
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
