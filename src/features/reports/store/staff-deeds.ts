/**
 * What staff do with a report. Every deed locks the report within the units the person may see, is an event that stays,
 * and stands in the audit log; what concerns residents is told to all who care.
 */
import { audit } from "../../../console/audit/audit.ts";
import type { Prisma, Tx } from "../../../infra/db.ts";
import { categories } from "../categories.ts";
import { isOpen, mayPass, type ReportState } from "../states.ts";
import { addEvent } from "./events.ts";
import { addPhoto, PRIORITIES, type CategoryFacts } from "./filing.ts";
import { addEventAndTell } from "./news.ts";
import { changeCategory } from "./residents-deeds.ts";

/** The person at work; `units` is what they may see. */
export interface Worker {
  id: number;
  units: string[];
}

export type StaffRefusal =
  /** There is none, or it belongs to another unit: not told apart. */
  | "not_found"
  /** The state does not allow it (any more). */
  | "not_now"
  /** A rejection says why; an update says something. */
  | "words_missing"
  | "no_such_unit"
  | "no_such_person"
  | "no_such_report"
  | "same_report";

type Outcome = Promise<StaffRefusal | null>;
type Row = Prisma.ReportGetPayload<object>;

async function lockInScope(tx: Tx, code: string, worker: Worker): Promise<Row | null> {
  await tx.$queryRaw`SELECT 1 FROM report WHERE code = ${code} FOR UPDATE`;
  return tx.report.findFirst({ where: { code, unitCode: { in: worker.units } } });
}

const stateOf = (report: Row) => report.state as ReportState;

async function update(tx: Tx, report: Row, data: Prisma.ReportUncheckedUpdateInput, at: Date) {
  await tx.report.update({
    where: { id: report.id },
    data: { ...data, updatedAt: at },
    select: { id: true },
  });
}

/** Takes a report to another state, with what the public is told of it. Merging has its own deed. */
export async function changeState(
  tx: Tx,
  code: string,
  worker: Worker,
  { to, note, at }: { to: ReportState; note: string | null; at: Date },
): Outcome {
  const report = await lockInScope(tx, code, worker);
  if (!report) return "not_found";
  if (to === "duplicate" || !mayPass(stateOf(report), to, "staff")) return "not_now";
  if (to === "rejected" && !note) return "words_missing";
  await update(
    tx,
    report,
    {
      ...{ state: to, stateAt: at },
      ...(to === "resolved" ? { resolvedAt: at } : {}),
      ...(to === "reopened"
        ? { resolvedAt: null, mergedIntoId: null, remindedAt: null, escalatedAt: null }
        : {}),
    },
    at,
  );
  const event = {
    kind: "state",
    state: to,
    by: { staffId: worker.id },
    at,
    note,
    isPublic: Boolean(note),
  } as const;
  await (isTold(to) ? addEventAndTell : addEvent)(tx, report.id, event);
  await audit(tx, worker, "report.state", code, { from: report.state, to });
  return null;
}

/** Giving it back and closing after a week of silence concern nobody outside. */
const isTold = (to: ReportState) => to !== "received" && to !== "closed";

/** Accepts it for a unit (one's own, or another's), perhaps for a person of it. */
export async function assign(
  tx: Tx,
  code: string,
  worker: Worker,
  { unitCode, assigneeId, at }: { unitCode: string; assigneeId: number | null; at: Date },
): Outcome {
  const report = await lockInScope(tx, code, worker);
  if (!report) return "not_found";
  if (!isOpen(stateOf(report))) return "not_now";
  const unit = await tx.unit.findUnique({ where: { code: unitCode } });
  if (!unit) return "no_such_unit";
  if (assigneeId !== null && !(await worksFor(tx, assigneeId, unitCode))) return "no_such_person";
  const moves = unitCode !== report.unitCode;
  const isNew = moves || report.state === "received" || report.state === "reopened";
  const state = isNew ? "assigned" : stateOf(report);
  await update(tx, report, { unitCode, assigneeId, state, ...(isNew ? { stateAt: at } : {}) }, at);
  const data = { unit: unitCode, unitName: unit.name, ...(moves ? { from: report.unitCode } : {}) };
  const by = { staffId: worker.id };
  if (isNew) await addEventAndTell(tx, report.id, { kind: "state", state, by, at, data });
  if (assigneeId !== report.assigneeId) {
    await addEvent(tx, report.id, { kind: "assignee", state, by, at, data: { to: assigneeId } });
  }
  await audit(tx, worker, "report.assign", code, { unit: unitCode, assignee: assigneeId });
  return null;
}

