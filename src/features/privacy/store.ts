/** Requests about personal data, what is shown of it, and how it is erased. */
import { DateTime } from "luxon";
import { ZONE } from "../../infra/clock.ts";
import { nextCode } from "../../infra/codes.ts";
import type { Db, Tx } from "../../infra/db.ts";
import { isPublicHoliday } from "../../infra/holidays.ts";

export type RequestKind = "export" | "erase";
export type RequestOrigin = "resident" | "withdrawal" | "facebook_callback";

/** Decree 356/2025 (NĐ 356/2025/NĐ-CP): an answer within 2 working days, processing stopped within 15 days. */
export function deadlineOf(kind: RequestKind, now: Date): Date {
  let due = DateTime.fromJSDate(now, { zone: ZONE });
  if (kind === "erase") return due.plus({ days: 15 }).toJSDate();
  for (let workingDays = 0; workingDays < 2;) {
    due = due.plus({ days: 1 });
    if (due.weekday <= 5 && !isPublicHoliday(due.toISODate()!)) workingDays++;
  }
  return due.toJSDate();
}

export interface NewRequest {
  kind: RequestKind;
  origin: RequestOrigin;
  channel: string;
  residentId: bigint | null;
  tokenHash?: string;
  tokenExpiresAt?: Date;
  /** Who the platform says it is, by an id of its own. */
  subject?: string;
  /** Staff must see to it: the platform named nobody we can find. */
  needsStaff?: boolean;
}

export async function keepRequest(tx: Tx, { needsStaff = false, ...request }: NewRequest, now: Date) {
  const person = request.residentId === null ? null : await residentOf(tx, request.residentId);
  return tx.privacyRequest.create({
    data: {
      ...request,
      unitCode: person?.account.unitCode ?? null,
      code: await nextCode(tx, "DL", now),
      state: needsStaff ? "waiting_staff" : "received",
      requestedAt: now,
      dueAt: deadlineOf(request.kind, now),
    },
  });
}

/** An erasure asked for and not yet done, so that asking twice does it once. */
export function openErasure(tx: Tx, residentId: bigint) {
  return tx.privacyRequest.findFirst({ where: { residentId, kind: "erase", state: "received" } });
}

export const requestById = (db: Db, id: bigint) => db.privacyRequest.findUnique({ where: { id } });
export const requestByCode = (db: Db, code: string) => db.privacyRequest.findUnique({ where: { code } });
export const requestByToken = (db: Db, tokenHash: string) =>
  db.privacyRequest.findUnique({ where: { tokenHash } });

/** The link has been used: from now on only the browser that opened it reads on. @returns whether this call was the first. */
export async function openOnce(db: Db, tokenHash: string, cookieHash: string, now: Date): Promise<boolean> {
  const { count } = await db.privacyRequest.updateMany({
    where: { tokenHash, openedAt: null, tokenExpiresAt: { gt: now } },
    data: { openedAt: now, tokenHash: cookieHash, state: "done", doneAt: now },
  });
  return count === 1;
}

export async function settleRequest(tx: Tx, id: bigint, result: Record<string, number>): Promise<void> {
  await tx.privacyRequest.update({
    where: { id },
    data: { state: "done", doneAt: new Date(), result, residentId: null, subject: null },
    select: { id: true },
  });
}

export function residentOf(db: Db | Tx, id: bigint) {
  return db.resident.findUnique({ where: { id }, include: { account: true, consents: true } });
}

/** The talk as it was, oldest first; the most recent thousand of each side. */
export async function messagesOf(db: Db | Tx, residentId: bigint) {
  const conversation = { residentId };
  const most = { take: 1000, orderBy: { id: "desc" } } as const;
  const [inbound, outbound] = await Promise.all([
    db.inboundEvent.findMany({ where: { conversation, receipt: false }, ...most }),
    db.outboundMessage.findMany({ where: { conversation }, ...most }),
  ]);
  return { inbound: inbound.reverse(), outbound: outbound.reverse() };
}

/** Is something still on its way to them? */
export async function hasUnsent(tx: Tx, residentId: bigint): Promise<boolean> {
  const open = { in: ["pending", "sending", "unknown"] };
  return (await tx.outboundMessage.count({ where: { conversation: { residentId }, state: open } })) > 0;
}

/**
 * The talk, the files and the person, after the features let go of theirs. Files that a kept record still shows stay.
 * @returns counts by name, and the stored files that nothing may need any more.
 */
