/** Which unit a report goes to, and until when it should be resolved. */
import type { Tx } from "../../../infra/db.ts";
import { workTimeOf } from "../../../residents/work-time.ts";
import { dueAfter } from "../working-time.ts";

/** The rule for this category and ward; else the ward's own unit; else the unit that was written to. */
export async function unitFor(
  tx: Tx,
  category: string,
  wardCode: string | null,
  otherwise: string,
): Promise<string> {
  const [found] = await tx.$queryRaw<{ unit: string }[]>`
    SELECT unit FROM (
      SELECT unit_code AS unit, (category IS NULL)::int + (ward_code IS NULL)::int * 2 AS distance
      FROM report_rule
      WHERE (category = ${category} OR category IS NULL) AND (ward_code = ${wardCode}::text OR ward_code IS NULL)
      UNION ALL
      SELECT code, 2.5 FROM unit WHERE area_code = ${wardCode}::text
    ) candidates ORDER BY distance, unit LIMIT 1`;
  return found?.unit ?? otherwise;
}

/** By the hours of the unit that handles it. @returns null where no deadline is set (an emergency has its number to call). */
export async function deadlineFor(
  tx: Tx,
  category: { code: string; targetHours: number },
  from: Date,
  unitCode: string,
): Promise<Date | null> {
  const setting = await tx.reportCategorySetting.findUnique({ where: { category: category.code } });
  const hours = setting?.targetHours ?? category.targetHours;
  return hours > 0 ? dueAfter(from, hours, await workTimeOf(tx, unitCode, from)) : null;
}
