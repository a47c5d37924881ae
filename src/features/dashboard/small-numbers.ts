/**
 * No number so small that somebody could be known by it, also not by taking one answer from another.
 *
 * Rounding each answer by itself would not do: the figures of 1–20 and of 1–21 November, each rounded, give away the 21st as soon
 * as enough such pairs are asked for. So what is rounded is not the answer but the running count from which every answer is taken:
 * it is told in whole fives, and an answer is the difference of two told counts. (Rounding to a base as a protection of
 * tables of counts, and why the sums must be rounded together with their parts: Handbook on Statistical Disclosure Control,
 * section 5.5, https://sdctools.github.io/HandbookSDC/05-frequency-tables.html.)
 *
 * Why it holds: a running count C is told as the last multiple of five it passed. All that is ever told of it, in however
 * many answers, is also what would be told of a city where everybody came in fives. So no answer, no difference of answers and no
 * sum of them shows that some number was 1, 2, 3 or 4. What is told is off by 4 at most.
 */

/** Fewer than this many are not told apart from none. */
export const LEAST = 5;

/** How many of one kind came from 1 January on: until the day before the span, and until its end. */
export interface Running {
  key: string;
  before: number;
  through: number;
}

export interface Told {
  key: string;
  /** A multiple of LEAST; 0: fewer than LEAST. */
  count: number;
}

/** What is told of a count as it stands. */
export const inFives = (count: number) => count - (count % LEAST);

/** What is told of what came in between. */
export const toldOf = ({ before, through }: Pick<Running, "before" | "through">) =>
  inFives(through) - inFives(before);

/**
 * Tables beside their total: each row and the total run by themselves, so that rows of few may still be worked out to be 1 to 4 of what
 * is left of the total. Such a table is not told at all.
 * @param rows those of which there was any: whoever looks may know which these are
 * @param sinceNewYear the span begins on 1 January, where every count is known to be 0
 */
export function isTableSafe(rows: readonly number[], total: number, sinceNewYear: boolean): boolean {
  const [less, more] = [sinceNewYear ? 0 : LEAST - 1, LEAST - 1];
  const least = (count: number) => Math.max(0, count - less);
  const sum = (numbers: readonly number[]) => numbers.reduce((all, count) => all + count, 0);
  const all = { least: sum(rows.map(least)), most: sum(rows) + rows.length * more };
  return rows.every((count) => {
    const from = Math.max(least(count), least(total) - (all.most - count - more));
    const to = Math.min(count + more, total + more - (all.least - least(count)));
    return from < 1 || to >= LEAST;
  });
}

/** A part of a whole, worked out of what is told of both: it tells nothing besides. Null: too few. */
export const shareOf = (part: number, whole: number): number | null =>
  whole < LEAST ? null : Math.round((Math.min(part, whole) / whole) * 100) / 100;
