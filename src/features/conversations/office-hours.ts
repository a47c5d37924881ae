/** When staff are there, and how a resident is told when they will be. */
import { DateTime } from "luxon";
import { ZONE } from "../../infra/clock.ts";
import type { Wording } from "../../dialogue/types.ts";

/** Is this day ("2026-11-25") worked? */
export type IsWorkingDay = (day: string) => boolean;

export const butWeekends: IsWorkingDay = (day) => ![6, 7].includes(DateTime.fromISO(day).weekday);

/** Hours and minutes, in Việt Nam. */
const HALVES = [
  { from: [7, 30], to: [11, 30] },
  { from: [13, 30], to: [17, 0] },
] as const;

/** @returns the next moment somebody is there: now itself, inside office hours. */
export function nextOpening(now: Date, isWorkingDay: IsWorkingDay): Date {
  const start = DateTime.fromJSDate(now, { zone: ZONE });
  // a year of days off must not hang the service
  for (let days = 0; days < 366; days++) {
    const day = start.startOf("day").plus({ days });
    if (!isWorkingDay(day.toISODate()!)) continue;
    for (const { from, to } of HALVES) {
      const opens = day.set({ hour: from[0], minute: from[1] });
      const closes = day.set({ hour: to[0], minute: to[1] });
      if (start < closes) return (opens > start ? opens : start).toJSDate();
    }
  }
  return start.plus({ years: 1 }).toJSDate();
}

export const isOpen = (now: Date, isWorkingDay: IsWorkingDay) =>
  nextOpening(now, isWorkingDay).getTime() === now.getTime();

/** "7 giờ 30 sáng mai": how a person would say it. */
export function sayWhen(at: Date, now: Date, say: Wording): string {
  const moment = DateTime.fromJSDate(at, { zone: ZONE });
  const today = DateTime.fromJSDate(now, { zone: ZONE }).startOf("day");
  const days = Math.round(moment.startOf("day").diff(today, "days").days);
  const hour = moment.hour > 12 ? moment.hour - 12 : moment.hour;
  const time = say(moment.minute === 0 ? "hours.oclock" : "hours.time", {
    ...(moment.minute === 0 ? { hour } : { hour, minute: String(moment.minute).padStart(2, "0") }),
  });
  const part = say(moment.hour < 12 ? "hours.morning" : "hours.afternoon");
  if (days === 0) return say("hours.today", { time, part });
  if (days === 1) return say("hours.tomorrow", { time, part });
  const weekday = say(`hours.weekday.${moment.weekday}`);
  return say("hours.later", { time, part, weekday, date: moment.toFormat("dd/MM") });
}
