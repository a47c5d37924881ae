/** An appointed time as it is typed: a day and an hour of Việt Nam, how often, until when. */
import { DateTime } from "luxon";
import { z } from "zod";
import { vi } from "../../../bilingual/index.ts";
import { ZONE } from "../../../infra/clock.ts";
import type { Repeat, Timetable } from "./times.ts";

const REPEATS = ["once", "daily", "weekly", "monthly"] as const satisfies Repeat[];
/** Further ahead nobody knows what holds. */
const FURTHEST = { years: 2 };

export function timetableForm(now: Date) {
  const moment = (text: string) => DateTime.fromFormat(text, "yyyy-MM-dd HH:mm", { zone: ZONE });
  return z
    .object({
      day: z
        .string()
        .trim()
        .min(1, vi`Chọn ngày.`),
      time: z
        .string()
        .trim()
        .min(1, vi`Chọn giờ.`),
      repeat: z.enum(REPEATS, vi`Chọn số lần.`).default("once"),
      until: z.string().trim().default(""),
    })
    .transform(({ day, time, repeat, until }, issue): Timetable => {
      const starts = moment(`${day} ${time}`);
      const last = until && repeat !== "once" ? moment(`${until} 23:59`).endOf("minute") : null;
      const complain = (field: string, message: string) => {
        issue.addIssue({ code: "custom", path: [field], message });
        return z.NEVER;
      };
      if (!starts.isValid) return complain("day", vi`Ngày giờ không đúng.`);
      if (starts.toJSDate() <= now) return complain("day", vi`Giờ hẹn đã qua.`);
      if (starts > DateTime.fromJSDate(now).plus(FURTHEST))
        return complain("day", vi`Hẹn xa quá: nhiều nhất hai năm.`);
      if (last && !last.isValid) return complain("until", vi`Ngày không đúng.`);
      if (last && last < starts) return complain("until", vi`Ngày cuối ở trước ngày đầu.`);
      return { repeat, startsAt: starts.toJSDate(), until: last?.toJSDate() ?? null };
    });
}

/** The form again, filled with what is appointed, or with tomorrow at seven. */
export function timetableValues(
  known: Timetable | null,
  nextAt: Date | null,
  now: Date,
): Record<string, string> {
  const shown = nextAt ?? known?.startsAt;
  const local = shown
    ? DateTime.fromJSDate(shown, { zone: ZONE })
    : DateTime.fromJSDate(now, { zone: ZONE }).plus({ days: 1 }).set({ hour: 7, minute: 0 });
  const until = known?.until ? DateTime.fromJSDate(known.until, { zone: ZONE }).toISODate()! : "";
  return {
    ...{ day: local.toISODate()!, time: local.toFormat("HH:mm"), until },
    repeat: known?.repeat ?? "once",
  };
}
