/** All figures of the dashboard, with small numbers hidden before anything is shown or exported. */
import { DateTime } from "luxon";
import { z } from "zod";
import { ZONE } from "../../infra/clock.ts";
import type { Db } from "../../infra/db.ts";
import { hideSmall, LEAST, shareOf, type Shown } from "./small-numbers.ts";
import {
  countHandling,
  countRatings,
  countReached,
  countReadings,
  countReports,
  findRising,
  type Counted,
  type Rising,
  type Span,
} from "./store.ts";

const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .optional()
  .catch(undefined);
const query = z.object({ from: day, to: day });
const LONGEST_DAYS = 366;

export interface Range extends Span {
  /** As the form has it: "2026-11-24", both included. */
  fromDay: string;
  toDay: string;
}

/** The last 30 days unless told otherwise; never more than a year, never backwards. */
export function readRange(asked: unknown, now: Date): Range {
  const { from, to } = query.parse(asked ?? {});
  const today = DateTime.fromJSDate(now, { zone: ZONE }).startOf("day");
  const read = (text: string | undefined) => {
    const date = text ? DateTime.fromISO(text, { zone: ZONE }) : null;
    return date?.isValid ? date.startOf("day") : null;
  };
  const end = DateTime.min(read(to) ?? today, today);
  const wanted = read(from) ?? end.minus({ days: 29 });
  const start = DateTime.max(DateTime.min(wanted, end), end.minus({ days: LONGEST_DAYS - 1 }));
  return {
    ...{ from: start.toJSDate(), until: end.plus({ days: 1 }).toJSDate() },
    ...{ fromDay: start.toISODate()!, toDay: end.toISODate()! },
  };
}

export interface Figures {
  range: Range;
  messages: { total: number | null; understood: number | null; days: Shown[] };
  reports: {
    total: number | null;
    overdue: number | null;
    days: Shown[];
    categories: Shown[];
    wards: Shown[];
    states: Shown[];
  };
  handling: { onTime: number | null; median: number | null; slowest: number | null };
  ratings: Shown[];
  reached: { code: string; title: string; count: number | null }[];
  rising: Rising[];
}

export async function readFigures(db: Db, units: string[], range: Range, now: Date): Promise<Figures> {
  const [reports, handling, ratings, readings, reached, rising] = await Promise.all([
    countReports(db, units, range, now),
    countHandling(db, units, range),
    countRatings(db, units, range),
    countReadings(db, units, range),
    countReached(db, units, range),
    findRising(db, units, now, LEAST),
  ]);
  const days = hideSmall(overTime(reports.days, range));
  const messageDays = hideSmall(overTime(readings.days, range));
  const [categories, wards, states] = [reports.categories, reports.wards, reports.states].map((rows) =>
    hideSmall(sorted(rows)),
  ) as [Hidden, Hidden, Hidden];
  const isTold = [days, categories, wards, states].every(({ total }) => total !== null);
  const overdue = shareOf(reports.overdue, reports.total) === null ? null : reports.overdue;
  return {
    range,
    messages: {
      total: messageDays.total,
      understood: shareOf(readings.understood, readings.judged),
      days: messageDays.rows,
    },
    reports: {
      ...{ total: isTold ? reports.total : null, overdue: reports.overdue === 0 ? 0 : overdue },
      ...{ days: days.rows, categories: categories.rows, wards: wards.rows, states: states.rows },
    },
    handling: {
      onTime: shareOf(handling.onTime, handling.resolved),
      median: handling.resolved < LEAST ? null : handling.median,
      slowest: handling.resolved < LEAST * 2 ? null : handling.slowest,
    },
    ratings: hideSmall(
      ["3", "2", "1"].map((key) => ratings.find((row) => row.key === key) ?? { key, count: 0 }),
    ).rows,
    reached: reached.map((one) => ({ ...one, count: one.count > 0 && one.count < LEAST ? null : one.count })),
    rising,
  };
}

type Hidden = ReturnType<typeof hideSmall>;

const sorted = (rows: Counted[]) =>
  [...rows].sort((one, other) => other.count - one.count || one.key.localeCompare(other.key));

/** By day up to a month, by week (of its Monday) beyond; days without any are there too. */
function overTime(rows: Counted[], { fromDay, toDay }: Range): Counted[] {
  const counts = new Map(rows.map(({ key, count }) => [key, count]));
  const end = DateTime.fromISO(toDay);
  const weekly = end.diff(DateTime.fromISO(fromDay), "days").days > 31;
  const steps = new Map<string, number>();
  for (let at = DateTime.fromISO(fromDay); at <= end; at = at.plus({ days: 1 })) {
    const step = (weekly ? at.startOf("week") : at).toISODate()!;
    steps.set(step, (steps.get(step) ?? 0) + (counts.get(at.toISODate()!) ?? 0));
  }
  return [...steps].map(([key, count]) => ({ key, count }));
}
