/** Deadlines count the hours an office works: no nights, week-ends or holidays. */
import { DateTime } from "luxon";
import { ZONE } from "../../infra/clock.ts";

/** Eight hours a day in two halves, as offices of the south keep them. */
const HALVES = [
  { from: 7, to: 11 },
  { from: 13, to: 17 },
];
const HOURS_A_DAY = 8;

/** Is this day ("2026-11-25") worked? */
export type IsWorkingDay = (day: string) => boolean;

/**
 * When something due in `targetHours` is due. Targets speak of days as 24 hours (72 is three days): each such day is one
 * working day of eight hours, what is left over counts hour by hour, eight at most.
 */
export function dueAfter(start: Date, targetHours: number, isWorkingDay: IsWorkingDay): Date {
  const hours = Math.floor(targetHours / 24) * HOURS_A_DAY + Math.min(targetHours % 24, HOURS_A_DAY);
  return addWorkingHours(start, hours, isWorkingDay);
}

/** @param hours at least 0, whole or not. */
export function addWorkingHours(start: Date, hours: number, isWorkingDay: IsWorkingDay): Date {
  let left = hours * 3_600_000;
  let day = DateTime.fromJSDate(start, { zone: ZONE }).startOf("day");
  // two years of holidays: a table of special days that leaves no day to work must not hang the service
  for (let days = 0; days < 731; days++, day = day.plus({ days: 1 })) {
    if (!isWorkingDay(day.toISODate()!)) continue;
    for (const { from, to } of HALVES) {
      const begin = Math.max(day.set({ hour: from }).toMillis(), start.getTime());
      const room = day.set({ hour: to }).toMillis() - begin;
      if (room <= 0) continue;
      if (left <= room) return new Date(begin + left);
      left -= room;
    }
  }
  return day.toJSDate();
}
