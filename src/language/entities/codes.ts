import { isCalendarDay } from "./calendar.ts";
import type { Passage } from "./passage.ts";

/** “PA-2611-00012”, with or without its dashes. */
const REPORT =
  /(?<![\p{L}\p{N}])pa\s?[-–—._]?\s?(\d{2})(0[1-9]|1[0-2])\s?[-–—._]?\s?(\d{5})(?![\p{L}\p{N}])/gu;

export function findReportCodes(passage: Passage): void {
  for (const match of passage.matches(REPORT)) {
    const [whole, year, month, serial] = match;
    passage.add("report_code", `PA-${year}${month}-${serial}`, match.index, match.index + whole.length);
  }
}

/** “TB-2611-00003” names an announcement: no entity of its own, and no number of anything else. */
const ANNOUNCEMENT = /(?<![\p{L}\p{N}])tb\s?[-–—._]?\s?\d{4}\s?[-–—._]?\s?\d{5}(?![\p{L}\p{N}])/gu;

export function passOverAnnouncementCodes(passage: Passage): void {
  for (const match of passage.matches(ANNOUNCEMENT)) passage.take(match.index, match.index + match[0].length);
}

/**
 * A dossier’s code: agency – day received – number of that day. Up to 2020 the province stood last among the agency’s
 * parts (000.00.01.H07), since QĐ 20/2020/QĐ-TTg it stands first (H07.20.15).
 */
const DOT = String.raw`\s?[.,]\s?`;
const DASH = String.raw`(?:\s?[-–—−_]{1,2}\s?|\s)`;
const DOSSIER = new RegExp(
  String.raw`(?<![\p{L}\p{N}.])((?:\d{2,3}${DOT}){1,3}[hg]\d{2}|[hg]\d{2}(?:(?:${DOT}|\s)\d{1,3}(?!\d)){0,3})${DASH}(\d{6})${DASH}(\d{4,5})(?![\p{L}\p{N}])`,
  "gu",
);

export function findDossierCodes(passage: Passage, today: number): void {
  for (const match of passage.matches(DOSSIER)) {
    const [whole, agency, day, serial] = match;
    if (!isReceiptDay(day!, today)) continue;
    const parts = agency!.toUpperCase().split(/[\s.,]+/u);
    passage.add(
      "dossier_code",
      `${parts.join(".")}-${day}-${serial}`,
      match.index,
      match.index + whole.length,
    );
  }
}

/** YYMMDD must be a day, and not one to come. */
function isReceiptDay(digits: string, today: number): boolean {
  const [year, month, day] = [0, 2, 4].map((at) => Number(digits.slice(at, at + 2)));
  const number = isCalendarDay(2000 + year!, month!, day!);
  return number !== null && number <= today + 1;
}
