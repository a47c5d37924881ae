/** Spans of whole days in Việt Nam, and the running counts they are cut out of. */
import { DateTime } from "luxon";
import { z } from "zod";
import { ZONE } from "../../infra/clock.ts";

export interface Span {
  from: Date;
  /** Not included. */
  until: Date;
}

/** A part of a span, within one year. */
export interface Piece extends Span {
  /** 1 January: counts run from here. */
  newYear: Date;
}

export interface Range extends Span {
  /** As the form has it: "2026-11-24", both included. */
  fromDay: string;
  toDay: string;
}

const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .optional()
  .catch(undefined);
const query = z.object({ from: day, to: day });
const LONGEST_DAYS = 366;

/** The last 30 days unless told otherwise; never more than a year, never backwards. */
export function readRange(asked: unknown, now: Date): Range {
  const { from, to } = query.parse(asked ?? {});
  const today = startOfDay(now);
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

/** The day of this moment. */
export const dayOf = (now: Date): Span => daysBack(now, 0, 1);

/** So many whole days, of which the last ended `ago` days before the end of today. */
export function daysBack(now: Date, ago: number, days: number): Span {
  const until = startOfDay(now).plus({ days: 1 - ago });
  return { from: until.minus({ days }).toJSDate(), until: until.toJSDate() };
}

/** The calendar month in which a span ends, whole. */
export function monthOf({ until }: Span): Span & { month: string } {
  const start = DateTime.fromJSDate(until, { zone: ZONE }).minus({ days: 1 }).startOf("month");
  return {
    ...{ from: start.toJSDate(), until: start.plus({ months: 1 }).toJSDate() },
    month: start.toFormat("yyyy-MM"),
  };
}

/** Cut at every New Year: the counts begin anew there, so that a page never counts more than a year or two. */
export function piecesOf({ from, until }: Span): Piece[] {
  const pieces: Piece[] = [];
  for (let start = DateTime.fromJSDate(from, { zone: ZONE }); start.toJSDate() < until;) {
    const newYear = start.startOf("year");
    const next = newYear.plus({ years: 1 });
    const end = DateTime.min(next, DateTime.fromJSDate(until, { zone: ZONE }));
    pieces.push({ newYear: newYear.toJSDate(), from: start.toJSDate(), until: end.toJSDate() });
    start = next;
  }
  return pieces;
}

const startOfDay = (at: Date) => DateTime.fromJSDate(at, { zone: ZONE }).startOf("day");
