/** Which unit a report goes to, and until when it should be resolved. */
import type { Tx } from "../../../infra/db.ts";
import { isPublicHoliday, isWeekend } from "../../../infra/holidays.ts";
import { dueAfter, type IsWorkingDay } from "../working-time.ts";

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

/** @returns null where no deadline is set (an emergency has its number to call). */
export async function deadlineFor(
  tx: Tx,
  category: { code: string; targetHours: number },
  from: Date,
): Promise<Date | null> {
  const setting = await tx.reportCategorySetting.findUnique({ where: { category: category.code } });
  const hours = setting?.targetHours ?? category.targetHours;
  return hours > 0 ? dueAfter(from, hours, await workingDays(tx, from)) : null;
}

async function workingDays(tx: Tx, from: Date): Promise<IsWorkingDay> {
  const special = await tx.specialDay.findMany({ where: { day: { gte: new Date(from.getTime() - DAY) } } });
  const known = new Map(special.map(({ day, isWorking }) => [day.toISOString().slice(0, 10), isWorking]));
  return (day) => known.get(day) ?? isUsuallyWorked(day);
}

/** As the calendar says, without what staff entered. */
export const isUsuallyWorked: IsWorkingDay = (day) => !(isWeekend(day) || isPublicHoliday(day));

const DAY = 86_400_000;
