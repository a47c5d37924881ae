/** Articles, broadcasts and posts as rows: one of an announcement on an account, with what became of it. */
import { Prisma, type Db, type Tx } from "../../../infra/db.ts";
import { treeOf } from "../audience/wanted.ts";

export type Kind = "article" | "broadcast" | "post";
export type PublicationDeed = "put" | "change" | "remove";
export type PublicationState =
  | "open"
  | "calling"
  | "processing"
  | "unknown"
  | "held"
  | "scheduled"
  | "done"
  | "failed"
  | "cancelled"
  | "replaced"
  | "removed";

const FILES = {
  select: { id: true, media: { select: { mime: true } } },
  orderBy: { id: "asc" },
} as const;
const WHOLE = {
  announcement: {
    include: { unit: true, replaces: true, plan: true, files: FILES, sendings: { where: { kind: "news" } } },
  },
} as const;
export type Publication = Omit<
  Prisma.AnnouncementPublicationGetPayload<{ include: typeof WHOLE }>,
  "kind" | "deed" | "state"
> & { kind: Kind; deed: PublicationDeed; state: PublicationState };

export async function findPublication(db: Db | Tx, id: bigint): Promise<Publication | null> {
  return (await db.announcementPublication.findUnique({
    where: { id },
    include: WHOLE,
  })) as Publication | null;
}

const KINDS = Prisma.sql`(VALUES ('zalo', 'article'), ('zalo', 'broadcast'), ('facebook', 'post')) AS may(channel, kind)`;

/** A row for everything the plan wants; what is there stays as it is. */
export async function createPublications(tx: Tx, announcementId: bigint, at: Date): Promise<void> {
  const plan = await tx.announcementPlan.findUnique({ where: { announcementId } });
  if (!plan) return;
  // a broadcast is of an article
  const ways = plan.ways.includes("broadcast") ? [...plan.ways, "article"] : plan.ways;
  await tx.$executeRaw`
    INSERT INTO announcement_publication (announcement_id, account_id, kind, due_at)
    SELECT ${announcementId}::bigint, account.id, may.kind, ${at}::timestamptz
    FROM account JOIN ${KINDS} ON may.channel = account.channel
    WHERE account.status <> 'removed' AND may.kind = ANY(${ways}::text[]) AND account.unit_code IN (${treeOf(plan.units)})
    ORDER BY account.id, may.kind
    ON CONFLICT (announcement_id, account_id, kind) DO UPDATE
      SET deed = 'put', state = 'open', due_at = excluded.due_at, scheduled_for = NULL, external_id = NULL, link = NULL, attempts = 0
      WHERE announcement_publication.state IN ('removed', 'cancelled') AND announcement_publication.scheduled_for IS NOT NULL`;
  // published before its appointed time: what Facebook holds is taken back, and put there at once
  await takeHeldBack(tx, announcementId, null, at);
}

// ── posts that Facebook holds ──

/** What is held for another time is to be taken away, what is not yet there will not be; `settle` of the publisher goes on from there. */
export async function takeHeldBack(
  tx: Tx,
  announcementId: bigint,
  keep: Date | null,
  now: Date,
): Promise<void> {
  const soon = new Date(now.getTime() + 60_000);
  const other = { gt: soon, ...(keep ? { not: keep } : {}) };
  const held = { announcementId, kind: "post", scheduledFor: other };
  await tx.announcementPublication.updateMany({
    where: { ...held, state: "scheduled" },
    data: { state: "open", deed: "remove", dueAt: now, attempts: 0 },
  });
  await tx.announcementPublication.updateMany({
    where: { ...held, state: "open", deed: "put" },
    data: { state: "cancelled" },
  });
}

/** A post on every Page of the plan, to be held until then. */
export const holdPosts = (
  tx: Tx,
  announcementId: bigint,
  units: string[],
  at: Date,
  now: Date,
): Promise<number> =>
  tx.$executeRaw`
    INSERT INTO announcement_publication (announcement_id, account_id, kind, due_at, scheduled_for)
    SELECT ${announcementId}::bigint, id, 'post', ${now}::timestamptz, ${at}::timestamptz FROM account
    WHERE channel = 'facebook' AND status <> 'removed' AND unit_code IN (${treeOf(units)}) ORDER BY id
    ON CONFLICT (announcement_id, account_id, kind) DO UPDATE
      SET deed = 'put', state = 'open', due_at = excluded.due_at, scheduled_for = excluded.scheduled_for, external_id = NULL,
          link = NULL, attempts = 0, note = NULL
      WHERE announcement_publication.state IN ('removed', 'cancelled')`;

