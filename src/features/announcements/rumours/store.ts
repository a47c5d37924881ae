/** What people ask about that nothing official says: counted by people, shown without them, answered once for all. */
import { audit } from "../../../console/audit/audit.ts";
import type { Db, Tx } from "../../../infra/db.ts";
import { wakeFor } from "../notices/followers.ts";
import type { Mover } from "../workflow.ts";

export type RumourState = "open" | "answered" | "dismissed";
/** So many must ask before it rises: one person's question is theirs. */
export const LEAST_ASKERS = 2;
const PAGE = 50;

/** For who is about to add to them: held to the end of the turn, since what spreads fast is asked about by two at once. */
export async function openRumours(tx: Tx) {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('rumours', 0))`;
  return tx.rumour.findMany({ where: { state: "open" }, orderBy: { lastAt: "desc" }, take: 200 });
}

interface Asked {
  /** The open rumour it is like; null: a new one. */
  sameAs: bigint | null;
  /** Without personal data. */
  text: string;
  folded: string;
  by: { residentId: bigint; unitCode: string };
  now: Date;
}

/** @returns its number, for who wishes to be told. */
export async function noteRumour(tx: Tx, { sameAs, text, folded, by, now }: Asked): Promise<bigint> {
  const { id } =
    sameAs === null
      ? await tx.rumour.create({ data: { text, folded, firstAt: now, lastAt: now } })
      : await tx.rumour.update({ where: { id: sameAs }, data: { asked: { increment: 1 }, lastAt: now } });
  await tx.rumourAsker.createMany({ data: [{ rumourId: id, ...by, at: now }], skipDuplicates: true });
  return id;
}

/** @returns false when they never asked, or it is settled already. */
export async function followRumour(tx: Tx, rumourId: bigint, residentId: bigint): Promise<boolean> {
  const where = { rumourId, residentId, rumour: { state: "open" } };
  return (await tx.rumourAsker.updateMany({ where, data: { follows: true } })).count > 0;
}

// ── the staff's list ──

export interface RumourLine {
  id: bigint;
  text: string;
  state: RumourState;
  askers: number;
  follows: number;
  firstAt: Date;
  lastAt: Date;
  reason: string | null;
  /** The announcement that answers it, or the draft that will. */
  code: string | null;
  announcementState: string | null;
  settledBy: string | null;
}

/** Asked about by several, at least one of them of these units; what most ask about first. */
export async function listRumours(
  db: Db,
  units: readonly string[],
  state: RumourState,
): Promise<RumourLine[]> {
  return db.$queryRaw<RumourLine[]>`
    SELECT rumour.id, rumour.text, rumour.state, asked.askers, asked.follows, rumour.first_at AS "firstAt",
           rumour.last_at AS "lastAt", rumour.reason, announcement.code, announcement.state AS "announcementState",
           staff.name AS "settledBy"
    FROM rumour JOIN (
      SELECT rumour_id, count(*)::int AS askers, (count(*) FILTER (WHERE follows))::int AS follows,
             bool_or(unit_code = ANY(${[...units]})) AS ours
      FROM rumour_asker GROUP BY rumour_id
    ) asked ON asked.rumour_id = rumour.id
    LEFT JOIN announcement ON announcement.id = rumour.announcement_id LEFT JOIN staff ON staff.id = rumour.settled_by_id
    WHERE rumour.state = ${state} AND asked.askers >= ${LEAST_ASKERS} AND asked.ours
    ORDER BY asked.askers DESC, rumour.last_at DESC LIMIT ${PAGE}`;
}

export async function countRumours(db: Db, units: readonly string[]): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM rumour WHERE state = 'open'
      AND (SELECT count(*) >= ${LEAST_ASKERS} AND bool_or(unit_code = ANY(${[...units]}))
           FROM rumour_asker WHERE rumour_id = rumour.id)`;
  return row!.count;
}

export async function findRumour(db: Db, units: readonly string[], id: bigint): Promise<RumourLine | null> {
  for (const state of ["open", "answered", "dismissed"] as const) {
    const found = (await listRumours(db, units, state)).find((each) => each.id === id);
    if (found) return found;
  }
  return null;
}

export interface Settling {
  id: bigint;
  staff: Mover;
  at: Date;
}

/** The draft that is to answer it; published, it does. */
export async function beginAnswer(tx: Tx, { id, staff }: Settling, code: string): Promise<void> {
  const { id: announcementId } = await tx.announcement.findUniqueOrThrow({ where: { code } });
  await tx.rumour.updateMany({ where: { id, state: "open" }, data: { announcementId } });
  await audit(tx, staff, "rumour.draft", `rumour:${id}`, { announcement: code });
}

/** @returns false when it was settled meanwhile. */
export async function markAnswered(
  tx: Tx,
  { id, staff, at }: Settling,
  announcementId: bigint,
): Promise<boolean> {
  const data = { state: "answered", announcementId, settledById: staff.id, settledAt: at };
  const { count } = await tx.rumour.updateMany({ where: { id, state: "open" }, data });
  if (count === 0) return false;
  await audit(tx, staff, "rumour.answer", `rumour:${id}`);
  await tellFollowers(tx, id, announcementId, at);
  return true;
}

export async function dismiss(tx: Tx, { id, staff, at }: Settling, reason: string): Promise<boolean> {
  const data = { state: "dismissed", reason, settledById: staff.id, settledAt: at };
  const { count } = await tx.rumour.updateMany({ where: { id, state: "open" }, data });
  if (count > 0) await audit(tx, staff, "rumour.dismiss", `rumour:${id}`);
  return count > 0;
}

/** A notice that was drafted to answer rumours has been published. */
export async function answerByPublishing(
  tx: Tx,
  announcementId: bigint,
  staff: Mover,
  at: Date,
): Promise<void> {
  const open = await tx.rumour.findMany({ where: { announcementId, state: "open" }, select: { id: true } });
  for (const { id } of open) await markAnswered(tx, { id, staff, at }, announcementId);
}

/** Who asked and wished to hear is told of the announcement like who subscribed: once, by day, in the window. */
async function tellFollowers(tx: Tx, rumourId: bigint, announcementId: bigint, at: Date): Promise<void> {
  const followers = await tx.rumourAsker.findMany({
    where: { rumourId, follows: true, resident: { withdrawnAt: null } },
    select: { residentId: true, resident: { select: { accountId: true } } },
  });
  const rows = followers.map(({ residentId, resident }) => ({ residentId, accountId: resident.accountId }));
  if (rows.length > 0) await wakeFor(tx, announcementId, rows, at);
}

/** What this resident asked about. */
export async function askedBy(tx: Tx, residentId: bigint): Promise<{ at: Date; text: string }[]> {
  const rows = await tx.rumourAsker.findMany({ where: { residentId }, include: { rumour: true } });
  return rows.map(({ at, rumour }) => ({ at, text: rumour.text }));
}

export const forgetAsker = (tx: Tx, residentId: bigint) =>
  tx.rumourAsker.deleteMany({ where: { residentId } });
