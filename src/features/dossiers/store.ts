/** Dossiers in the database: those we were told of, answers kept for bad days, followers, wrong tries. */
import { Prisma, type Tx } from "../../infra/db.ts";
import { enqueue } from "../../infra/jobs.ts";
import { readDossier, type Dossier, type DossierState } from "./dossier.ts";

const day = (date: Date | null) => date?.toISOString().slice(0, 10) ?? null;
const date = (text: string | null) => (text === null ? null : new Date(text));

export async function findLocal(tx: Tx, code: string): Promise<Dossier | null> {
  const row = await tx.dossier.findUnique({ where: { code } });
  if (!row) return null;
  return {
    ...row,
    state: row.state as DossierState,
    dueOn: day(row.dueOn),
    receivedOn: day(row.receivedOn),
    finishedOn: day(row.finishedOn),
  };
}

/**
 * Keeps what was imported or pushed, unless something newer is kept already; who follows it is told in a moment.
 */
export async function keepDossier(tx: Tx, dossier: Dossier): Promise<"added" | "changed" | "unchanged"> {
  const { code, dueOn, receivedOn, finishedOn, ...rest } = dossier;
  const data = { ...rest, dueOn: date(dueOn), receivedOn: date(receivedOn), finishedOn: date(finishedOn) };
  const before = await findLocal(tx, code);
  if (before && (before.asOf > dossier.asOf || isSame(before, dossier))) return "unchanged";
  await tx.dossier.upsert({
    where: { code },
    create: { code, ...data },
    update: { ...data, updatedAt: new Date() },
    select: { code: true },
  });
  await noteChange(tx, dossier);
  return before ? "changed" : "added";
}

/** Whatever moment it is from. The row kept may have columns besides. */
const isSame = (kept: Dossier, told: Dossier) =>
  Object.entries(told).every(([key, value]) => key === "asOf" || kept[key as keyof Dossier] === value);

// ── the last answer of the province's system ──

export async function keepAnswer(tx: Tx, dossier: Dossier, fetchedAt: Date): Promise<void> {
  const answer = dossier as unknown as Prisma.InputJsonValue;
  await tx.dossierAnswer.upsert({
    where: { code: dossier.code },
    create: { code: dossier.code, answer, fetchedAt },
    update: { answer, fetchedAt },
    select: { code: true },
  });
  await noteChange(tx, dossier);
}

export async function lastAnswer(
  tx: Tx,
  code: string,
): Promise<{ dossier: Dossier; fetchedAt: Date } | null> {
  const row = await tx.dossierAnswer.findUnique({ where: { code } });
  const dossier = row && readDossier(row.answer);
  return dossier ? { dossier, fetchedAt: row.fetchedAt } : null;
}

// ── followers ──

export async function follow(tx: Tx, code: string, residentId: bigint, state: DossierState): Promise<void> {
  await tx.dossierFollow.upsert({
    where: { code_residentId: { code, residentId } },
    create: { code, residentId, state },
    update: { state, pending: Prisma.DbNull },
    select: { code: true },
  });
}

export async function unfollow(tx: Tx, code: string, residentId: bigint): Promise<boolean> {
  const { count } = await tx.dossierFollow.deleteMany({ where: { code, residentId } });
  return count > 0;
}

export async function isFollowing(tx: Tx, code: string, residentId: bigint): Promise<boolean> {
  return (await tx.dossierFollow.count({ where: { code, residentId } })) > 0;
}

export const countFollowed = (tx: Tx, residentId: bigint) =>
  tx.dossierFollow.count({ where: { residentId } });

/** A moment, so that an import which touches a dossier twice makes one message. */
const GATHERING = 20_000;