/** It was held for a time that is none any more, and its announcement is out: it goes there at once. */
export async function putAtOnce(tx: Tx, id: bigint, now: Date): Promise<void> {
  const fresh = { deed: "put", state: "open", dueAt: now, scheduledFor: null, externalId: null, link: null };
  await tx.announcementPublication.updateMany({
    where: { id, state: "removed", announcement: { state: "published" } },
    data: { ...fresh, attempts: 0 },
  });
}

/** A correction takes over what its former version has on the platforms: the same article and post then say what is right. */
export const takeOver = (tx: Tx, announcementId: bigint, formerId: bigint, at: Date): Promise<number> =>
  tx.$executeRaw`
    WITH former AS (
      UPDATE announcement_publication SET state = 'replaced'
      WHERE announcement_id = ${formerId} AND state = 'done' AND kind IN ('article', 'post') AND external_id IS NOT NULL
      RETURNING account_id, kind, external_id, link
    )
    INSERT INTO announcement_publication (announcement_id, account_id, kind, deed, external_id, link, due_at)
    SELECT ${announcementId}::bigint, account_id, kind, 'change', external_id, link, ${at}::timestamptz FROM former
    ON CONFLICT (announcement_id, account_id, kind)
      DO UPDATE SET deed = 'change', external_id = excluded.external_id, link = excluded.link`;

/** What is not yet with a platform will not be. */
export async function dropPublications(tx: Tx, announcementId: bigint): Promise<void> {
  await tx.announcementPublication.updateMany({
    where: { announcementId, state: "open", deed: { not: "remove" } },
    data: { state: "cancelled", note: null },
  });
}

/** What is there shall go. A broadcast is in people's hands and stays. */
export async function removePublications(tx: Tx, announcementId: bigint, at: Date): Promise<void> {
  await dropPublications(tx, announcementId);
  await tx.announcementPublication.updateMany({
    where: {
      announcementId,
      state: { in: ["done", "scheduled"] },
      kind: { in: ["article", "post"] },
      externalId: { not: null },
    },
    data: { state: "open", deed: "remove", dueAt: at, attempts: 0, note: null, errorCode: null },
  });
}

/** One waiting job for each row that is to be looked at. */
export async function enqueuePublications(tx: Tx | Db, announcementId: bigint): Promise<void> {
  await tx.$queryRaw`
    SELECT count(graphile_worker.add_job('announcements.publication', json_build_object('id', id::text), run_at := due_at,
             job_key := 'announcements.publication:' || id))::int AS added
    FROM announcement_publication
    WHERE announcement_id = ${announcementId} AND state IN ('open', 'processing', 'unknown', 'scheduled')`;
}

/** On condition: of two who would call, one does. */
export async function claim(
  db: Db,
  { id, state, deed }: Publication,
  publisher: number,
  at: Date,
  quotaBefore: number | null = null,
): Promise<boolean> {
  const { count } = await db.announcementPublication.updateMany({
    where: { id, state, deed },
    data: {
      ...{ state: "calling", claimedBy: publisher, calledAt: at, quotaBefore, attempts: { increment: 1 } },
    },
  });
  return count > 0;
}

export type Outcome = Prisma.AnnouncementPublicationUncheckedUpdateManyInput & { state: PublicationState };

/** Writes what became of a call, or of a look; only while the row is as it was. */
export async function settlePublication(
  db: Db | Tx,
  id: bigint,
  from: PublicationState,
  outcome: Outcome,
): Promise<boolean> {
  const { count } = await db.announcementPublication.updateMany({
    where: { id, state: from },
    data: { claimedBy: null, ...outcome },
  });
  return count > 0;
}

/** Publishers hold an advisory lock of this class in their number while they live. */
export const PUBLISHER_LOCKS = 7271;

