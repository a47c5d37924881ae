/** Is an office open on a day, and when again? What the calendar, the law and the staff say of it. */
import { DateTime } from "luxon";
import { ZONE } from "../../infra/clock.ts";
import { isPublicHoliday } from "../../infra/holidays.ts";
import { momentOf, type Hours, type WorkTime } from "../../infra/office-time.ts";
import type { Wording } from "../../dialogue/types.ts";
import { nextOpening, sayWhen } from "../../residents/office-hours.ts";

export type DayKind = "worked" | "holiday" | "saturday" | "sunday" | "special_off" | "special_worked";

/** A day somebody entered, for all offices or for this one. */
export interface EnteredDay {
  name: string;
  isWorking: boolean;
}

export function dayKind(day: string, special: Pick<EnteredDay, "isWorking"> | null): DayKind {
  if (special) return special.isWorking ? "special_worked" : "special_off";
  if (isPublicHoliday(day)) return "holiday";
  const weekday = DateTime.fromISO(day).weekday;
  return weekday === 6 ? "saturday" : weekday === 7 ? "sunday" : "worked";
}

export const today = (now: Date) => DateTime.fromJSDate(now, { zone: ZONE }).toISODate()!;

export const dayAfter = (day: string) => DateTime.fromISO(day).plus({ days: 1 }).toISODate()!;

/** "thứ Hai đến thứ Sáu: 07:00–11:00, 13:00–17:00", a line for each pattern of days. */
export function hoursInLines(hours: Hours[], say: Wording): string[] {
  const times = new Map<number, string>();
  for (let weekday = 1; weekday <= 7; weekday++) {
    const kept = hours.filter(({ days }) => days.includes(weekday));
    if (kept.length > 0) times.set(weekday, stretchesInWords(kept));
  }
  const patterns = [...new Set(times.values())];
  return patterns.map((pattern) => {
    const days = [...times].filter(([, each]) => each === pattern).map(([weekday]) => weekday);
    return `${daysInWords(days, say)}: ${pattern}`;
  });
}

export const stretchesInWords = (stretches: readonly { from: string; to: string }[]) =>
  [...stretches]
    .sort((one, other) => one.from.localeCompare(other.from))
    .map(({ from, to }) => `${from}–${to}`)
    .join(", ");

const nameOf = (weekday: number, say: Wording) => say(`hours.weekday.${weekday}`);

/** "thứ Hai 30/11/2026" */
export const dayInWords = (day: string, say: Wording) =>
  `${nameOf(DateTime.fromISO(day).weekday, say)} ${DateTime.fromISO(day).toFormat("dd/MM/yyyy")}`;

function daysInWords(days: number[], say: Wording): string {
  const isRun = days.length > 2 && days.every((day, at) => at === 0 || day === days[at - 1]! + 1);
  if (isRun) return say("offices.fromTo", { from: nameOf(days[0]!, say), to: nameOf(days.at(-1)!, say) });
  return days.map((day) => nameOf(day, say)).join(", ");
}

/** The end of the stretch that is open now, "11:00"; null: closed now. */
export function openUntil(now: Date, work: WorkTime): string | null {
  const day = today(now);
  const at = now.getTime();
  return work(day).find(({ from, to }) => momentOf(day, from) <= at && at < momentOf(day, to))?.to ?? null;
}

/** "7 giờ sáng thứ Hai (30/11)": the first opening after a moment, told from now. */
export const opensAgain = (after: Date, now: Date, work: WorkTime, say: Wording) =>
  sayWhen(nextOpening(after, work), now, say);

/** The first moment after a whole day. */
export const endOf = (day: string) => new Date(momentOf(dayAfter(day), "00:00"));
