/** Figures as they are read. */
import { t } from "../../../bilingual/index.ts";
import { inFives, LEAST, percentOf } from "./figures.ts";

export const figure = (count: number) => count.toLocaleString("vi-VN");
/** A number of people who did something: "dưới 5", or whole fives. */
export const people = (count: number) => (count < LEAST ? t`dưới ${LEAST}` : figure(inFives(count)));
export const percent = (part: number, whole: number) => {
  const share = percentOf(part, whole);
  return share === null ? "—" : `${share} %`;
};
export const channelName = (channel: string) => (channel === "zalo" ? "Zalo" : "Messenger");
export const hours = (count: number | null | undefined) =>
  count === null || count === undefined
    ? "—"
    : t`${(Math.round(count * 10) / 10).toLocaleString("vi-VN")} giờ`;
