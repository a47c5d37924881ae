/** A report comes into being, gets a code, a unit and a deadline; others join it. */
import { nextCode } from "../../../infra/codes.ts";
import type { Tx } from "../../../infra/db.ts";
import { foldDiacritics } from "../../../language/index.ts";
import { addEvent } from "./events.ts";
import { deadlineFor, unitFor } from "./routing.ts";

/** What filing needs to know of a category; `categoryOf(code)` has it all. */
export interface CategoryFacts {
  code: string;
  targetHours: number;
  priority: keyof typeof PRIORITIES;
  public: boolean;
}
export const PRIORITIES = { low: 1, normal: 2, high: 3, emergency: 4 } as const;

export interface NewReport {
  category: CategoryFacts;
  /** The reporter's own words. */
  description: string;
  /** Where, in the reporter's words. */
  place: string;
  /** The ward as it was named, and its code of today. */
  ward?: string | null;
  wardCode?: string | null;
  street?: string | null;
  houseNumber?: string | null;
  hamlet?: string | null;
  lampPole?: string | null;
  /** WGS 84, degrees. */
  point?: { latitude: number; longitude: number } | null;
  /** Two wards meet here. */
  onBoundary?: boolean;
  reporter:
    | { kind: "resident"; residentId: bigint }
    | { kind: "counter"; staffId: number; name: string | null; phone: string | null }
    | { kind: "open311"; name: string | null; phone: string | null; email: string | null; token?: string };
  /** Who of the staff wrote it down for the resident. */
  filedBy?: number;
  /** Rows of attachment. */
  attachmentIds?: bigint[];
  /** The unit that was written to: it gets what no rule and no ward claims. */
  unitCode: string;
  at: Date;
  sample?: boolean;
  /** Not public before staff say so. */
  heldBack?: boolean;
}

export interface FiledReport {
  id: bigint;
  code: string;
  unitCode: string;
  unitName: string;
  dueAt: Date | null;
}

export async function fileReport(tx: Tx, report: NewReport): Promise<FiledReport> {
  const { category, reporter, point, at, attachmentIds = [] } = report;
  const {
    description,
    place,
    ward,
    wardCode = null,
    street,
    houseNumber,
    hamlet,
    lampPole,
    onBoundary,
  } = report;
  const unitCode = await unitFor(tx, category.code, wardCode, report.unitCode);
  const dueAt = await deadlineFor(tx, category, at, unitCode);
  const by = {
    ...(reporter.kind === "resident" ? { residentId: reporter.residentId } : {}),
    ...(reporter.kind === "counter" ? { staffId: reporter.staffId } : {}),
    ...(report.filedBy === undefined ? {} : { staffId: report.filedBy }),
  };
  const newCode = await nextCode(tx, "PA", at);
  const { id, code, unit } = await tx.report.create({
    data: {
      code: newCode,
      searchText: searchTextOf(newCode, report),
      category: category.code,
      ...{ description, place, ward, wardCode, street, houseNumber, hamlet, lampPole, onBoundary },
      ...(point ? { latitude: point.latitude, longitude: point.longitude } : {}),
      reporterKind: reporter.kind,
      ...(reporter.kind === "resident"
        ? { residentId: reporter.residentId }
        : { reporterName: reporter.name, reporterPhone: reporter.phone }),
      ...(reporter.kind === "open311"
        ? { reporterEmail: reporter.email, open311Token: reporter.token ?? null }
        : {}),
      priority: PRIORITIES[category.priority],
      isPublic: category.public && !report.heldBack,
      ...{ unitCode, dueAt, createdAt: at, stateAt: at, updatedAt: at, sample: report.sample ?? false },
    },
    select: { id: true, code: true, unit: { select: { name: true } } },
  });
  await addEvent(tx, id, { kind: "filed", state: "received", by, at, data: { unit: unitCode } });
  for (const attachmentId of attachmentIds) await addPhoto(tx, id, { attachmentId }, by, at);
  return { id, code, unitCode, unitName: unit.name, dueAt };
}

/** What staff may look for: "pa 2611 00042 den tat ba bua nay truoc so 12 nguyen hue". */
function searchTextOf(code: string, { description, place, street, lampPole, reporter }: NewReport): string {
  const person = reporter.kind === "resident" ? [] : [reporter.name, reporter.phone];
  return searchable([code, description, place, street, lampPole, ...person]);
}

/** Words only, without diacritics: a hyphen would make PostgreSQL read "-00042" as a number below zero. */
export function searchable(parts: (string | null | undefined)[]): string {
  return foldDiacritics(parts.filter(Boolean).join(" ")).replace(/[^\p{L}\p{N}]+/gu, " ");
}

/** A picture that came with the report or later; the same one again changes nothing. */
export async function addPhoto(
  tx: Tx,
  reportId: bigint,
  picture: { attachmentId: bigint } | { mediaHash: string; kind?: "told" | "before" | "after" },
  by: { staffId?: number; residentId?: bigint },
  at: Date,
): Promise<void> {
  await tx.reportPhoto.createMany({
    data: [{ reportId, ...picture, ...by, createdAt: at }],
    skipDuplicates: true,
  });
}

/** The same told by somebody else: they hear what becomes of it, their picture is added, nothing is filed twice. */
export async function joinReport(
  tx: Tx,
  reportId: bigint,
  residentId: bigint,
  { attachmentIds = [], at }: { attachmentIds?: bigint[]; at: Date },
): Promise<void> {
  const { state, residentId: reporterId } = await tx.report.findUniqueOrThrow({
    where: { id: reportId },
    select: { state: true, residentId: true },
  });
  const by = { residentId };
  for (const attachmentId of attachmentIds) await addPhoto(tx, reportId, { attachmentId }, by, at);
  if (reporterId === residentId) return;
  const { count } = await tx.reportFollower.createMany({
    data: [{ reportId, residentId, createdAt: at }],
    skipDuplicates: true,
  });
  if (count > 0) await addEvent(tx, reportId, { kind: "joined", state: state as never, by, at });
}
