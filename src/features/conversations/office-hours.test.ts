import { loadWording } from "../../dialogue/wording.ts";
import { butWeekends, isOpen, nextOpening, sayWhen } from "./office-hours.ts";

const say = loadWording().in("vi");
const at = (moment: string) => new Date(`${moment}:00+07:00`);

// 25/11/2026 is a Wednesday
test.each([
  ["2026-11-25T09:00", "2026-11-25T09:00", true, ""],
  ["2026-11-25T06:10", "2026-11-25T07:30", false, "7 giờ 30 sáng nay"],
  ["2026-11-25T12:00", "2026-11-25T13:30", false, "1 giờ 30 chiều nay"],
  ["2026-11-25T20:00", "2026-11-26T07:30", false, "7 giờ 30 sáng mai"],
  ["2026-11-27T17:00", "2026-11-30T07:30", false, "7 giờ 30 sáng thứ Hai (30/11)"],
])("at %s the office is open next at %s", (now, opening, open, words) => {
  expect(nextOpening(at(now), butWeekends)).toEqual(at(opening));
  expect(isOpen(at(now), butWeekends)).toBe(open);
  if (words) expect(sayWhen(at(opening), at(now), say)).toBe(words);
});

test("a calendar that leaves no day to work does not hang", () => {
  expect(nextOpening(at("2026-11-25T09:00"), () => false)).toBeInstanceOf(Date);
});
