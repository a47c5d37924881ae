import { hoursOn, officeHours, workTime, type Hours } from "./office-time.ts";

const WEEK: Hours[] = [
  { days: [1, 2, 3, 4, 5], from: "13:30", to: "17:00" },
  { days: [1, 2, 3, 4, 5], from: "07:30", to: "11:30" },
  { days: [6], from: "07:30", to: "11:00" },
];
const times = (stretches: { from: string; to: string }[] | ReturnType<ReturnType<typeof workTime>>) =>
  stretches.map(({ from, to }) => `${from}–${to}`);

afterEach(() => officeHours.follow({}));

test("an office's own hours go before the city's, the morning first; a Saturday only where it keeps one", () => {
  expect(times(workTime(WEEK)("2026-11-25"))).toEqual(["07:30–11:30", "13:30–17:00"]);
  expect(times(workTime(WEEK)("2026-11-28"))).toEqual(["07:30–11:00"]);
  expect(times(workTime(null)("2026-11-25"))).toEqual(["07:00–11:00", "13:00–17:00"]);
  expect(workTime(null)("2026-11-28")).toEqual([]);
  expect(hoursOn(workTime(WEEK)("2026-11-25"))).toBe(7.5);
});

test("the city's hours are a setting, and hold at once", () => {
  officeHours.follow({
    morningFrom: "07:30",
    morningTo: "11:30",
    afternoonFrom: "13:30",
    afternoonTo: "17:00",
  });
  expect(times(workTime(null)("2026-11-25"))).toEqual(["07:30–11:30", "13:30–17:00"]);
});

test("a holiday is off unless staff say otherwise; a Saturday worked in exchange has the hours of a Monday", () => {
  expect(workTime(WEEK)("2026-04-30")).toEqual([]);
  const special = new Map([
    ["2026-04-30", true],
    ["2026-11-28", true],
    ["2026-11-25", false],
  ]);
  expect(workTime(WEEK, special)("2026-04-30")).toHaveLength(2);
  expect(times(workTime(WEEK, special)("2026-11-28"))).toEqual(["07:30–11:30", "13:30–17:00"]);
  expect(workTime(WEEK, special)("2026-11-25")).toEqual([]);
});
