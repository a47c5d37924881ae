import { formatDateTime } from "../../infra/clock.ts";
import { workTime } from "../../infra/office-time.ts";
import { addWorkingHours, dueAfter } from "./working-time.ts";

const at = (local: string) => new Date(`${local}+07:00`);
const weekdays = workTime(null);

test.each([
  ["a day, from the morning", "2026-11-25T08:00", 24, "26/11/2026 08:00"],
  ["a day, from late at night", "2026-11-25T23:10", 24, "26/11/2026 17:00"],
  ["three days, from a Friday afternoon", "2026-11-27T15:00", 72, "02/12/2026 15:00"],
  ["four hours, over the lunch break", "2026-11-25T10:00", 4, "25/11/2026 16:00"],
  ["four hours, told on a Sunday", "2026-11-29T09:00", 4, "30/11/2026 11:00"],
])("%s", (_, start, hours, due) => {
  expect(formatDateTime(dueAfter(at(start), hours, weekdays))).toBe(due);
});

test("a holiday is not counted", () => {
  const isWorking = workTime(null, new Map([["2026-11-26", false]]));
  expect(formatDateTime(dueAfter(at("2026-11-25T08:00"), 24, isWorking))).toBe("27/11/2026 08:00");
});

test("a calendar without a working day ends nevertheless", () => {
  expect(addWorkingHours(at("2026-11-25T08:00"), 8, () => []).getFullYear()).toBe(2028);
});

test("a unit with a shorter day: three days are still three of its days", () => {
  const short = workTime([
    { days: [1, 2, 3, 4, 5], from: "07:30", to: "11:30" },
    { days: [1, 2, 3, 4, 5], from: "13:30", to: "17:00" },
  ]);
  expect(formatDateTime(dueAfter(at("2026-11-25T08:00"), 72, short))).toBe("30/11/2026 08:00");
});
