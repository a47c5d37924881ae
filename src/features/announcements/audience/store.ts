/** Where an announcement goes, as it was chosen; and who that is, counted before it is sent. */
import { Prisma, type Db, type Tx } from "../../../infra/db.ts";
import { noteWriting } from "../history/store.ts";
import { openSince, type Addressed } from "../notices/store.ts";
import type { Mover } from "../workflow.ts";
import { hasAsked, inScope, isCovered, NO_PLAN, treeOf, type Plan } from "./wanted.ts";

/**
 * Keeps what was chosen, of a draft only: what waits for approval or has it was read with its plan. Whoever chooses has
 * worked on it, and is in its history as a writer.
 * @returns false when it is no draft any more.
 */
export async function savePlan(
  tx: Tx,
  mover: Mover,
  notice: { id: bigint; code: string },
  plan: Plan,
  at: Date,
): Promise<boolean> {
  const { count } = await tx.announcement.updateMany({
    where: { id: notice.id, state: "draft" },
    data: { updatedAt: at },
  });
  if (count === 0) return false;
  const row = { announcementId: notice.id, ...plan };
  await tx.announcementPlan.upsert({ where: { announcementId: notice.id }, create: row, update: plan });
  await noteWriting(tx, mover, notice, at);
  return true;
}

/** A correction, or a run of a series, goes where the other went. */
export async function copyPlan(tx: Tx, fromId: bigint, toId: bigint): Promise<void> {
  const plan = await tx.announcementPlan.findUnique({ where: { announcementId: fromId } });
  if (plan) await tx.announcementPlan.create({ data: { ...plan, announcementId: toId } });
}

/** Units one may choose, with how many accounts they have, as a list in the order of the tree. */
export async function unitTree(db: Db, codes: readonly string[]) {
  const units = await db.unit.findMany({
    where: { code: { in: [...codes] } },
    select: {
      ...{ code: true, name: true, parentCode: true },
      accounts: { where: { status: { not: "removed" } }, select: { channel: true } },
    },
    orderBy: { name: "asc" },
  });
  type Row = (typeof units)[number];
  const known = new Set(units.map(({ code }) => code));
  const under = (parent: string | null) =>
    units.filter(({ parentCode }) =>
      parent === null ? !parentCode || !known.has(parentCode) : parentCode === parent,
    );
  const walk = (
    rows: Row[],
    depth: number,
  ): { code: string; name: string; depth: number; zalo: number; facebook: number }[] =>
    rows.flatMap(({ code, name, accounts }) => {
      const zalo = accounts.filter(({ channel }) => channel === "zalo").length;
      const own = { code, name, depth, zalo, facebook: accounts.length - zalo };
      return [own, ...walk(under(code), depth + 1)];
    });
  return walk(under(null), 0);
}

/** Why somebody gets it so, or not: of each person the first that holds. */
export const FATES = [
  ...["withdrawn", "elsewhere", "never", "broadcast", "double"],
  ...["stopped", "capped", "busy", "now", "template", "later"],
] as const;
export type Fate =
  | "withdrawn"
  | "elsewhere"
  | "never"
  | "broadcast"
  | "double"
  | "stopped"
  | "capped"
  | "busy"
  | "now"
  | "template"
  | "later";

export interface CountedFate {
  accountId: number;
  fate: Fate;
  count: number;
}

interface Count {
  now: Date;
  startOfDay: Date;
  /** Copies a day and person at most; null: this one is not counted. */
  mostADay: number | null;
}

/**
 * Everybody who asked for this news, account by account, by what would become of their copy now. One statement: people with
 * a phone are compared with each other, nobody else is sorted.
 */
export const countFates = (
  db: Db,
  addressed: Addressed,
  { now, startOfDay, mostADay }: Count,
): Promise<CountedFate[]> => {
  const { plan, level } = addressed;
  const byTemplate = (plan ?? NO_PLAN).ways.includes("template");
  const full = Prisma.sql`
    SELECT n.resident_id FROM announcement_notice n JOIN announcement other ON other.id = n.announcement_id
    WHERE ${mostADay}::int IS NOT NULL AND n.kind = 'news' AND n.told_at >= ${startOfDay} AND other.level <> 'emergency'
    GROUP BY n.resident_id HAVING count(*) >= ${mostADay}::int`;
  return db.$queryRaw<CountedFate[]>`
    WITH asked AS (
      SELECT r.id, r.phone, r.account_id, a.channel, a.status, c.last_inbound_at, c.state AS talk,
        CASE WHEN r.withdrawn_at IS NOT NULL THEN 'withdrawn' WHEN NOT ${inScope(addressed)} THEN 'elsewhere'
             WHEN ${isCovered(addressed)} THEN 'broadcast' WHEN c.id IS NULL THEN 'never' END AS fate,
        ${byTemplate} AND a.settings->'templates' ? 'announcement' AS has_template
      FROM resident r JOIN account a ON a.id = r.account_id LEFT JOIN conversation c ON c.resident_id = r.id
      WHERE ${hasAsked(addressed)}
    ), doubles AS (
      SELECT id FROM (
        SELECT id, row_number() OVER (PARTITION BY phone ORDER BY last_inbound_at DESC NULLS LAST, id) AS place
        FROM asked WHERE phone IS NOT NULL AND fate IS NULL
      ) ranked WHERE place > 1
    ), told AS (
      SELECT account_id, coalesce(fate, CASE
        WHEN id IN (SELECT id FROM doubles) THEN 'double'
        WHEN status <> 'active' THEN 'stopped'
        WHEN id IN (${full}) THEN 'capped'
        WHEN talk IN ('waiting', 'staff') AND ${level !== "emergency"} THEN 'busy'
        WHEN last_inbound_at >= ${openSince(now)} THEN 'now'
        WHEN has_template THEN 'template'
        ELSE 'later' END) AS fate
      FROM asked
    )
    SELECT account_id AS "accountId", fate, count(*)::int AS count FROM told GROUP BY account_id, fate`;
};

