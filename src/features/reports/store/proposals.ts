/** A lamp tells that it works: staff are offered to close the report of it, and decide. */
import { audit } from "../../../console/audit/audit.ts";
import { Prisma, type Tx } from "../../../infra/db.ts";
import { isOpen, mayPass, OPEN_STATES, type ReportState } from "../states.ts";
import { addEvent } from "./events.ts";
import { changeState, type StaffRefusal, type Worker } from "./staff-deeds.ts";

export interface LampWorks {
  lampPole: string;
  /** Since when. */
  since: Date;
  /** When it told so. */
  at: Date;
}

/**
 * One proposal for each open report of the lamp that was filed before it told so. What staff refused is not proposed again
 * while the lamp goes on working.
 */
export async function proposeClosing(tx: Tx, { lampPole, since, at }: LampWorks): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO report_proposal (report_id, lamp_pole, since, at)
    SELECT id, ${lampPole}, ${since}, ${at} FROM report
    WHERE lamp_pole = ${lampPole} AND state IN (${Prisma.join([...OPEN_STATES])}) AND created_at < ${at}
      AND NOT EXISTS (
        SELECT 1 FROM report_proposal p
        WHERE p.report_id = report.id AND (p.outcome IS NULL OR (p.outcome = 'refused' AND p.at >= ${since})))
    ON CONFLICT DO NOTHING`;
}

/** It failed again: what waited is not true any more. */
export async function withdrawProposals(tx: Tx, lampPole: string, at: Date): Promise<void> {
  await tx.reportProposal.updateMany({
    where: { lampPole, outcome: null },
    data: { outcome: "withdrawn", decidedAt: at },
  });
}

export interface Proposal {
  id: bigint;
  lampPole: string;
  since: Date;
  at: Date;
}

export const waitingProposal = (tx: Tx, code: string): Promise<Proposal | null> =>
  tx.reportProposal.findFirst({
    where: { outcome: null, report: { code, state: { in: [...OPEN_STATES] } } },
    select: { id: true, lampPole: true, since: true, at: true },
  });

/** Reports that wait for a decision, within the units the person may see. */
export async function proposedReports(
  tx: Tx,
  units: string[],
): Promise<{ code: string; lampPole: string }[]> {
  const rows = await tx.reportProposal.findMany({
    where: { outcome: null, report: { unitCode: { in: units }, state: { in: [...OPEN_STATES] } } },
    select: { lampPole: true, report: { select: { code: true } } },
    orderBy: { at: "asc" },
    take: 50,
  });
  return rows.map(({ lampPole, report }) => ({ lampPole, code: report.code }));
}

/** Agreed: resolved, with the words everybody may read. Refused: it stays as it is. */
export async function decideProposal(
  tx: Tx,
  code: string,
  worker: Worker,
  { id, agrees, noteOf, at }: { id: bigint; agrees: boolean; noteOf(lampPole: string): string; at: Date },
): Promise<StaffRefusal | null> {
  await tx.$queryRaw`SELECT 1 FROM report WHERE code = ${code} FOR UPDATE`;
  const report = await tx.report.findFirst({ where: { code, unitCode: { in: worker.units } } });
  if (!report) return "not_found";
  const state = report.state as ReportState;
  const proposal = await tx.reportProposal.findFirst({ where: { id, reportId: report.id, outcome: null } });
  if (!proposal || !isOpen(state)) return "not_now";
  await tx.reportProposal.update({
    where: { id },
    data: { outcome: agrees ? "agreed" : "refused", staffId: worker.id, decidedAt: at },
  });
  if (!agrees) {
    await audit(tx, worker, "report.proposal.refuse", code);
    return null;
  }
  await audit(tx, worker, "report.proposal.agree", code);
  if (!mayPass(state, "resolved", "staff")) {
    // nobody had taken it yet: whoever agrees has
    await tx.report.update({
      where: { id: report.id },
      data: { state: "in_progress" },
      select: { id: true },
    });
    await addEvent(tx, report.id, { kind: "state", state: "in_progress", by: { staffId: worker.id }, at });
  }
  return changeState(tx, code, worker, { to: "resolved", note: noteOf(proposal.lampPole), at });
}
