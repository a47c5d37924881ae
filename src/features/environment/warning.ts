/**
 * When a reading is worth a warning. Salt and water come and go with the tide, twice a day: a value that hovers about the
 * bar, or comes back with the next tide, is not told again.
 */

export interface Bar {
  warnFrom: number | null;
  /** Back past this the warning is over; null: a tenth off `warnFrom`. */
  clearFrom: number | null;
  /** It is low values that matter. */
  warnsLow: boolean;
  /** Since when it has been over the bar; null: it is not. */
  highSince: Date | null;
}

export interface Told {
  /** When a warning of this station last went out. */
  lastAt: Date | null;
}

export type Step = "warn" | "rise" | "clear" | null;

/** Two tides: the same water is not news before that, ms. */
export const QUIET = 24 * 3_600_000;
/** What was measured earlier is told too late, ms. */
export const LATE = 6 * 3_600_000;

/** Where the warning is over. */
export const clearsAt = ({ warnFrom, clearFrom, warnsLow }: Omit<Bar, "highSince">) =>
  clearFrom ?? (warnFrom ?? 0) + Math.abs(warnFrom ?? 0) * (warnsLow ? 0.1 : -0.1);

/** At its bar or past it. */
export const isPast = ({ warnFrom, warnsLow }: Pick<Bar, "warnFrom" | "warnsLow">, value: number) =>
  warnFrom !== null && (warnsLow ? value <= warnFrom : value >= warnFrom);

/**
 * What the newest reading of a station changes. "warn": people are told; "rise": over the bar again, too soon to be news;
 * "clear": back under it, by more than a hair.
 */
export function stepOf(bar: Bar, { lastAt }: Told, reading: { at: Date; value: number }, now: Date): Step {
  if (bar.warnFrom === null || now.getTime() - reading.at.getTime() > LATE) return null;
  const back = clearsAt(bar);
  if (bar.highSince) return (bar.warnsLow ? reading.value > back : reading.value < back) ? "clear" : null;
  if (!isPast(bar, reading.value)) return null;
  return lastAt && reading.at.getTime() - lastAt.getTime() < QUIET ? "rise" : "warn";
}
