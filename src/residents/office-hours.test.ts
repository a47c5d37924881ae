import { loadWording } from "../dialogue/wording.ts";
import { workTime } from "../infra/office-time.ts";
import { isOpen, nextOpening, sayWhen } from "./office-hours.ts";

const say = loadWording().in("vi");
const at = (moment: string) => new Date(`${moment}:00+07:00`);

// 25/11/2026 is a Wednesday
test.each([
  ["2026-11-25T09:00", "2026-11-25T09:00", true, ""],
  ["2026-11-25T06:10", "2026-11-25T07:00", false, "7 giờ sáng nay"],
  ["2026-11-25T12:00", "2026-11-25T13:00", false, "1 giờ chiều nay"],
  ["2026-11-25T20:00", "2026-11-26T07:00", false, "7 giờ sáng mai"],
  ["2026-11-27T17:00", "2026-11-30T07:00", false, "7 giờ sáng thứ Hai (30/11)"],
])("at %s the office is open next at %s", (now, opening, open, words) => {
  expect(nextOpening(at(now), workTime(null))).toEqual(at(opening));
  expect(isOpen(at(now), workTime(null))).toBe(open);
  if (words) expect(sayWhen(at(opening), at(now), say)).toBe(words);
});

test("a calendar that leaves no day to work does not hang", () => {
  expect(nextOpening(at("2026-11-25T09:00"), () => [])).toBeInstanceOf(Date);
});
