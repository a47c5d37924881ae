import fc from "fast-check";
import { clearsAt, LATE, QUIET, stepOf, type Bar } from "./warning.ts";

const HOUR = 3_600_000;
const bar: Bar = { warnFrom: 4, clearFrom: null, warnsLow: false, highSince: null };
const at = new Date("2026-11-25T02:00:00Z");
const step = (value: number, changed: Partial<Bar> = {}, lastAt: Date | null = null) =>
  stepOf({ ...bar, ...changed }, { lastAt }, { at, value }, at);

test("at the bar it warns; above it already it does not; under it by a tenth it is over", () => {
  expect(step(3.99)).toBeNull();
  expect(step(4)).toBe("warn");
  expect(step(9, { highSince: at })).toBeNull();
  expect(step(3.7, { highSince: at })).toBeNull();
  expect(step(3.5, { highSince: at })).toBe("clear");
  expect(step(3.5, { highSince: at, clearFrom: 3 })).toBeNull();
});

test("the next tide is no news, the day after is; a late reading and a station without a bar warn of nothing", () => {
  expect(step(5, {}, new Date(at.getTime() - 12 * HOUR))).toBe("rise");
  expect(step(5, {}, new Date(at.getTime() - QUIET))).toBe("warn");
  expect(step(5, { warnFrom: null })).toBeNull();
  expect(stepOf(bar, { lastAt: null }, { at, value: 9 }, new Date(at.getTime() + LATE + 1))).toBeNull();
});

test("a bar of low values is the same turned round", () => {
  const low = { warnsLow: true, warnFrom: 0.5 };
  expect(step(0.6, low)).toBeNull();
  expect(step(0.5, low)).toBe("warn");
  expect(step(0.54, { ...low, highSince: at })).toBeNull();
  expect(step(0.56, { ...low, highSince: at })).toBe("clear");
  expect(step(-2, { ...low, warnFrom: -1 })).toBe("warn");
  expect(clearsAt({ warnFrom: -1, clearFrom: null, warnsLow: false })).toBeCloseTo(-1.1);
});

test("however a value moves, no two warnings are within a day, and a value that stays between the bars warns once at most", () => {
  const run = (values: number[]) => {
    let state = { ...bar };
    const warned: number[] = [];
    values.forEach((value, index) => {
      const now = new Date(at.getTime() + index * HOUR);
      const lastAt = warned.length > 0 ? new Date(at.getTime() + warned.at(-1)! * HOUR) : null;
      const next = stepOf(state, { lastAt }, { at: now, value }, now);
      if (next === "warn") warned.push(index);
      if (next) state = { ...state, highSince: next === "clear" ? null : now };
    });
    return warned;
  };
  const value = fc.double({ min: 0, max: 9, noNaN: true });
  fc.assert(
    fc.property(fc.array(value, { maxLength: 120 }), (values) => {
      const warned = run(values);
      expect(warned.slice(1).every((index, n) => index - warned[n]! >= 24)).toBe(true);
    }),
  );
  const hovering = fc.double({ min: clearsAt(bar), max: 5, noNaN: true });
  fc.assert(
    fc.property(fc.array(hovering, { maxLength: 120 }), (values) => {
      expect(run(values).length).toBe(values.some((each) => each >= 4) ? 1 : 0);
    }),
  );
});
