/** What a reporter may still do with a report: say it is not done, say how it went, put its kind right. */
import type { Tx } from "../../../infra/db.ts";
import { mayPass, REOPEN_DAYS, type ReportState } from "../states.ts";
import { addEvent } from "./events.ts";
import { addEventAndTell } from "./news.ts";
import { PRIORITIES, type CategoryFacts } from "./filing.ts";
import { deadlineFor, unitFor } from "./routing.ts";

export type Refusal = "not_yours" | "too_late" | "not_now";

async function lockOwn(tx: Tx, reportId: bigint, residentId: bigint) {
  await tx.$queryRaw`SELECT 1 FROM report WHERE id = ${reportId} FOR UPDATE`;
  return tx.report.findFirst({ where: { id: reportId, residentId } });
}

/** Within 7 days of being resolved or rejected. @returns null when done, else why not. */
export async function reopen(
  tx: Tx,
  reportId: bigint,
  residentId: bigint,
  { note, at }: { note: string | null; at: Date },
): Promise<Refusal | null> {
  const report = await lockOwn(tx, reportId, residentId);
  if (!report) return "not_yours";
  if (!mayPass(report.state as ReportState, "reopened", "reporter")) return "not_now";
  if (at.getTime() - report.stateAt.getTime() > REOPEN_DAYS * 86_400_000) return "too_late";
  await tx.report.update({
    where: { id: reportId },
    data: {
      ...{ state: "reopened", stateAt: at, updatedAt: at, resolvedAt: null },
      ...{ rating: null, ratingComment: null, ratedAt: null, remindedAt: null, escalatedAt: null },
    },
    select: { id: true },
  });
  await addEvent(tx, reportId, { kind: "state", state: "reopened", by: { residentId }, at, note });
  return null;
}

/** How content the reporter is once it is resolved: 1 unhappy, 2 acceptable, 3 content. Said again, it replaces the first. */
export async function rate(
  tx: Tx,
  reportId: bigint,
  residentId: bigint,
  { rating, comment, at }: { rating: 1 | 2 | 3; comment: string | null; at: Date },
): Promise<Refusal | null> {
  const report = await lockOwn(tx, reportId, residentId);
  if (!report) return "not_yours";
  const state = report.state as ReportState;
  if (state !== "resolved" && state !== "closed") return "not_now";
  await tx.report.update({
    where: { id: reportId },
    data: { rating, ratingComment: comment, ratedAt: at, updatedAt: at },
    select: { id: true },
  });
  await addEvent(tx, reportId, { kind: "rated", state, by: { residentId }, at, data: { rating } });
  return null;
}

/** Until a unit has accepted it the reporter may say it is of another kind: it is routed again. */
export async function correctCategory(
  tx: Tx,
  reportId: bigint,
  residentId: bigint,
  { category, at }: { category: CategoryFacts; at: Date },
): Promise<{ refused: Refusal } | { unitName: string }> {
  const report = await lockOwn(tx, reportId, residentId);
  if (!report) return { refused: "not_yours" };
  if (report.state !== "received") return { refused: "not_now" };
  return { unitName: await changeCategory(tx, report, category, { residentId }, at) };
}

/** Another kind means another unit and another deadline. @returns the unit's name. */
export async function changeCategory(
  tx: Tx,
  report: {
    id: bigint;
    residentId: bigint | null;
    category: string;
    wardCode: string | null;
    unitCode: string;
    state: string;
    createdAt: Date;
    isPublic: boolean;
  },
  category: CategoryFacts,
  by: { residentId?: bigint; staffId?: number },
  at: Date,
): Promise<string> {
  const unitCode = await unitFor(tx, category.code, report.wardCode, await unitWrittenTo(tx, report));
  const dueAt = await deadlineFor(tx, category, report.createdAt, unitCode);
  const moves = unitCode !== report.unitCode;
  const state = moves ? "received" : (report.state as ReportState); // the new unit has not accepted it yet
  const { unit } = await tx.report.update({
    where: { id: report.id },
    data: {
      ...{ category: category.code, unitCode, dueAt, state, updatedAt: at },
      priority: PRIORITIES[category.priority],
      isPublic: report.isPublic && category.public,
      ...(moves ? { assigneeId: null, stateAt: at } : {}),
    },
    select: { unit: { select: { name: true } } },
  });
  const data = { from: report.category, category: category.code, unit: unitCode, unitName: unit.name };
  await addEventAndTell(tx, report.id, { kind: "category", state, by, at, data });
  return unit.name;
}

async function unitWrittenTo(
  tx: Tx,
  report: { residentId: bigint | null; unitCode: string },
): Promise<string> {
  if (report.residentId === null) return report.unitCode;
  const { account } = await tx.resident.findUniqueOrThrow({
    where: { id: report.residentId },
    select: { account: { select: { unitCode: true } } },
  });
  return account.unitCode;
}
