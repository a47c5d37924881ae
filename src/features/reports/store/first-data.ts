/** What a new installation begins with: answer templates everywhere, sample reports in demo mode. */
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { yearMonth } from "../../../infra/clock.ts";
import type { Db, Prisma } from "../../../infra/db.ts";
import { codeOfWard, wardAt } from "../../../places/index.ts";
import { categoryOf } from "../categories.ts";
import { SAMPLE_REPORTS, type SampleReport } from "../sample-reports.ts";
import { STATES, type ReportState } from "../states.ts";
import { workTime } from "../../../infra/office-time.ts";
import { dueAfter } from "../working-time.ts";
import { PRIORITIES, searchable } from "./filing.ts";

const templateFile = new URL("../../../../intents/report-templates.yml", import.meta.url);
const templates = z.object({
  templates: z.array(
    z.strictObject({
      category: z.string().optional(),
      state: z.enum(STATES),
      title: z.string(),
      text: z.string(),
    }),
  ),
});

/** Only where there are none: what staff changed stays. */
export async function ensureTemplates(db: Db): Promise<void> {
  if (await db.reportTemplate.findFirst({ select: { id: true } })) return;
  const shipped = templates.parse(parse(readFileSync(templateFile, "utf8")));
  await db.reportTemplate.createMany({ data: shipped.templates });
}

const HOUR = 3_600_000;

/** Few statements, once, on an empty table. */
export async function ensureSampleReports(db: Db, now: Date): Promise<void> {
  if (await db.report.findFirst({ select: { id: true } })) return;
  const inOrder = [...SAMPLE_REPORTS].sort((one, other) => other.hoursAgo - one.hoursAgo);
  const counters = new Map<string, number>();
  const rows = inOrder.map((report) => {
    const filed = new Date(now.getTime() - report.hoursAgo * HOUR);
    const month = yearMonth(filed);
    const number = (counters.get(month) ?? 0) + 1;
    counters.set(month, number);
    const code = `PA-${month}-${String(number).padStart(5, "0")}`;
    return { report, code, filed, steps: stepsOf(report, filed, now) };
  });
  const units = await db.unit.findMany({ where: { areaCode: { not: null } } });
  const unitOf = new Map(units.map(({ areaCode, code }) => [areaCode, code]));
  await db.$transaction(async (tx) => {
    await tx.codeCounter.createMany({
      data: [...counters].map(([month, last]) => ({ prefix: "PA", month, last })),
      skipDuplicates: true,
    });
    const created = await tx.report.createManyAndReturn({
      data: rows.map(({ report, code, filed, steps }) => rowOf(report, code, filed, steps, unitOf)),
      select: { id: true, code: true },
    });
    const ids = new Map(created.map(({ id, code }) => [code, id]));
    await tx.reportEvent.createMany({
      data: rows.flatMap(({ code, steps }) => steps.map((step) => ({ reportId: ids.get(code)!, ...step }))),
    });
  });
}

interface SampleStep {
  at: Date;
  kind: string;
  state: ReportState;
  note: string | null;
  isPublic: boolean;
}

const ROADS: Record<ReportState, ReportState[]> = {
  received: [],
  assigned: ["assigned"],
  in_progress: ["assigned", "in_progress"],
  resolved: ["assigned", "in_progress", "resolved"],
  closed: ["assigned", "in_progress", "resolved", "closed"],
  rejected: ["rejected"],
  reopened: ["assigned", "in_progress", "resolved", "reopened"],
  duplicate: [],
};

/** The report's whole way, spread over the time since it was filed. */
function stepsOf({ state, told }: SampleReport, filed: Date, now: Date): SampleStep[] {
  const road = ROADS[state];
  const speaking = state === "closed" || state === "reopened" ? "resolved" : state;
  const span = now.getTime() - filed.getTime();
  const steps = road.map((next, at): SampleStep => {
    const note = next === speaking ? (told ?? null) : null;
    const moment = new Date(filed.getTime() + (span * (at + 0.6)) / (road.length + 0.4));
    return { at: moment, kind: "state", state: next, note, isPublic: note !== null };
  });
  return [{ at: filed, kind: "filed", state: "received", note: null, isPublic: false }, ...steps];
}

function rowOf(
  report: SampleReport,
  code: string,
  filed: Date,
  steps: SampleStep[],
  unitOf: Map<string | null, string>,
): Prisma.ReportCreateManyInput {
  const { street, house = null, hamlet = null, lampPole = null, latitude, longitude, said, state } = report;
  const category = categoryOf(report.category);
  const ward = wardAt(report).ward!;
  const wardCode = codeOfWard(ward);
  const place = [house, street, hamlet, ward].filter(Boolean).join(", ");
  const { targetHours } = category;
  return {
    ...{ code, category: report.category, description: said, place, ward, street, hamlet, lampPole },
    ...{ latitude, longitude, state, houseNumber: house, createdAt: filed, updatedAt: steps.at(-1)!.at },
    wardCode,
    unitCode: unitOf.get(wardCode) ?? "DO-THI",
    stateAt: steps.at(-1)!.at,
    resolvedAt: state === "reopened" ? null : (steps.find((step) => step.state === "resolved")?.at ?? null),
    dueAt: targetHours > 0 ? dueAfter(filed, targetHours, workTime(null)) : null,
    priority: report.priority ?? PRIORITIES[category.priority],
    isPublic: category.public,
    publicDescription: report.published ?? null,
    rating: report.rating ?? null,
    ratedAt: report.rating ? steps.at(-1)!.at : null,
    searchText: searchable([code, said, place]),
    sample: true,
  };
}
