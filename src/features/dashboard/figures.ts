/** All figures of the dashboard, each told in whole fives before anything is shown or exported. */
import { DateTime } from "luxon";
import type { Db } from "../../infra/db.ts";
import { ZONE } from "../../infra/clock.ts";
import { inFives, isTableSafe, LEAST, shareOf, toldOf, type Running, type Told } from "./small-numbers.ts";
import { dayOf, daysBack, monthOf, piecesOf, type Piece, type Range, type Span } from "./span.ts";
import * as store from "./store.ts";

export interface Figures {
  range: Range;
  today: {
    messages: number;
    /** Share of what the assistant understood by itself; null: too few. */
    understood: number | null;
    filed: number;
    resolved: number;
    /** As it stands now, whenever it was told. */
    waiting: number;
    overdue: number;
  };
  messages: { total: number; understood: number | null; days: Told[] };
  reports: { total: number; days: Told[]; categories: Told[]; wards: Told[]; states: Told[] };
  /** Of the reports told in the span that were resolved: how many in time. */
  onTime: number | null;
  /** The calendar month in which the span ends, "2026-11": lengths of time are told by whole months only. */
  month: string;
  /** Hours on the clock from telling to resolved. */
  handling: Lengths | null;
  /** Working hours from asking for a person to the answer of one; "" is all units together. */
  answers: (Lengths & { key: string })[];
  ratings: Told[];
  reached: { code: string; title: string; count: number }[];
  rising: Rising[];
}

/** Hours. */
export interface Lengths {
  median: number;
  /** What nine in ten were faster than; null: too few. */
  slowest: number | null;
}

export interface Rising {
  ward: string;
  category: string;
  count: number;
  /** A week's usual number, of the four weeks before. */
  usual: number;
}

export async function readFigures(db: Db, units: string[], range: Range, now: Date): Promise<Figures> {
  const reportsIn = await tellBy(range, (piece) => store.countReports(db, units, piece));
  const readingsIn = await tellBy(range, (piece) => store.countReadings(db, units, piece));
  const month = monthOf(range);
  const [handling, answers, reached, today, rising] = await Promise.all([
    store.measureHandling(db, units, month),
    store.measureAnswers(db, units, month),
    store.countReached(db, units, range),
    readToday(db, units, now),
    findRising(db, units, now),
  ]);
  const total = reportsIn("").at(0)?.count ?? 0;
  const startsTheYear = range.fromDay.endsWith("-01-01");
  const table = (by: string) => {
    const rows = reportsIn(by);
    const counts = rows.map(({ count }) => count);
    return isTableSafe(counts, total, startsTheYear)
      ? rows.filter(({ count }) => count > 0).sort(byCount)
      : [];
  };
  const onTime = countOf(reportsIn("handled"), "on_time");
  return {
    range,
    today,
    messages: {
      total: readingsIn("").at(0)?.count ?? 0,
      understood: understoodOf(readingsIn("judged")),
      days: overTime(readingsIn("day"), range),
    },
    reports: {
      ...{ total, days: overTime(reportsIn("day"), range) },
      ...{ categories: table("category"), wards: table("ward"), states: table("state") },
    },
    onTime: shareOf(onTime, onTime + countOf(reportsIn("handled"), "late")),
    month: month.month,
    handling: lengthsOf(handling[0]),
    answers: answers.flatMap((row) => {
      const lengths = lengthsOf(row);
      return lengths ? [{ key: row.key, ...lengths }] : [];
    }),
    ratings: ["3", "2", "1"].map((key) => ({ key, count: countOf(reportsIn("rating"), key) })),
    reached: reached
      .map((one) => ({ ...one, count: inFives(one.count) }))
      .sort((one, other) => other.count - one.count || one.code.localeCompare(other.code)),
    rising,
  };
}