/** Whoever follows a dossier whose state is another than they were told has news waiting. */
async function noteChange(tx: Tx, dossier: Dossier): Promise<void> {
  const changed = await tx.dossierFollow.findMany({
    where: { code: dossier.code, state: { not: dossier.state } },
    select: { residentId: true },
  });
  if (changed.length === 0) return;
  const pending = dossier as unknown as Prisma.InputJsonValue;
  await tx.dossierFollow.updateMany({
    where: { code: dossier.code, state: { not: dossier.state } },
    data: { pending },
  });
  for (const { residentId } of changed)
    await scheduleTelling(tx, residentId, new Date(Date.now() + GATHERING));
}

export async function scheduleTelling(tx: Tx, residentId: bigint, runAt: Date): Promise<void> {
  const key = `dossiers.tell:${residentId}`;
  await enqueue(tx, "dossiers.tell", { residentId: String(residentId) }, { key, runAt });
}

/** Asked in every turn, so by one statement. */
export async function pendingNews(tx: Tx, residentId: bigint): Promise<Dossier[]> {
  const rows = await tx.$queryRaw<{ pending: unknown }[]>`
    SELECT pending FROM dossier_follow WHERE resident_id = ${residentId} AND jsonb_typeof(pending) <> 'null' ORDER BY code`;
  return rows.flatMap(({ pending }) => readDossier(pending) ?? []);
}

/** Told: from now on only the next change is news. */
export async function markTold(tx: Tx, residentId: bigint, dossiers: Dossier[]): Promise<void> {
  for (const { code, state } of dossiers) {
    await tx.dossierFollow.updateMany({
      where: { code, residentId },
      data: { state, pending: Prisma.DbNull },
    });
  }
}

/** Followed dossiers that only the province's system knows, the longest unasked first. */
export async function toBeChecked(tx: Tx, before: Date, limit: number): Promise<string[]> {
  const rows = await tx.$queryRaw<{ code: string }[]>`
    SELECT f.code FROM dossier_follow f
    WHERE NOT EXISTS (SELECT 1 FROM dossier d WHERE d.code = f.code) AND f.state NOT IN ('returned', 'refused', 'withdrawn')
    GROUP BY f.code HAVING min(f.checked_at) < ${before} ORDER BY min(f.checked_at) LIMIT ${limit}::int`;
  return rows.map(({ code }) => code);
}

export async function markChecked(tx: Tx, code: string, at: Date): Promise<void> {
  await tx.dossierFollow.updateMany({ where: { code }, data: { checkedAt: at } });
}

// ── wrong second factors ──

/** Is any of these locked now? */
export async function isLocked(tx: Tx, keys: string[], now: Date): Promise<boolean> {
  return (await tx.dossierTry.count({ where: { key: { in: keys }, lockedUntil: { gt: now } } })) > 0;
}

/** Counts a wrong try; at `most` within a day it is locked for a day. @returns how many are left */
export async function countWrong(tx: Tx, key: string, most: number, now: Date): Promise<number> {
  const [row] = await tx.$queryRaw<{ wrong: number }[]>`
    INSERT INTO dossier_try AS t (key, wrong, updated_at) VALUES (${key}, 1, ${now})
    ON CONFLICT (key) DO UPDATE SET
      wrong = CASE WHEN t.updated_at < ${now}::timestamptz - interval '1 day' THEN 1 ELSE t.wrong + 1 END, updated_at = ${now}
    RETURNING wrong`;
  const left = Math.max(0, most - row!.wrong);
  if (left === 0) {
    const lockedUntil = new Date(now.getTime() + 24 * 3_600_000);
    await tx.dossierTry.update({ where: { key }, data: { lockedUntil, wrong: 0 }, select: { key: true } });
  }
  return left;
}

export async function forgetWrong(tx: Tx, keys: string[]): Promise<void> {
  await tx.dossierTry.deleteMany({ where: { key: { in: keys } } });
}

// ── a receipt's picture ──

export async function pictureOf(tx: Tx, attachmentId: bigint) {
  return tx.attachment.findUnique({ where: { id: attachmentId }, select: { state: true, mediaHash: true } });
}
