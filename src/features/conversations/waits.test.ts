import { workTime, workedBetween } from "../../infra/office-time.ts";

const at = (local: string) => new Date(`${local}+07:00`);
const minutes = (from: string, to: string, special?: Map<string, boolean>) =>
  workedBetween(at(from), at(to), workTime(null, special)) / 60_000;

test("who waits over lunch, a night or a week-end waits only the hours somebody is there", () => {
  expect(minutes("2026-11-25T09:00", "2026-11-25T09:25")).toBe(25);
  expect(minutes("2026-11-25T10:50", "2026-11-25T13:05")).toBe(15);
  expect(minutes("2026-11-25T16:30", "2026-11-26T07:20")).toBe(50);
  expect(minutes("2026-11-27T16:00", "2026-11-30T08:00")).toBe(120);
  expect(minutes("2026-11-28T09:00", "2026-11-28T11:00")).toBe(0);
  expect(minutes("2026-11-25T16:00", "2026-11-27T08:00", new Map([["2026-11-26", false]]))).toBe(120);
});
