/** Days are counted from 1970-01-01 in the residents’ own clock, which is seven hours ahead all year round. */
const DAY = 86_400_000;
const VIETNAM = 7 * 3_600_000; // Asia/Ho_Chi_Minh has had no other offset since 1975

export function dayOf(moment: Date): number {
  return Math.floor((moment.getTime() + VIETNAM) / DAY);
}

/** The day’s number, or null where the calendar has no such day. */
export function isCalendarDay(year: number, month: number, day: number): number | null {
  const time = Date.UTC(year, month - 1, day);
  const back = new Date(time);
  const same = back.getUTCMonth() === month - 1 && back.getUTCDate() === day;
  return same && year >= 1900 && year <= 2100 ? time / DAY : null;
}

export function partsOf(day: number): { year: number; month: number; day: number; weekday: number } {
  const date = new Date(day * DAY);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: (date.getUTCDay() + 6) % 7, // Monday is 0
  };
}

/** YYYY-MM-DD */
export function isoDay(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}
