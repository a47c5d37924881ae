/** Requests about personal data as staff see them: those of their units, and for an admin those of nobody we know. */
import { t } from "../../../bilingual/index.ts";
import type { Db, Prisma, Tx } from "../../../infra/db.ts";
import type { SignedIn } from "../../../console/signed-in.ts";

type Scope = Pick<SignedIn, "units" | "role">;

const seenBy = ({ units, role }: Scope): Prisma.PrivacyRequestWhereInput =>
  role === "admin" ? {} : { unitCode: { in: units } };

const OPEN = ["received", "waiting_staff"];

/** The open ones by their deadline; the others, the latest 200. */
export async function findRequests(db: Db, staff: Scope, isOpen: boolean) {
  return db.privacyRequest.findMany({
    where: { ...seenBy(staff), state: isOpen ? { in: OPEN } : { notIn: OPEN } },
    orderBy: isOpen ? { dueAt: "asc" } : { id: "desc" },
    take: 200,
  });
}

export type ListedRequest = Awaited<ReturnType<typeof findRequests>>[number];

export async function findRequest(db: Db | Tx, staff: Scope, code: string): Promise<ListedRequest | null> {
  return db.privacyRequest.findFirst({ where: { code, ...seenBy(staff) } });
}

export interface Candidate {
  id: bigint;
  name: string;
  accountName: string;
  externalId: string;
  lastInboundAt: Date | null;
}

/** Residents on Facebook whose name, or whose id there, fits: for a request that names nobody we know. */
export async function findCandidates(db: Db, staff: Scope, words: string): Promise<Candidate[]> {
  if (words.length < 2) return [];
  const rows = await db.resident.findMany({
    where: {
      account: { channel: "facebook", unitCode: { in: staff.units } },
      OR: [{ externalId: words }, { displayName: { contains: words, mode: "insensitive" } }],
    },
    include: { account: { select: { name: true } }, conversation: { select: { lastInboundAt: true } } },
    orderBy: { id: "desc" },
    take: 20,
  });
  return rows.map(({ id, displayName, externalId, account, conversation }) => ({
    ...{ id, externalId, accountName: account.name, name: displayName ?? t`Người dân` },
    lastInboundAt: conversation?.lastInboundAt ?? null,
  }));
}

/** Names the person an open request is about. @returns false when it is settled already, or there is no such person. */
export async function nameResident(
  tx: Tx,
  staff: Scope,
  code: string,
  residentId: bigint,
): Promise<bigint | null> {
  const resident = await tx.resident.findFirst({
    where: { id: residentId, account: { unitCode: { in: staff.units } } },
    select: { account: { select: { unitCode: true } } },
  });
  const request = await findRequest(tx, staff, code);
  if (!resident || !request) return null;
  const { count } = await tx.privacyRequest.updateMany({
    where: { id: request.id, state: "waiting_staff", kind: "erase" },
    data: { residentId, state: "received", unitCode: resident.account.unitCode },
  });
  return count === 1 ? request.id : null;
}

/** @returns false when it was settled meanwhile. */
export async function refuseRequest(tx: Tx, id: bigint, staffId: number, reason: string, now: Date) {
  const { count } = await tx.privacyRequest.updateMany({
    where: { id, state: { in: OPEN } },
    // the link, if there is one, opens nothing any more; who Facebook named is forgotten
    data: {
      state: "refused",
      reason,
      staffId,
      doneAt: now,
      subject: null,
      tokenHash: null,
      tokenExpiresAt: null,
    },
  });
  return count === 1;
}

/**
 * Decree 356/2025 (NĐ 356/2025/NĐ-CP): stopping the processing may be put off once, by 15 days at most, and the person is told
 * why before the time is up.
 */
export const LONGEST_EXTENSION = 15;

export const mayExtend = (
  { kind, state, dueAt, extendedAt }: Pick<ListedRequest, "kind" | "state" | "dueAt" | "extendedAt">,
  now: Date,
) => kind === "erase" && OPEN.includes(state) && extendedAt === null && dueAt > now;

/** @returns when it is due now; null when it may not be put off (any more). */
export async function extendRequest(
  tx: Tx,
  id: bigint,
  { days, reason, now }: { days: number; reason: string; now: Date },
): Promise<Date | null> {
  const request = await tx.privacyRequest.findUniqueOrThrow({ where: { id } });
  if (!mayExtend(request, now)) return null;
  const dueAt = new Date(request.dueAt.getTime() + days * 86_400_000);
  const { count } = await tx.privacyRequest.updateMany({
    where: { id, state: { in: OPEN }, extendedAt: null, dueAt: { gt: now } },
    data: { dueAt, extendedAt: now, extensionReason: reason },
  });
  return count === 1 ? dueAt : null;
}

/** A link that was not opened in its day is replaced by a new one. */
export async function renewLink(
  tx: Tx,
  id: bigint,
  tokenHash: string,
  tokenExpiresAt: Date,
): Promise<boolean> {
  const { count } = await tx.privacyRequest.updateMany({
    where: { id, kind: "export", openedAt: null, state: { in: OPEN } },
    data: { tokenHash, tokenExpiresAt },
  });
  return count === 1;
}

/** Where a resident can be answered. */
export async function talkOf(tx: Tx, residentId: bigint) {
  return tx.conversation.findUnique({
    where: { residentId },
    include: { resident: { include: { account: { select: { channel: true } } } } },
  });
}

export const lastPurges = (db: Db, take: number) => db.purgeRun.findMany({ orderBy: { id: "desc" }, take });
