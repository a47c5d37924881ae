/** Is an office open on a day? What the calendar, the law and the staff say of it. */
import { DateTime } from "luxon";
import { ZONE } from "../../infra/clock.ts";
import { isPublicHoliday } from "../../infra/holidays.ts";
import type { Hours } from "../../infra/office-time.ts";

export type DayKind = "worked" | "holiday" | "saturday" | "sunday" | "special_off" | "special_worked";

export function dayKind(day: string, special: { isWorking: boolean } | null): DayKind {
  if (special) return special.isWorking ? "special_worked" : "special_off";
  if (isPublicHoliday(day)) return "holiday";
  const weekday = DateTime.fromISO(day).weekday;
  return weekday === 6 ? "saturday" : weekday === 7 ? "sunday" : "worked";
}

export const today = (now: Date) => DateTime.fromJSDate(now, { zone: ZONE }).toISODate()!;

/** "thứ Hai đến thứ Sáu: 07:00–11:00, 13:00–17:00", a line for each pattern of days. */
export function hoursInLines(hours: Hours[]): string[] {
  const byDays = new Map<string, string[]>();
  for (const { days, from, to } of hours) {
    const name = daysInWords(days);
    byDays.set(name, [...(byDays.get(name) ?? []), `${from}–${to}`]);
  }
  return [...byDays].map(([days, times]) => `${days}: ${times.join(", ")}`);
}

const NAMES = ["", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"];

export const weekdayName = (day: string) => NAMES[DateTime.fromISO(day).weekday]!;

function daysInWords(days: number[]): string {
  const sorted = [...days].sort();
  const isRun = sorted.length > 2 && sorted.every((day, at) => at === 0 || day === sorted[at - 1]! + 1);
  if (isRun) return `${NAMES[sorted[0]!]} đến ${NAMES[sorted.at(-1)!]}`;
  return sorted.map((day) => NAMES[day]).join(", ");
}
