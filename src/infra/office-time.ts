/**
 * When offices work: the one source of it. What staff entered for a day goes before the calendar, the hours an office keeps
 * before the city's; talks say by it when somebody will be there, deadlines count by it.
 */
import { DateTime } from "luxon";
import { vi } from "../bilingual/index.ts";
import { ZONE } from "./clock.ts";
import { isPublicHoliday, isWeekend } from "./holidays.ts";
import { settingGroup, type TextChoice } from "./setting-groups.ts";

/** Open on these days (1: Monday … 7: Sunday), from and to as "07:00". */
export interface Hours {
  days: number[];
  from: string;
  to: string;
}

/** The stretches of a day ("2026-11-25") that are worked, in order; none: it is off. */
export type WorkTime = (day: string) => readonly { from: string; to: string }[];

const time = (label: string, initial: string): TextChoice => ({
  ...{
    kind: "text",
    label,
    initial,
    pattern: /^([01]\d|2[0-3]):[0-5]\d$/,
    form: vi`Giờ và phút, ví dụ 07:30`,
  },
  meaning: vi`Áp dụng nơi đơn vị chưa ghi giờ riêng.`,
});

/** Eight hours in two halves (Bộ luật Lao động 2019, Điều 105), at the times offices of the south keep. */
export const officeHours = settingGroup("office.hours", {
  title: vi`Giờ làm việc chung`,
  meaning: vi`Trợ lý hẹn giờ cán bộ trả lời và tính hạn xử lý theo giờ này, thứ Hai tới thứ Sáu. Giờ riêng của UBND phường ghi ở trang Cơ quan.`,
  choices: {
    morningFrom: time(vi`Buổi sáng từ`, "07:00"),
    morningTo: time(vi`Buổi sáng tới`, "11:00"),
    afternoonFrom: time(vi`Buổi chiều từ`, "13:00"),
    afternoonTo: time(vi`Buổi chiều tới`, "17:00"),
  },
});

const WEEKDAYS = [1, 2, 3, 4, 5];

/** What holds where an office has told no hours of its own. */
export function cityHours(): Hours[] {
  const { morningFrom, morningTo, afternoonFrom, afternoonTo } = officeHours.value;
  return [
    { days: WEEKDAYS, from: morningFrom, to: morningTo },
    { days: WEEKDAYS, from: afternoonFrom, to: afternoonTo },
  ];
}

/**
 * @param hours those of the office; null: the city's
 * @param special days staff entered: worked or off, against the calendar
 */
export function workTime(hours: Hours[] | null, special: ReadonlyMap<string, boolean> = new Map()): WorkTime {
  const kept = hours?.length ? hours : cityHours();
  const on = (weekday: number) =>
    kept
      .filter(({ days, from, to }) => days.includes(weekday) && from < to)
      .sort((one, other) => one.from.localeCompare(other.from));
  return (day) => {
    const isWorked = special.get(day);
    if (isWorked === false || (isWorked === undefined && isPublicHoliday(day))) return [];
    const usual = on(DateTime.fromISO(day).weekday);
    // worked in exchange: a Saturday with the hours of a Monday
    return isWorked && (usual.length === 0 || isWeekend(day)) ? on(1) : usual;
  };
}

/** A time of a day in Việt Nam, ms since 1970. */
export const momentOf = (day: string, clock: string) =>
  DateTime.fromISO(`${day}T${clock}`, { zone: ZONE }).toMillis();

/** How long a day is worked, hours. */
export const hoursOn = (stretches: ReturnType<WorkTime>) =>
  stretches.reduce(
    (sum, { from, to }) => sum + (momentOf("2026-01-01", to) - momentOf("2026-01-01", from)),
    0,
  ) / 3_600_000;

/** How much of the time in between is worked, ms; 0 when nothing is. */
export function workedBetween(from: Date, to: Date, workTime: WorkTime): number {
  const [begin, end] = [from.getTime(), to.getTime()];
  let worked = 0;
  let day = DateTime.fromJSDate(from, { zone: ZONE }).startOf("day");
  for (; day.toMillis() < end; day = day.plus({ days: 1 })) {
    const date = day.toISODate()!;
    for (const stretch of workTime(date)) {
      const room = Math.min(momentOf(date, stretch.to), end) - Math.max(momentOf(date, stretch.from), begin);
      worked += Math.max(0, room);
    }
  }
  return worked;
}
