/** Figures as people say them. */

const TOO_FEW = "chưa đủ số liệu";

export const share = (part: number | null) =>
  part === null ? TOO_FEW : `${(part * 100).toLocaleString("vi", { maximumFractionDigits: 0 })} %`;

/** "25 phút", "3,5 giờ", "2 ngày". */
export function hours(count: number | null | undefined): string {
  if (count === null || count === undefined) return TOO_FEW;
  if (count < 2) return count < 1 / 12 ? "dưới 5 phút" : `${Math.round(count * 60)} phút`;
  const [figure, unit] = count < 48 ? [count, "giờ"] : [count / 24, "ngày"];
  return `${figure.toLocaleString("vi", { maximumFractionDigits: 1 })} ${unit}`;
}

/** "tháng 11/2026" of "2026-11". */
export const monthName = (month: string) => `tháng ${month.slice(5)}/${month.slice(0, 4)}`;