async function readToday(db: Db, units: string[], now: Date): Promise<Figures["today"]> {
  const span = dayOf(now);
  const [reports, resolved, readings, standing] = await Promise.all([
    tellBy(span, (piece) => store.countReports(db, units, piece)),
    tell(span, (piece) => store.countResolved(db, units, piece)),
    tellBy(span, (piece) => store.countReadings(db, units, piece)),
    store.countStanding(db, units, now),
  ]);
  return {
    messages: readings("").at(0)?.count ?? 0,
    understood: understoodOf(readings("judged")),
    filed: reports("").at(0)?.count ?? 0,
    resolved: resolved.at(0)?.count ?? 0,
    ...{ waiting: inFives(standing.waiting), overdue: inFives(standing.overdue) },
  };
}

/** What a ward tells more of in the last seven whole days than in the four weeks before: half as much again, and LEAST at least. */
async function findRising(db: Db, units: string[], now: Date): Promise<Rising[]> {
  const count = (piece: Piece) => store.countTopics(db, units, piece);
  const [week, month] = await Promise.all([
    tell(daysBack(now, 1, 7), count),
    tell(daysBack(now, 8, 28), count),
  ]);
  return week
    .map(({ key, count: told }): Rising => {
      const [ward, category] = key.split("|") as [string, string];
      return { ward, category, count: told, usual: countOf(month, key) / 4 };
    })
    .filter(({ count: told, usual }) => told >= LEAST && told >= usual * 1.5)
    .sort((one, other) => other.count - other.usual - (one.count - one.usual))
    .slice(0, 8);
}

type Count<Row extends Running> = (piece: Piece) => Promise<Row[]>;

/** What is told of each key of a span; keys of few are there with 0. */
async function tell(span: Span, count: Count<Running>): Promise<Told[]> {
  const told = await tellBy(span, async (piece) => (await count(piece)).map((row) => ({ ...row, by: "" })));
  return told("");
}

async function tellBy(span: Span, count: Count<store.CountedBy>): Promise<(by: string) => Told[]> {
  const tables = new Map<string, Map<string, number>>();
  for (const piece of piecesOf(span)) {
    for (const { by, key, count: told } of inOrder(await count(piece), piece.from)) {
      const table = tables.get(by) ?? new Map<string, number>();
      tables.set(by, table.set(key, (table.get(key) ?? 0) + told));
    }
  }
  return (by) => [...(tables.get(by) ?? [])].map(([key, told]) => ({ key, count: told }));
}

/** Days are steps of one running count, whatever else is counted runs by itself. */
function inOrder(rows: store.CountedBy[], from: Date) {
  const days = rows.filter(({ by }) => by === "day").sort((one, other) => (one.key < other.key ? -1 : 1));
  let sum = 0;
  const steps = days.map(({ by, key, through }) => {
    const step = { by, key, count: toldOf({ before: sum, through: sum + through }) };
    sum += through;
    return step;
  });
  const first = DateTime.fromJSDate(from, { zone: ZONE }).toISODate()!;
  return [
    ...steps.filter(({ key }) => key >= first),
    ...rows
      .filter(({ by, through, before }) => by !== "day" && through > before)
      .map((row) => ({ by: row.by, key: row.key, count: toldOf(row) })),
  ];
}

const countOf = (rows: Told[], key: string) => rows.find((row) => row.key === key)?.count ?? 0;
const byCount = (one: Told, other: Told) => other.count - one.count || one.key.localeCompare(other.key);

function understoodOf(judged: Told[]): number | null {
  const understood = countOf(judged, "understood");
  return shareOf(understood, understood + countOf(judged, "unclear"));
}

/**
 * A median is somebody's own time, and one of spans that overlap would give away whose: so it is told by whole months, coarsely, and of
 * so many that no count told beside it shows them to be fewer than LEAST.
 */
function lengthsOf(lengths: store.Lengths | undefined): Lengths | null {
  const { count = 0, median = 0, slowest = 0 } = lengths ?? {};
  if (count < LEAST * 2) return null;
  return { median: coarse(median), slowest: count < LEAST * 4 ? null : coarse(slowest) };
}

/** Hours: to five minutes within the first two, to half an hour within two days, to half a day beyond. */
function coarse(hours: number): number {
  const step = hours < 2 ? 1 / 12 : hours < 48 ? 0.5 : 12;
  return Math.round(hours / step) * step;
}

/** By day up to a month, by week (of its Monday) beyond; days without any are there too. */
function overTime(rows: Told[], { fromDay, toDay }: Range): Told[] {
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
