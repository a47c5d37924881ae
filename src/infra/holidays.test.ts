import { isPublicHoliday, isWeekend } from "./holidays.ts";

const days = (from: string, count: number) =>
  Array.from({ length: count }, (_, at) =>
    new Date(Date.parse(from) + at * 86_400_000).toISOString().slice(0, 10),
  );

test("Tết 2026 is off from its eve to the fourth day, a Monday to a Friday", () => {
  expect(days("2026-02-15", 8).filter(isPublicHoliday)).toEqual(days("2026-02-16", 5));
});

test("a holiday on a Sunday is made up for on Monday: Hùng Kings' day 2026", () => {
  expect(isWeekend("2026-04-26")).toBe(true);
  expect(isPublicHoliday("2026-04-27")).toBe(true);
  expect(isPublicHoliday("2026-04-28")).toBe(false);
});

test("two holidays at a week-end are made up for on two days: Tết 2027", () => {
  // 05/02/2027 is a Friday: Saturday and Sunday move to Wednesday and Thursday
  expect(days("2027-02-05", 9).filter((day) => isPublicHoliday(day) && !isWeekend(day))).toEqual([
    "2027-02-05",
    "2027-02-08",
    "2027-02-09",
    "2027-02-10",
    "2027-02-11",
  ]);
});

test("an ordinary Wednesday is none", () => {
  expect(isPublicHoliday("2026-11-25")).toBe(false);
});
