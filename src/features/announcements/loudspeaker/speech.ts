/**
 * A notice spelt for reading aloud: dates, hours, sums, measures, numbers and abbreviations in words, so that whoever
 * reads it over the loudspeaker, man or machine, never stops to think. Pure; what comes out holds no figure.
 */
import { ABBREVIATIONS, SIGNS, UNITS } from "./said-as.ts";
import { digitWords, figureWords, numberWords } from "./number-words.ts";

const FIGURE = String.raw`\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?`;
/** No letter or figure right before, so that "A4" or "12/5/3" is not cut in the middle. */
const ALONE = String.raw`(?<![\p{L}\d])`;

type Rule = [RegExp, (...found: string[]) => string];

// The order matters: what is longer and surer comes first.
const RULES: Rule[] = [
  [/https?:\/\/\S+|www\.\S+/giu, () => "trang thông tin của phường"],
  // 8 – 11h: from … to; a hyphen only where it stands free, for it also parts dates and telephone numbers
  [/(?<=[\dhgờ])(?:\s*[–—]\s*|\s+-\s+)(?=\d)/g, () => " đến "],
  // 28/11/2026, 28-11-2026
  [
    /(?:(ngày)\s+)?(?<!\d)(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?![\d/])/giu,
    (all, _word, day, month, year) =>
      isDate(day, month) ? `${dayWords(day, month)} năm ${numberWords(Number(year))}` : all,
  ],
  // tháng 11/2026
  [
    /tháng\s+(\d{1,2})\/(\d{4})(?![\d/])/giu,
    (all, month, year) =>
      Number(month) <= 12 && Number(month) > 0
        ? `${monthWords(Number(month))} năm ${numberWords(Number(year))}`
        : all,
  ],
  // ngày 28/11; "28 và 29/11" keeps its first day as a number
  [
    /(?:(ngày)\s+|(?<=(?:và|đến|từ|hết|,)\s))(?<!\d)(\d{1,2})\/(\d{1,2})(?![\d/])/giu,
    (all, _word, day, month) => (isDate(day, month) ? dayWords(day, month) : all),
  ],
  [/tháng\s+(\d{1,2})(?!\d)/giu, (all, month) => (Number(month) <= 12 ? monthWords(Number(month)) : all)],
  // 7h30, 7 giờ 30, 07:30, 7g
  [
    /(?<![\d.,/])(\d{1,2})\s*(?:giờ|h|g)\s*(\d{2})(?:\s*phút)?(?![\p{L}\d])/giu,
    (all, hour, minute) => (isHour(hour, minute) ? hourWords(hour, minute) : all),
  ],
  [
    /(?<![\d.,/])(\d{1,2}):(\d{2})(?![\d:])/gu,
    (all, hour, minute) => (isHour(hour, minute) ? hourWords(hour, minute) : all),
  ],
  [/(?<![\d.,/])(\d{1,2})\s*(?:h|g)(?![\p{L}\d/])/gu, (_all, hour) => hourWords(hour, "00")],
  // telephone numbers, figure by figure
  [
    /(?<![\d.])(?:\+84|0)(?:[\s.-]?\d){8,10}(?!\d)/g,
    (number) => digitWords(number.replace(/^\+84/, "0").replace(/\D/g, "")),
  ],
  // 41/TB-UBND
  [
    /(?<![\d/])(\d+)\/([\p{Lu}]+(?:-[\p{Lu}]+)*)(?![\p{L}\d])/gu,
    (_all, number, letters) => `${figureWords(number)} ${spelt(letters)}`,
  ],
  // 1.250.000đ, 500k, 20 km/h, 4 ‰
  ...Object.entries(UNITS).map(([written, said]): Rule => [
    new RegExp(`(?<![\\d.,/])(${FIGURE})\\s*${escaped(written)}(?![\\p{L}\\d])`, "gu"),
    (_all, figure) => `${figureWords(figure)} ${said}`,
  ]),
  // 500.000 đồng/tháng
  [
    /(?<=\p{L})\/(?=(?:giờ|ngày|tuần|tháng|năm|hộ|người|lần|suất|liều|lượt|em|cháu)(?!\p{L}))/giu,
    () => " mỗi ",
  ],
  // cấp 8-9
  [/(?<=\d)-(?=\d)/g, () => " đến "],
  // 45/7B: house numbers
  [/(?<=\d)\/(?=\d)/g, () => " xẹt "],
  ...Object.entries(ABBREVIATIONS).map(([written, said]): Rule => [
    new RegExp(`${ALONE}${escaped(written)}(?!\\p{L})`, "gu"),
    () => `${said} `, // "KP3"
  ]),
  [new RegExp(FIGURE, "g"), (figure) => ` ${figureWords(figure)} `],
  ...Object.entries(SIGNS).map(([sign, said]): Rule => [new RegExp(escaped(sign), "gu"), () => ` ${said} `]),
];

