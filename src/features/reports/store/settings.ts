/** What leading staff set: who handles what, in how long, with which words, and the days the office is closed. */
import { audit } from "../../../console/audit/audit.ts";
import type { Tx } from "../../../infra/db.ts";
import type { ReportState } from "../states.ts";

interface Setter {
  id: number;
}

export const readRules = (tx: Tx) =>
  tx.reportRule.findMany({
    orderBy: [{ category: "asc" }, { wardCode: "asc" }],
    include: { unit: { select: { name: true } } },
  });

/** A rule for the same category and ward replaces the one before. */
export async function setRule(
  tx: Tx,
  staff: Setter,
  rule: { category: string | null; wardCode: string | null; unitCode: string },
): Promise<void> {
  await tx.reportRule.deleteMany({ where: { category: rule.category, wardCode: rule.wardCode } });
  await tx.reportRule.create({ data: rule });
  await audit(tx, staff, "report.rule.set", `unit:${rule.unitCode}`, {
    category: rule.category,
    ward: rule.wardCode,
  });
}

export async function dropRule(tx: Tx, staff: Setter, id: number): Promise<void> {
  await tx.reportRule.deleteMany({ where: { id } });
  await audit(tx, staff, "report.rule.drop", `rule:${id}`);
}

export const readCategorySettings = (tx: Tx) => tx.reportCategorySetting.findMany();

/** @param setting null where the shipped value stays. */
export async function setCategory(
  tx: Tx,
  staff: Setter,
  setting: { category: string; targetHours: number | null; radius: number | null },
): Promise<void> {
  const { category, ...data } = setting;
  await tx.reportCategorySetting.upsert({ where: { category }, create: setting, update: data });
  await audit(tx, staff, "report.category.set", `category:${category}`, data);
}

export interface Template {
  id: number;
  category: string | null;
  state: ReportState;
  title: string;
  text: string;
}

export async function readTemplates(tx: Tx): Promise<Template[]> {
  const rows = await tx.reportTemplate.findMany({ orderBy: [{ state: "asc" }, { title: "asc" }] });
  return rows.map((row) => ({ ...row, state: row.state as ReportState }));
}

export async function addTemplate(tx: Tx, staff: Setter, template: Omit<Template, "id">): Promise<void> {
  const { id } = await tx.reportTemplate.create({ data: template });
  await audit(tx, staff, "report.template.add", `template:${id}`);
}

export async function dropTemplate(tx: Tx, staff: Setter, id: number): Promise<void> {
  await tx.reportTemplate.deleteMany({ where: { id } });
  await audit(tx, staff, "report.template.drop", `template:${id}`);
}

/** From this day on, those that are past are of no use any more. */
export const readSpecialDays = (tx: Tx, from: Date) =>
  tx.specialDay.findMany({ where: { day: { gte: from } }, orderBy: { day: "asc" } });

export async function setSpecialDay(
  tx: Tx,
  staff: Setter,
  { day, name, isWorking }: { day: Date; name: string; isWorking: boolean },
): Promise<void> {
  await tx.specialDay.upsert({
    where: { day },
    create: { day, name, isWorking },
    update: { name, isWorking },
  });
  await audit(tx, staff, "report.day.set", day.toISOString().slice(0, 10), { isWorking });
}

export async function dropSpecialDay(tx: Tx, staff: Setter, day: Date): Promise<void> {
  await tx.specialDay.deleteMany({ where: { day } });
  await audit(tx, staff, "report.day.drop", day.toISOString().slice(0, 10));
}

export const readPrograms = (tx: Tx) =>
  tx.open311Key.findMany({
    orderBy: { id: "asc" },
    select: { id: true, name: true, moderated: true, createdAt: true, revokedAt: true },
  });

export async function revokeProgram(tx: Tx, staff: Setter, id: number, at: Date): Promise<void> {
  await tx.open311Key.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: at } });
  await audit(tx, staff, "open311.key.revoke", `key:${id}`);
}

export const readViews = (tx: Tx, staffId: number) =>
  tx.reportView.findMany({ where: { staffId }, orderBy: { name: "asc" } });

/** The same name again replaces what it stood for. */
export async function keepView(tx: Tx, staffId: number, name: string, query: string): Promise<void> {
  const key = { staffId_name: { staffId, name } };
  await tx.reportView.upsert({ where: key, create: { staffId, name, query }, update: { query } });
}

export async function dropView(tx: Tx, staffId: number, id: number): Promise<void> {
  await tx.reportView.deleteMany({ where: { id, staffId } });
}