/** Somebody of the unit or of one above it. */
async function worksFor(tx: Tx, staffId: number, unitCode: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    WITH RECURSIVE above AS (
      SELECT code, parent_code FROM unit WHERE code = ${unitCode}
      UNION SELECT unit.code, unit.parent_code FROM unit JOIN above ON unit.code = above.parent_code
    )
    SELECT 1 FROM staff WHERE id = ${staffId} AND disabled_at IS NULL AND unit_code IN (SELECT code FROM above)`;
  return rows.length > 0;
}

/** A line for colleagues, or one that everybody may read and those who care are told. */
export async function addNote(
  tx: Tx,
  code: string,
  worker: Worker,
  { text, isPublic, at }: { text: string; isPublic: boolean; at: Date },
): Outcome {
  const report = await lockInScope(tx, code, worker);
  if (!report) return "not_found";
  if (!text) return "words_missing";
  const event = { state: stateOf(report), by: { staffId: worker.id }, at, note: text } as const;
  if (isPublic) await addEventAndTell(tx, report.id, { ...event, kind: "update", isPublic: true });
  else await addEvent(tx, report.id, { ...event, kind: "note" });
  await update(tx, report, {}, at);
  await audit(tx, worker, isPublic ? "report.update" : "report.note", code);
  return null;
}

/** Staff put the kind right: another unit and deadline, and the reporter is told. */
export async function correctCategoryByStaff(
  tx: Tx,
  code: string,
  worker: Worker,
  { category, at }: { category: CategoryFacts; at: Date },
): Outcome {
  const report = await lockInScope(tx, code, worker);
  if (!report) return "not_found";
  if (!isOpen(stateOf(report)) || report.category === category.code) return "not_now";
  await changeCategory(tx, report, category, { staffId: worker.id }, at);
  await audit(tx, worker, "report.category", code, { from: report.category, to: category.code });
  return null;
}

/** A report's words as a resident wrote them in a talk; null: it was filed at the counter, by a program, or without words. */
export async function toldInTalk(tx: Tx, code: string): Promise<{ residentId: bigint; text: string } | null> {
  const { residentId, description: text } = await tx.report.findUniqueOrThrow({ where: { code } });
  const isOwn = !categories.some(({ name }) => name.vi === text);
  return residentId !== null && isOwn ? { residentId, text } : null;
}

export async function setPriority(
  tx: Tx,
  code: string,
  worker: Worker,
  { priority, at }: { priority: keyof typeof PRIORITIES; at: Date },
): Outcome {
  const report = await lockInScope(tx, code, worker);
  if (!report) return "not_found";
  await update(tx, report, { priority: PRIORITIES[priority] }, at);
  await audit(tx, worker, "report.priority", code, { to: priority });
  return null;
}

/** Another deadline than the kind's, with the reason for colleagues. */
export async function setDeadline(
  tx: Tx,
  code: string,
  worker: Worker,
  { dueAt, note, at }: { dueAt: Date; note: string | null; at: Date },
): Outcome {
  const report = await lockInScope(tx, code, worker);
  if (!report) return "not_found";
  if (!isOpen(stateOf(report))) return "not_now";
  await update(tx, report, { dueAt, remindedAt: null, escalatedAt: null }, at);
  const data = { from: report.dueAt?.toISOString() ?? null, to: dueAt.toISOString() };
  await addEvent(tx, report.id, {
    kind: "due",
    state: stateOf(report),
    by: { staffId: worker.id },
    at,
    note,
    data,
  });
  await audit(tx, worker, "report.deadline", code, data);
  return null;
}

/** A picture of the place before or after the work; public only once chosen. */
export async function addPhotoByStaff(
  tx: Tx,
  code: string,
  worker: Worker,
  { mediaHash, kind, at }: { mediaHash: string; kind: "before" | "after"; at: Date },
): Outcome {
  const report = await lockInScope(tx, code, worker);
  if (!report) return "not_found";
  const by = { staffId: worker.id };
  await addPhoto(tx, report.id, { mediaHash, kind }, by, at);
  await addEvent(tx, report.id, { kind: "photo", state: stateOf(report), by, at, data: { kind } });
  await audit(tx, worker, "report.photo", code, { kind });
  return null;
}

export interface Publication {
  isPublic: boolean;
  title: string | null;
  description: string | null;
  /** The exact point and house number may be seen. */
  exact: boolean;
  /** Pictures everybody may see, by id. */
  photoIds: bigint[];
}

/** What the public page shows. */
export async function publish(
  tx: Tx,
  code: string,
  worker: Worker,
  { isPublic, title, description, exact, photoIds, at }: Publication & { at: Date },
): Outcome {
  const report = await lockInScope(tx, code, worker);
  if (!report) return "not_found";
  await update(
    tx,
    report,
    { isPublic, publicTitle: title, publicDescription: description, publicExact: exact },
    at,
  );
  await tx.reportPhoto.updateMany({ where: { reportId: report.id }, data: { isPublic: false } });
  const { count } = await tx.reportPhoto.updateMany({
    where: { reportId: report.id, id: { in: photoIds } },
    data: { isPublic: true },
  });
  const data = { isPublic, exact, photos: count };
  await addEvent(tx, report.id, {
    ...{ kind: "published", state: stateOf(report), by: { staffId: worker.id }, at, data },
  });
  await audit(tx, worker, "report.publish", code, data);
  return null;
}

/** It tells the same as another: whoever told it follows that one from now on. */
export async function mergeInto(
  tx: Tx,
  code: string,
  worker: Worker,
  { intoCode, at }: { intoCode: string; at: Date },
): Outcome {
  const report = await lockInScope(tx, code, worker);
  if (!report) return "not_found";
  const into = await tx.report.findUnique({ where: { code: intoCode } });
  if (!into) return "no_such_report";
  if (into.id === report.id || into.mergedIntoId !== null) return "same_report";
  if (!mayPass(stateOf(report), "duplicate", "staff")) return "not_now";
  await update(tx, report, { state: "duplicate", stateAt: at, mergedIntoId: into.id }, at);
  // reports merged into this one before, and all who told of them, go along
  await tx.report.updateMany({ where: { mergedIntoId: report.id }, data: { mergedIntoId: into.id } });
  await tx.$executeRaw`
    INSERT INTO report_follower (report_id, resident_id, created_at)
    SELECT ${into.id}::bigint, resident_id, ${at} FROM (
      SELECT resident_id FROM report WHERE id = ${report.id}
      UNION SELECT resident_id FROM report_follower WHERE report_id = ${report.id}
    ) who WHERE resident_id IS NOT NULL AND resident_id IS DISTINCT FROM ${into.residentId}::bigint
    ON CONFLICT DO NOTHING`;
  const by = { staffId: worker.id };
  const data = { mergedInto: intoCode };
  await addEventAndTell(tx, report.id, { kind: "merged", state: "duplicate", by, at, data });
  await addEvent(tx, into.id, { kind: "merged", state: stateOf(into), by, at, data: { from: code } });
  await audit(tx, worker, "report.merge", code, data);
  return null;
}
