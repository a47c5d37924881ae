import { createProgress, lineOf } from "./progress.ts";

test("a bar shows how far it is, how fast, and what is left", () => {
  expect(lineOf({ rows: 375_000, part: 0.25 }, 12)).toBe(
    "[██████                  ]  25 %  375,000 rows, 31,250/s, 36 s left",
  );
  expect(lineOf({ rows: 10, part: null }, 2)).toBe("10 rows, 5/s");
  expect(lineOf({ rows: 0, part: 0 }, 0)).toBe("[                        ]   0 %  0 rows, 0/s");
});

test("it is drawn at a terminal only, and not for every row", () => {
  const written: string[] = [];
  const out = (isTTY: boolean) =>
    ({ isTTY, write: (text: string) => written.push(text) }) as unknown as NodeJS.WriteStream;
  let now = 0;
  createProgress(out(false), () => now).show({ rows: 1, part: 0.5 });
  expect(written).toEqual([]);
  const progress = createProgress(out(true), () => now);
  for (; now < 250; now += 10) progress.show({ rows: now, part: now / 250 });
  expect(written).toHaveLength(3);
  progress.clear();
  expect(written.at(-1)).toBe("\r\x1b[K");
});