/** The text in words; a paragraph a line. What only pleases the eye (bullets, emphasis, emoji) is left out. */
export function spokenText(text: string): string {
  return text
    .normalize("NFC")
    .replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)))
    .split(/\n+/)
    .map(spokenLine)
    .filter(Boolean)
    .join("\n");
}

function spokenLine(line: string): string {
  const bare = line.replace(/^\s*[-•*]\s+/, "").replace(/\*\*|__/g, "");
  const said = RULES.reduce((text, [pattern, words]) => text.replace(pattern, words), bare);
  return said
    .replace(/[^\p{L}\p{M}\s.,;:!?()“”"'…-]/gu, " ")
    .replace(/\s+/g, " ")
    .replace(/\s+([.,;:!?)])/g, "$1")
    .replace(/([(“])\s+/g, "$1")
    .trim();
}

/** Words in the text a reader would stumble over: runs of capitals nobody told us how to say. */
export function hardToRead(text: string): string[] {
  const left = Object.keys(ABBREVIATIONS).reduce(
    (rest, known) => rest.replace(new RegExp(`${ALONE}${escaped(known)}(?!\\p{L})`, "gu"), " "),
    text.normalize("NFC").replace(/\d+\/[\p{Lu}-]+|https?:\/\/\S+|\b[IVX]+\b/gu, " "),
  );
  // a whole line in capitals is shouting, not an abbreviation
  const lines = left.split("\n").filter((line) => /\p{Ll}/u.test(line));
  return [...new Set(lines.join("\n").match(/(?<![\p{L}\d])\p{Lu}[\p{Lu}\d]{1,9}(?![\p{L}\d])/gu) ?? [])];
}

const isDate = (day: string, month: string) =>
  Number(day) >= 1 && Number(day) <= 31 && Number(month) >= 1 && Number(month) <= 12;
const isHour = (hour: string, minute: string) => Number(hour) <= 24 && Number(minute) < 60;

/** The first ten days are "mùng" only in the lunar calendar; here they are plain numbers. */
const dayWords = (day: string, month: string) =>
  `ngày ${numberWords(Number(day))} ${monthWords(Number(month))}`;
/** The fourth is "tháng tư". */
const monthWords = (month: number) => `tháng ${month === 4 ? "tư" : numberWords(month)}`;

function hourWords(hour: string, minute: string): string {
  const head = `${numberWords(Number(hour))} giờ`;
  if (Number(minute) === 0) return head;
  return Number(minute) === 30 ? `${head} rưỡi` : `${head} ${numberWords(Number(minute))} phút`;
}

/** "TB-UBND" by what it stands for, else as it is. */
const spelt = (letters: string) =>
  letters
    .split("-")
    .map((part) => ABBREVIATIONS[part] ?? part)
    .join(" ");

/** "٣" and "３" are figures too. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0)!;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return code - zero;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
}
