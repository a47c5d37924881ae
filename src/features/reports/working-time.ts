/** Deadlines count the hours an office works: no nights, week-ends or holidays. */
import { DateTime } from "luxon";
import { ZONE } from "../../infra/clock.ts";
import { hoursOn, momentOf, type WorkTime } from "../../infra/office-time.ts";

/**
 * When something due in `targetHours` is due. Targets speak of days as 24 hours (72 is three days): each such day is one
 * working day, what is left over counts hour by hour, a working day at most.
 */
export function dueAfter(start: Date, targetHours: number, workTime: WorkTime): Date {
  const aDay = usualDay(start, workTime);
  const hours = Math.floor(targetHours / 24) * aDay + Math.min(targetHours % 24, aDay);
  return addWorkingHours(start, hours, workTime);
}

/** How long the longest day of the coming week is worked, hours. */
function usualDay(start: Date, workTime: WorkTime): number {
  const first = DateTime.fromJSDate(start, { zone: ZONE }).startOf("day");
  const week = Array.from({ length: 7 }, (_, days) => hoursOn(workTime(first.plus({ days }).toISODate()!)));
  return Math.max(...week) || EIGHT;
}
/** A week without a working day still has a length for one, hours. */
const EIGHT = 8;

/** @param hours at least 0, whole or not. */
export function addWorkingHours(start: Date, hours: number, workTime: WorkTime): Date {
  let left = hours * 3_600_000;
  let day = DateTime.fromJSDate(start, { zone: ZONE }).startOf("day");
  // two years of holidays: a table of special days that leaves no day to work must not hang the service
  for (let days = 0; days < 731; days++, day = day.plus({ days: 1 })) {
    const date = day.toISODate()!;
    for (const { from, to } of workTime(date)) {
      const begin = Math.max(momentOf(date, from), start.getTime());
      const room = momentOf(date, to) - begin;
      if (room <= 0) continue;
      if (left <= room) return new Date(begin + left);
      left -= room;
    }
  }
  return day.toJSDate();
}
