/** When a unit works, out of the database: the hours its office keeps, and the days staff entered. */
import type { Db, Tx } from "../infra/db.ts";
import { workTime, type Hours, type WorkTime } from "../infra/office-time.ts";
import { wardOfCode } from "../places/index.ts";

const DAY = 86_400_000;

/**
 * @param unitCode null: of the city
 * @param from days before it are not asked for
 */
export async function workTimeOf(tx: Db | Tx, unitCode: string | null, from: Date): Promise<WorkTime> {
  const special = await tx.specialDay.findMany({ where: { day: { gte: new Date(from.getTime() - DAY) } } });
  const days = new Map(special.map(({ day, isWorking }) => [day.toISOString().slice(0, 10), isWorking]));
  return workTime(unitCode === null ? null : await hoursOf(tx, unitCode), days);
}

/** Those of the committee of its ward. */
async function hoursOf(tx: Db | Tx, unitCode: string): Promise<Hours[] | null> {
  const unit = await tx.unit.findUnique({ where: { code: unitCode }, select: { areaCode: true } });
  const ward = unit?.areaCode ? wardOfCode(unit.areaCode) : null;
  if (!ward) return null;
  const office = await tx.office.findFirst({
    where: { kind: "committee", ward, withdrawnAt: null },
    select: { hours: true },
    orderBy: { code: "asc" },
  });
  return (office?.hours ?? null) as Hours[] | null;
}
