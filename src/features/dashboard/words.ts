/** Figures as people say them. */
import { pageLocale, t, vi } from "../../bilingual/index.ts";

const TOO_FEW = vi`chưa đủ số liệu`;

export const share = (part: number | null) =>
  part === null
    ? t.of(TOO_FEW)
    : `${(part * 100).toLocaleString(pageLocale(), { maximumFractionDigits: 0 })} %`;

/** "25 phút", "3,5 giờ", "2 ngày". */
export function hours(count: number | null | undefined): string {
  if (count === null || count === undefined) return t.of(TOO_FEW);
  if (count < 2) return count < 1 / 12 ? t`dưới 5 phút` : t`${Math.round(count * 60)} phút`;
  const [figure, unit] = count < 48 ? [count, t`giờ`] : [count / 24, t`ngày`];
  return `${figure.toLocaleString(pageLocale(), { maximumFractionDigits: 1 })} ${unit}`;
}

/** "tháng 11/2026" of "2026-11". */
export const monthName = (month: string) => t`tháng ${month.slice(5)}/${month.slice(0, 4)}`;
