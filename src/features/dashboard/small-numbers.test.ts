import fc from "fast-check";
import { hideSmall, LEAST, shareOf } from "./small-numbers.ts";

const row = (key: string, count: number) => ({ key, count });

test("one small number alone would be known from the total, so the next smallest is hidden with it", () => {
  const { rows, total } = hideSmall([row("a", 40), row("b", 2), row("c", 9), row("d", 0)]);
  expect(rows).toEqual([
    { key: "a", count: 40 },
    { key: "b", count: null },
    { key: "c", count: null },
    { key: "d", count: 0 },
  ]);
  expect(total).toBe(51);
});

test("where nothing else can hide it, the total is hidden", () => {
  expect(hideSmall([row("a", 3)]).total).toBeNull();
  expect(hideSmall([row("a", 1), row("b", 1)]).total).toBeNull();
  expect(hideSmall([row("a", 12)])).toEqual({ rows: [{ key: "a", count: 12 }], total: 12 });
});

test("whatever the numbers, what is hidden cannot be worked out", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(30), { maxLength: 12 }), (counts) => {
      const { rows, total } = hideSmall(counts.map((count, at) => row(String(at), count)));
      const shown = rows.filter(({ count }) => count !== null);
      const hidden = rows.length - shown.length;
      expect(shown.every(({ count }) => count === 0 || count! >= LEAST)).toBe(true);
      if (hidden === 0 || total === null) return;
      const left = total - shown.reduce((sum, { count }) => sum + count!, 0);
      expect(hidden).toBeGreaterThan(1);
      expect(left).toBeGreaterThanOrEqual(LEAST);
    }),
  );
});

test("a share is told only where neither side is small", () => {
  expect([shareOf(95, 100), shareOf(98, 100), shareOf(3, 100), shareOf(2, 2), shareOf(20, 20)]).toEqual([
    ...[0.95, null, null, null, 1],
  ]);
});
