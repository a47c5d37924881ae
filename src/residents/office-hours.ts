/** When staff are there, and how a resident is told when they will be. */
import { DateTime } from "luxon";
import { ZONE } from "../infra/clock.ts";
import { momentOf, type WorkTime } from "../infra/office-time.ts";
import type { Wording } from "../dialogue/types.ts";

/** @returns the next moment somebody is there: now itself, inside office hours. */
export function nextOpening(now: Date, workTime: WorkTime): Date {
  const start = DateTime.fromJSDate(now, { zone: ZONE }).startOf("day");
  // a year of days off must not hang the service
  for (let days = 0; days < 366; days++) {
    const day = start.plus({ days }).toISODate()!;
    for (const { from, to } of workTime(day)) {
      if (now.getTime() >= momentOf(day, to)) continue;
      return new Date(Math.max(momentOf(day, from), now.getTime()));
    }
  }
  return start.plus({ years: 1 }).toJSDate();
}

export const isOpen = (now: Date, workTime: WorkTime) =>
  nextOpening(now, workTime).getTime() === now.getTime();

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
