/** A calendar month in Việt Nam, unit by unit. */
import { DateTime } from "luxon";
import { z } from "zod";
import { t } from "../../../bilingual/index.ts";
import { ZONE } from "../../../infra/clock.ts";
import type { Db } from "../../../infra/db.ts";
import { LEAST } from "./figures.ts";
import { readMonth, type UnitMonth } from "./store.ts";

/**
 * Working hours from asking for a person to their answer, by the unit's name; "" is all units together. Another feature measures
 * it and app.ts passes it in.
 */
export type AnswerTimes = (
  db: Db,
  units: string[],
  span: { from: Date; until: Date },
) => Promise<{ key: string; count: number; median: number }[]>;

export interface Month {
  /** "2026-11" */
  key: string;
  name: string;
  before: string;
  /** Null: it has not come yet. */
  after: string | null;
  /** `answered`: hours; null: too few answers to tell. */
  units: (UnitMonth & { answered: number | null })[];
}

const asked = z.object({ month: z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/) });

/** The month asked for, or the running one. */
export async function readMonthReport(
  db: Db,
  units: readonly string[],
  query: unknown,
  now: Date,
  answerTimes: AnswerTimes,
): Promise<Month> {
  const given = asked.safeParse(query);
  const today = DateTime.fromJSDate(now, { zone: ZONE });
  const wanted = given.success ? DateTime.fromISO(given.data.month, { zone: ZONE }) : today;
  const from = (wanted > today ? today : wanted).startOf("month");
  const until = from.plus({ months: 1 });
  const span = { from: from.toJSDate(), until: until.toJSDate() };
  const rows = await readMonth(db, units, span.from, span.until);
  const answers = await answerTimes(db, [...units], span);
  const answered = (name: string) =>
    answers.find(({ key, count }) => key === name && count >= LEAST)?.median ?? null;
  return {
    key: from.toFormat("yyyy-MM"),
    name: t`Tháng ${from.toFormat("MM/yyyy")}`,
    before: from.minus({ months: 1 }).toFormat("yyyy-MM"),
    after: until <= today ? until.toFormat("yyyy-MM") : null,
    units: rows.map((row) => ({ ...row, answered: answered(row.name) })),
  };
}
