/** When a unit works, out of the database: the hours its office keeps, and the days staff entered for it or for all. */
import type { Db, Tx } from "../infra/db.ts";
import { workTime, type Hours, type WorkTime } from "../infra/office-time.ts";
import { wardOfCode } from "../places/index.ts";

const DAY = 86_400_000;

/** Of one day: none, the office is closed. */
export type Stretches = { from: string; to: string }[];

/**
 * @param unitCode null: of the city
 * @param from days before it are not asked for
 */
export async function workTimeOf(tx: Db | Tx, unitCode: string | null, from: Date): Promise<WorkTime> {
  return workTimeOfOffice(tx, unitCode === null ? null : await officeOf(tx, unitCode), from);
}

/** @param office null: of the city; its own days go before those of all */
export async function workTimeOfOffice(
  tx: Db | Tx,
  office: { code: string; hours: Hours[] | null } | null,
  from: Date,
): Promise<WorkTime> {
  const day = { gte: new Date(from.getTime() - DAY) };
  const special = await tx.specialDay.findMany({ where: { day } });
  const ofAll = workTime(
    office?.hours ?? null,
    new Map(special.map((row) => [isoDay(row.day), row.isWorking])),
  );
  if (!office) return ofAll;
  const own = await tx.officeDay.findMany({ where: { officeCode: office.code, day } });
  const days = new Map(own.map((row) => [isoDay(row.day), row.hours as Stretches]));
  return (asked) => days.get(asked) ?? ofAll(asked);
}

const isoDay = (day: Date) => day.toISOString().slice(0, 10);

/** The committee of its ward. */
async function officeOf(
  tx: Db | Tx,
  unitCode: string,
): Promise<{ code: string; hours: Hours[] | null } | null> {
  const unit = await tx.unit.findUnique({ where: { code: unitCode }, select: { areaCode: true } });
  const ward = unit?.areaCode ? wardOfCode(unit.areaCode) : null;
  if (!ward) return null;
  const office = await tx.office.findFirst({
    where: { kind: "committee", ward, withdrawnAt: null },
    select: { code: true, hours: true },
    orderBy: { code: "asc" },
  });
  return office && { code: office.code, hours: (office.hours ?? null) as Hours[] | null };
}