/** Calls of publishers that were killed: the platform may have taken them. */
export const disownPublications = (db: Db): Promise<number> => db.$executeRaw`
  UPDATE announcement_publication SET state = 'unknown', error_code = 'publisher_died', looks = 0,
    note = 'Tiến trình bị tắt trước khi nền tảng trả lời; đang đối chiếu.'
  WHERE state = 'calling' AND claimed_by NOT IN (
    SELECT objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND classid = ${PUBLISHER_LOCKS}::int AND objsubid = 2 AND granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))`;

/** Its article on the same account. */
export const articleBeside = (db: Db, { announcementId, accountId }: Publication) =>
  db.announcementPublication.findUnique({
    where: { announcementId_accountId_kind: { announcementId, accountId, kind: "article" } },
  });

/** The broadcast that waits for this article. */
export async function broadcastBeside(
  db: Db,
  { announcementId, accountId }: Publication,
): Promise<bigint | null> {
  const where = { announcementId, accountId, kind: "broadcast", state: "open" };
  return (await db.announcementPublication.findFirst({ where, select: { id: true } }))?.id ?? null;
}

/** Recalled, or corrected by a version that is out. */
export async function isTakenBack(db: Db, announcementId: bigint): Promise<boolean> {
  const out = ["published", "recalled"];
  const taken = {
    id: announcementId,
    OR: [{ state: "recalled" }, { replaced: { is: { state: { in: out } } } }],
  };
  return (await db.announcement.count({ where: taken })) > 0;
}

/** Somebody on this account by way of whom the platform is asked for its quota: who wrote last. */
export async function probeUser(db: Db, accountId: number): Promise<string | null> {
  const found = await db.resident.findFirst({
    where: { accountId, withdrawnAt: null, conversation: { lastInboundAt: { not: null } } },
    orderBy: { conversation: { lastInboundAt: "desc" } },
    select: { externalId: true },
  });
  return found?.externalId ?? null;
}

/** When the next row that is still to be done is due; null: none is. What a person decides counts as over. */
export async function nextPublicationDue(db: Db | Tx, announcementId: bigint): Promise<Date | null> {
  const { _min } = await db.announcementPublication.aggregate({
    where: { announcementId, state: { in: ["open", "calling", "processing", "unknown"] } },
    _min: { dueAt: true },
  });
  return _min.dueAt;
}

export const publicationsOf = (db: Db | Tx, announcementId: bigint) =>
  db.announcementPublication.findMany({
    where: { announcementId },
    include: { account: { select: { name: true, channel: true } } },
    orderBy: [{ accountId: "asc" }, { kind: "asc" }],
  });

// ── quotas ──

interface KeptQuota {
  left?: number | null;
  total?: number | null;
  followers?: number | null;
  problem: string | null;
  askedAt: Date;
}

export async function storeQuota(db: Db, accountId: number, quota: KeptQuota): Promise<void> {
  const create = { accountId, ...quota };
  await db.accountQuota.upsert({ where: { accountId }, create, update: quota });
}

/** An article of another announcement of ours. */
export async function isKnownElsewhere(
  db: Db,
  { id, accountId }: Publication,
  externalId: string,
): Promise<boolean> {
  const where = { accountId, kind: "article", externalId, id: { not: id } };
  return (await db.announcementPublication.count({ where })) > 0;
}

// ── what waits for a person ──

export interface Waiting {
  code: string;
  title: string;
  /** missed: an appointed time. */
  kind: "held" | "failed" | "missed";
  count: number;
}

/** Of these units: what could not be published in the last month, and times that were missed. */
export const waitingFor = (db: Db, units: readonly string[], since: Date): Promise<Waiting[]> =>
  db.$queryRaw<Waiting[]>`
    SELECT a.code, a.title, p.state AS kind, count(*)::int AS count
    FROM announcement_publication p JOIN announcement a ON a.id = p.announcement_id
    WHERE p.state IN ('held', 'failed') AND a.state = 'published' AND a.published_at >= ${since} AND a.unit_code = ANY(${[...units]}::text[])
    GROUP BY a.id, p.state
    UNION ALL
    SELECT a.code, a.title, 'missed', 1 FROM announcement_schedule s JOIN announcement a ON a.id = s.announcement_id
    WHERE s.state = 'asking' AND a.state IN ('draft', 'pending', 'approved') AND a.unit_code = ANY(${[...units]}::text[])
    ORDER BY 1 DESC LIMIT 20`;
