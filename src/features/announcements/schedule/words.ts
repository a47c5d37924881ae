/** How an appointed time reads. */
import { DateTime } from "luxon";
import { t, vi } from "../../../bilingual/index.ts";
import { formatDate, formatDateTime, ZONE } from "../../../infra/clock.ts";
import type { Why } from "./store.ts";
import type { Repeat, Timetable } from "./times.ts";

export const REPEATS: Record<Repeat, string> = {
  once: vi`Một lần`,
  daily: vi`Mỗi ngày`,
  weekly: vi`Mỗi tuần`,
  monthly: vi`Mỗi tháng`,
};

const DAYS = [vi`thứ Hai`, vi`thứ Ba`, vi`thứ Tư`, vi`thứ Năm`, vi`thứ Sáu`, vi`thứ Bảy`, vi`Chủ nhật`];

export const WHYS: Record<Why, string> = {
  late: vi`Đã qua giờ hẹn quá lâu. Gửi bây giờ, hẹn giờ khác, hay thôi?`,
  not_approved: vi`Tới giờ hẹn mà thông báo chưa được duyệt.`,
  not_ready: vi`Tới giờ hẹn mà bài còn chỗ phải sửa, như ngày hết hiệu lực đã qua.`,
  changed: vi`Tới giờ hẹn mà thông báo đang được sửa.`,
};

/** "Mỗi tuần, 07:00 thứ Hai, tới 28/12/2026"; "30/11/2026 07:00". */
export function timetableInWords({ repeat, startsAt, until }: Timetable): string {
  if (repeat === "once") return formatDateTime(startsAt);
  const local = DateTime.fromJSDate(startsAt, { zone: ZONE });
  const time = local.toFormat("HH:mm");
  const often = {
    daily: t`Mỗi ngày, ${time}`,
    weekly: t`Mỗi tuần, ${time} ${t.of(DAYS[local.weekday - 1]!)}`,
    monthly: t`Mỗi tháng, ${time} ngày ${local.day}`,
  }[repeat];
  return until ? t`${often}, tới ${formatDate(until)}` : often;
}
