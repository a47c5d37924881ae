/** The time, as one thing that tests can hold still. */
import { DateTime } from "luxon";

export const ZONE = "Asia/Ho_Chi_Minh";

export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** "24/11/2026 09:05", as an office writes it. */
export function formatDateTime(date: Date): string {
  return DateTime.fromJSDate(date, { zone: ZONE }).toFormat("dd/MM/yyyy HH:mm");
}

/** "24/11/2026". */
export function formatDate(date: Date): string {
  return DateTime.fromJSDate(date, { zone: ZONE }).toFormat("dd/MM/yyyy");
}

/** "2611": year and month in Việt Nam, as codes carry them. */
export function yearMonth(date: Date): string {
  return DateTime.fromJSDate(date, { zone: ZONE }).toFormat("yyLL");
}
