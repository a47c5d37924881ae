/** When a series falls due: counted from its first time, in Việt Nam's days, so that the 31st is the last day of a shorter month and the 31st again after it. */
import { DateTime } from "luxon";
import { ZONE } from "../../../infra/clock.ts";

export type Repeat = "once" | "daily" | "weekly" | "monthly";

export interface Timetable {
  repeat: Repeat;
  startsAt: Date;
  /** The last moment one may fall on; null: there is no end. */
  until: Date | null;
}

const UNITS = { daily: "days", weekly: "weeks", monthly: "months" } as const;

/** The nth time, from 0; null: there is none. */
export function timeOf({ repeat, startsAt, until }: Timetable, n: number): Date | null {
  if (repeat === "once") return n === 0 ? startsAt : null;
  const at = DateTime.fromJSDate(startsAt, { zone: ZONE })
    .plus({ [UNITS[repeat]]: n })
    .toJSDate();
  return until && at > until ? null : at;
}

/** The first time from this one on that is still to come: what passed while nobody decided is passed over. */
export function nextFrom(timetable: Timetable, n: number, now: Date): { n: number; at: Date } | null {
  for (let k = n; ; k++) {
    const at = timeOf(timetable, k);
    if (!at) return null;
    if (at > now) return { n: k, at };
  }
}
