import fc from "fast-check";
import { inFives, isTableSafe, LEAST, shareOf, toldOf } from "./small-numbers.ts";

/** What each day brought, from 1 January on; often nothing, often one or two. */
const year = fc.array(fc.oneof(fc.nat(2), fc.nat(4), fc.nat(40)), { minLength: 2, maxLength: 30 });

/** What is told of the days from one to another, both included. */
function told(days: number[], first: number, last: number): number {
  const until = (day: number) => days.slice(0, day).reduce((sum, count) => sum + count, 0);
  return toldOf({ before: until(first), through: until(last + 1) });
}

function* spans(days: number[]) {
  for (let first = 0; first < days.length; first++)
    for (let last = first; last < days.length; last++) yield [first, last] as const;
}

test("all answers together are also those of a city where everybody came in fives: none shows a number of 1 to 4", () => {
  fc.assert(
    fc.property(year, (days) => {
      let sum = 0;
      const inGroups = days.map((count) => {
        const before = inFives(sum);
        return inFives((sum += count)) - before;
      });
      expect(inGroups.filter((count) => count % LEAST > 0)).toEqual([]);
      const answers = (of: number[]) => [...spans(of)].map(([first, last]) => told(of, first, last));
      expect(answers(inGroups)).toEqual(answers(days));
    }),
  );
});

test("whatever two spans are taken from each other, the rest is a multiple of five, and may be 0 or 5 where it is 1 to 4", () => {
  fc.assert(
    fc.property(year, (days) => {
      const answers = [...spans(days)].map(([first, last]) => told(days, first, last));
      const odd = answers.flatMap((one) => answers.filter((other) => (one - other) % LEAST !== 0));
      expect(odd).toEqual([]);
      // one day more, one day less: the day by itself
      for (let day = 1; day < days.length; day++) {
        const rest = told(days, 0, day) - told(days, 0, day - 1);
        if (days[day]! > 0 && days[day]! < LEAST) expect([0, LEAST]).toContain(rest);
      }
    }),
  );
});

test("what is told is off by 4 at most", () => {
  fc.assert(
    fc.property(year, (days) => {
      for (const [first, last] of spans(days)) {
        const truth = days.slice(first, last + 1).reduce((sum, count) => sum + count, 0);
        expect(Math.abs(told(days, first, last) - truth)).toBeLessThan(LEAST);
      }
    }),
  );
});

const row = fc.record({ before: fc.nat(12), since: fc.integer({ min: 1, max: 14 }) });

test("no row of a table that is told beside its total can be worked out to be 1 to 4", () => {
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 4 }), fc.boolean(), (truths, sinceNewYear) => {
      const runs = truths.map(({ before, since }) =>
        sinceNewYear ? { before: 0, through: since } : { before, through: before + since },
      );
      const rows = runs.map(toldOf);
      const sum = (of: "before" | "through") => runs.reduce((all, run) => all + run[of], 0);
      const total = toldOf({ before: sum("before"), through: sum("through") });
      if (!isTableSafe(rows, total, sinceNewYear)) return;
      const worlds = worldsOf(rows, total, sinceNewYear ? 0 : LEAST - 1);
      expect(worlds.length).toBeGreaterThan(0);
      for (const at of rows.keys())
        expect(worlds.every((world) => world[at]! >= 1 && world[at]! < LEAST)).toBe(false);
    }),
  );
});

test("two rows of three each are a total of five or more: such a table is not told", () => {
  expect(isTableSafe([0, 0], 5, true)).toBe(false);
  expect(isTableSafe([20, 15, 0], 35, true)).toBe(true);
});

/** Every table that would be told like this one. */
function worldsOf(rows: number[], total: number, less: number): number[][] {
  const near = (count: number) => {
    const least = Math.max(0, count - less);
    return Array.from({ length: count + LEAST - least }, (_, more) => least + more);
  };
  const all = rows.reduce<number[][]>(
    (worlds, count) => worlds.flatMap((world) => near(count).map((truth) => [...world, truth])),
    [[]],
  );
  const totals = new Set(near(total));
  return all.filter((world) => totals.has(world.reduce((sum, count) => sum + count, 0)));
}

test("a share is worked out of what is told, and of five at least", () => {
  expect([shareOf(95, 100), shareOf(0, 0), shareOf(5, 5), shareOf(10, 5), shareOf(10, 15)]).toEqual([
    ...[0.95, null, 1, 1, 0.67],
  ]);
});