export async function eraseResident(tx: Tx, residentId: bigint) {
  const conversation = { residentId };
  const unused = { event: { conversation }, reports: { none: {} } };
  const files = await tx.attachment.findMany({ where: unused, select: { mediaHash: true } });
  const { count: attachments } = await tx.attachment.deleteMany({ where: unused });
  // a picture that belongs to a report stays with it: of the event that brought it only the time is left
  await tx.attachment.updateMany({
    where: { event: { conversation } },
    data: { sourceUrl: "", name: null, conversationId: null },
  });
  await tx.inboundEvent.updateMany({
    where: { conversation, attachments: { some: {} } },
    data: { raw: {}, conversationId: null, messageId: null, kind: "unknown" },
  });
  const { count: inbound } = await tx.inboundEvent.deleteMany({ where: { conversation } });
  const sent = await tx.$queryRaw<{ hash: string }[]>`
    SELECT DISTINCT coalesce(m.content #>> '{file,mediaHash}', m.content #>> '{image,mediaHash}') AS hash
    FROM outbound_message m JOIN conversation c ON c.id = m.conversation_id
    WHERE c.resident_id = ${residentId} AND (m.content -> 'file' IS NOT NULL OR (m.content -> 'image' IS NOT NULL AND m.author = 'staff'))
      AND NOT EXISTS (SELECT 1 FROM outbound_message other WHERE other.conversation_id <> m.conversation_id
        AND coalesce(other.content #>> '{file,mediaHash}', other.content #>> '{image,mediaHash}')
          = coalesce(m.content #>> '{file,mediaHash}', m.content #>> '{image,mediaHash}'))`;
  const { count: outbound } = await tx.outboundMessage.deleteMany({ where: { conversation } });
  await tx.conversation.deleteMany({ where: { residentId } });
  await tx.resident.deleteMany({ where: { id: residentId } });
  const hashes = [
    ...files.flatMap(({ mediaHash }) => mediaHash ?? []),
    ...sent.flatMap(({ hash }) => hash ?? []),
  ];
  return { counts: { messages: inbound + outbound, files: attachments }, hashes };
}

/** How much there is of what every installation keeps. */
export async function coreCounts(db: Db) {
  const [residents, inbound, outbound, files, candidates, requests, staff] = await Promise.all([
    db.resident.count(),
    db.inboundEvent.count({ where: { receipt: false, conversationId: { not: null } } }),
    db.outboundMessage.count({ where: { conversationId: { not: null } } }),
    db.attachment.count({ where: { mediaHash: { not: null } } }),
    db.trainingCandidate.count(),
    db.privacyRequest.count(),
    db.staff.count(),
  ]);
  return { residents, messages: inbound + outbound, files, candidates, requests, staff };
}

/** Residents by the version of the first-contact notice they were shown. */
export async function noticeCounts(db: Db): Promise<{ version: string; residents: number }[]> {
  const rows = await db.resident.groupBy({ by: ["noticeVersion"], _count: true });
  return rows
    .map(({ noticeVersion, _count }) => ({ version: noticeVersion ?? "chưa báo", residents: _count }))
    .sort((one, other) => one.version.localeCompare(other.version));
}

export async function consentCounts(db: Db) {
  const rows = await db.$queryRaw<{ purpose: string; version: string; given: bigint; withdrawn: bigint }[]>`
    SELECT purpose, version, count(*) FILTER (WHERE withdrawn_at IS NULL) AS given,
           count(*) FILTER (WHERE withdrawn_at IS NOT NULL) AS withdrawn
    FROM consent GROUP BY purpose, version ORDER BY purpose, version`;
  return rows.map((row) => ({ ...row, given: Number(row.given), withdrawn: Number(row.withdrawn) }));
}

/** Every request still kept, without who asked. */
export const allRequests = (db: Db) =>
  db.privacyRequest.findMany({
    select: {
      ...{ code: true, kind: true, origin: true, channel: true, state: true },
      ...{ requestedAt: true, dueAt: true, doneAt: true },
    },
    orderBy: { id: "asc" },
  });

export async function purgesSince(db: Db, since: Date) {
  const rows = await db.purgeRun.findMany({ where: { at: { gte: since } }, orderBy: { id: "desc" } });
  return rows.map(({ at, removed }) => ({ at, removed: removed as Record<string, number> }));
}

/** Who a file came from, and where they are answered. */
export async function whoSentFile(tx: Tx, attachmentId: bigint) {
  const attachment = await tx.attachment.findUnique({
    where: { id: attachmentId },
    include: { event: { include: { conversation: { include: { resident: true } } } } },
  });
  const talk = attachment?.event.conversation;
  if (!attachment || !talk) return null;
  const { externalId, language, accountId } = talk.resident;
  return {
    ...{ externalId, language, accountId, conversationId: talk.id, state: talk.state },
    ...{ eventId: attachment.eventId, kind: attachment.event.kind },
  };
}

/** The platform would still show the file to who has its address. */
export async function forgetAddress(tx: Tx, attachmentId: bigint): Promise<void> {
  await tx.$executeRaw`
    UPDATE inbound_event e SET raw = replace(e.raw::text, trim('"' from to_json(a.source_url)::text), '')::jsonb
    FROM attachment a WHERE a.id = ${attachmentId} AND e.id = a.event_id AND a.source_url <> ''`;
  await tx.attachment.update({ where: { id: attachmentId }, data: { sourceUrl: "", name: null } });
}