/** More than this are counted in seconds, not at once: 300,000 took six on two busy cores. */
const MANY = 50_000;

/** As the database estimates it, for to count them would take as long. */
export async function hasManySubscribers(db: Db): Promise<boolean> {
  const [row] = await db.$queryRaw<{ many: boolean }[]>`
    SELECT reltuples > ${MANY} AS many FROM pg_class WHERE oid = 'subscription'::regclass`;
  return row!.many;
}

export interface PlannedAccount {
  id: number;
  name: string;
  channel: string;
  unitCode: string;
  status: string;
  /** It carries what is published: its unit is one of the plan's. */
  carries: boolean;
  /** Zalo: who follows it, as the platform says, else as we know. */
  followers: number;
  quota: { left: number | null; total: number | null; problem: string | null; askedAt: Date } | null;
}

/** The accounts of the plan's units, and those where somebody is counted. */
export async function accountsOf(db: Db, plan: Plan, counted: number[]): Promise<PlannedAccount[]> {
  const rows = await db.$queryRaw<{ id: number; carries: boolean; follows: number }[]>`
    SELECT account.id, account.unit_code IN (${treeOf(plan.units)}) AS carries,
      (SELECT count(*)::int FROM resident r WHERE r.account_id = account.id AND r.follows) AS follows
    FROM account
    WHERE account.status <> 'removed' AND (account.unit_code IN (${treeOf(plan.units)}) OR account.id = ANY(${counted}::int[]))`;
  const byId = new Map(rows.map((row) => [row.id, row]));
  const accounts = await db.account.findMany({
    where: { id: { in: rows.map(({ id }) => id) } },
    select: { id: true, name: true, channel: true, unitCode: true, status: true, quota: true },
    orderBy: [{ unitCode: "asc" }, { channel: "desc" }, { id: "asc" }],
  });
  return accounts.map((account) => {
    const { carries, follows } = byId.get(account.id)!;
    return { ...account, carries, followers: account.quota?.followers ?? follows };
  });
}

/** Has the platforms asked for the quotas of these OAs, where they were not asked lately. @returns whether any is. */
export async function askForQuotas(db: Db, accounts: PlannedAccount[], since: Date): Promise<boolean> {
  const stale = accounts
    .filter(({ channel, carries, status }) => channel === "zalo" && carries && status === "active")
    .filter(({ quota }) => !quota || quota.askedAt < since)
    .map(({ id }) => id);
  if (stale.length === 0) return false;
  await db.$queryRaw`
    SELECT count(graphile_worker.add_job('announcements.quota', json_build_object('accountId', id),
             job_key := 'announcements.quota:' || id, max_attempts := 3))::int AS added
    FROM unnest(${stale}::int[]) AS id`;
  return true;
}

/**
 * A broadcast did not go: who was to get it and nothing besides is told by message now, unless somebody with their phone was.
 * @returns how many.
 */
export const addUncovered = (tx: Tx, addressed: Addressed, accountId: number): Promise<number> =>
  tx.$executeRaw`
    INSERT INTO announcement_notice (announcement_id, resident_id, account_id, kind)
    SELECT DISTINCT ON (coalesce(r.phone, 'resident ' || r.id)) ${addressed.id}::bigint, r.id, r.account_id, 'news'
    FROM resident r JOIN account a ON a.id = r.account_id JOIN conversation c ON c.resident_id = r.id
    WHERE r.account_id = ${accountId} AND r.follows AND r.withdrawn_at IS NULL AND ${inScope(addressed)} AND ${hasAsked(addressed)}
      AND NOT EXISTS (
        SELECT 1 FROM announcement_notice n JOIN resident other ON other.id = n.resident_id
        WHERE n.announcement_id = ${addressed.id} AND n.kind = 'news' AND (other.id = r.id OR other.phone = r.phone))
    ON CONFLICT DO NOTHING`;

/** Settings of the accounts that have a template for announcements. */
export const settingsWithTemplate = (db: Db) =>
  db.account.findMany({
    where: { status: "active", settings: { path: ["templates", "announcement"], not: Prisma.AnyNull } },
    select: { id: true, settings: true },
  });
