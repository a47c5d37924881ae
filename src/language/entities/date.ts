import { isCalendarDay, isoDay, partsOf } from "./calendar.ts";
import type { Passage } from "./passage.ts";

/**
 * Days as people name them: “15/4”, “ngày 20 tháng sau”, “sáng mai”, “thứ hai tuần sau”, “3 bữa trước”. A rule is a
 * pattern on the bare text and the day it means, or null where it means none.
 */
interface Rule {
  pattern: RegExp;
  day(match: RegExpExecArray, today: number, passage: Passage): number | null;
}

const rule = (pattern: string, day: Rule["day"]): Rule => ({
  pattern: new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${pattern})(?![\p{L}\p{N}])`, "gu"),
  day,
});

const PART_OF_DAY = "(?:sang som|sang|trua|chieu toi|chieu|toi|khuya|dem|xe|rang)";
const COUNTS: Record<string, number> = {
  mot: 1,
  hai: 2,
  ba: 3,
  bon: 4,
  nam: 5,
  sau: 6,
  bay: 7,
  tam: 8,
  chin: 9,
  muoi: 10,
};
const COUNT = String.raw`(\d{1,3}|${Object.keys(COUNTS).join("|")})`;
const WEEKDAYS: Record<string, number> = {
  "2": 0,
  hai: 0,
  "3": 1,
  ba: 1,
  "4": 2,
  tu: 2,
  "5": 3,
  nam: 3,
  "6": 4,
  sau: 4,
  "7": 5,
  bay: 5,
};
const WEEKDAY = String.raw`(?:thu\s?(2|3|4|5|6|7|hai|ba|tu|nam|sau|bay)|(t[2-7])|(chu nhat|cn))`;
const CALENDAR = "ngay|hom|bua|mung|mong|tu|den|toi|truoc|sau|han|vao|luc|hoi|qua";
const LUNAR = /^\s*(?:\/\s*\d{1,2}\s*)?(?:am lich|al(?![\p{L}])|am(?![\p{L}])|tet)/u;
const NOT_A_DAY = /^\s*(?:lan|buoi|tieng|gio|nguoi|dem|tuan|thang truoc nua)/u;

const RULES: Rule[] = [
  // 2026-04-15
  rule(String.raw`(?:ngay\s*)?(20\d\d)-(\d{1,2})-(\d{1,2})`, ([, year, month, day]) =>
    isCalendarDay(Number(year), Number(month), Number(day)),
  ),
  // 15/4/2026, 15-4-26, 15.4.2026
  rule(
    String.raw`(?:ngay\s*)?(\d{1,2})\s?([/.-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})`,
    ([, day, , month, year]) => isCalendarDay(fullYear(year!), Number(month), Number(day)),
  ),
  // ngày 15 tháng 4 năm 2026, mùng 5 tháng 12, 15 tháng 4, ngày 15 tháng này
  rule(
    String.raw`(?:(ngay|hom|bua|mung|mong|ngay mung)\s*)?(\d{1,2})\s*(?:thang|thg|t)\s*(\d{1,2}|nay|sau|toi|truoc|roi|vua roi|qua)(?:\s*(?:nam|,|/|-)\s*(\d{4}|nay|sau|toi|ngoai|truoc))?`,
    dayOfMonth,
  ),
  // ngày 15/4, hôm 3-2
  rule(String.raw`(?:ngay|hom|bua|mung|mong)\s*(\d{1,2})\s?[/.-]\s?(\d{1,2})`, ([, day, month], today) =>
    nearYear(Number(month), Number(day), today),
  ),
  // 15/4
  rule(String.raw`(?<![/.,-])(\d{1,2})/(\d{1,2})(?![/.-]\d)`, shortDate),
  // ngày 20, mùng 5 (the month is the running one)
  rule(
    String.raw`(?:(?:ngay|hom|bua)\s*(?:mung\s*|mong\s*)?|(?:mung|mong)\s*)(\d{1,2})(?!\s*(?:thang|ngay|bua|hom|tieng|gio|/|-\d|[.,]\d|h|%))`,
    ([whole, day], today, passage) => {
      const at = passage.bare.indexOf(whole);
      if (NOT_A_DAY.test(passage.after(at + whole.length))) return null;
      const { year, month } = partsOf(today);
      return isCalendarDay(year, month, Number(day));
    },
  ),
  // 3 ngày trước, cách đây hai bữa, 2 hôm nữa, 3 ngày sau
  rule(
    String.raw`(?:cach day|cach nay|hoi)\s*${COUNT}\s*(?:ngay|bua|hom)(?:\s*(?:truoc|roi))?`,
    ([, count], today) => today - counted(count!),
  ),
  rule(String.raw`${COUNT}\s*(?:ngay|bua|hom)\s*(truoc|nua|toi|sau)`, ([, count, way], today) =>
    way === "truoc" ? today - counted(count!) : today + counted(count!),
  ),
  // thứ hai tuần sau, chiều thứ 7 này, hôm chủ nhật
  rule(
    String.raw`(?:(hom|bua|hoi|ngay)\s*)?(?:${PART_OF_DAY}\s*)?(?:(hom|bua|ngay)\s*)?${WEEKDAY}(?:\s*(tuan\s*(?:nay|sau|toi|ke|ke tiep|truoc|roi|qua|vua roi|vua qua|kia)|nay|toi|sap toi|toi day|ke|truoc|roi|vua roi|vua qua|qua))?`,
    weekday,
  ),
  // hôm qua, tối mai, sáng nay
  rule(
    String.raw`(?:${PART_OF_DAY}\s*)?(?:(?:ngay|hom|bua)\s*)?(?:qua|hqua)(?=$|[^\p{L}\p{N}])`,
    relative("qua", -1),
  ),
  rule(String.raw`(?:${PART_OF_DAY}\s*)?(?:hom|bua)\s*(?:kia|tru?oc nua)`, (_match, today) => today - 2),
  rule(
    String.raw`(?:${PART_OF_DAY}\s*)?(?:ngay|hom|bua)\s*(?:mot|moot)|${PART_OF_DAY}\s*mot|ngay kia|mot(?=\s(?:toi|tui|em|minh|con|chau|len|ra|di|co|nop|lam|moi|no|ho)(?![\p{L}]))`,
    relative("mot", 2),
  ),
  rule(
    String.raw`(?:${PART_OF_DAY}\s*)?(?:(?:ngay|hom|bua)\s*)?mai(?!\s*(?:mot|moi|tang|thuy|sau|chi|nha|ton|la|van|hien|yeu|toi))`,
    relative("mai", 1),
  ),
  rule(
    String.raw`(?:hom|bua|ngay)\s*nay|(?:${PART_OF_DAY})\s*(?:hom\s*|bua\s*)?nay|hnay|hoi\s*(?:sang|trua|chieu|khuya)`,
    today,
  ),
];

/** Stretches of days that only look like one: “3 bữa nay”, “mấy hôm nay”, “cả tuần nay”. */
const DURATION = new RegExp(
  String.raw`(?<![\p{L}\p{N}]|(?:ngay|hom|bua|mung|mong)\s)(?:${COUNT}|may|nhieu|vai|ca|bao nhieu|hon|gan|chuc)\s*(?:ngay|bua|hom|tuan|thang|nam)\s*(?:nay|qua|roi|gio|lien|troi)(?![\p{L}\p{N}])`,
  "gu",
);

export function findDates(passage: Passage, now: number): void {
  for (const match of passage.matches(DURATION)) passage.take(match.index, match.index + match[0].length);
  for (const { pattern, day } of RULES) {
    for (const match of passage.matches(pattern)) {
      const end = match.index + match[0].length;
      if (LUNAR.test(passage.after(end))) {
        passage.take(match.index, end);
        continue;
      }
      const found = day(match, now, passage);
      if (found === null) continue;
      passage.add("date", isoDay(found), match.index, end);
    }
  }
}

function fullYear(digits: string): number {
  return digits.length === 2 ? 2000 + Number(digits) : Number(digits);
}

/** A day and month without a year: this year’s, unless last or next year’s is clearly meant (around New Year). */
function nearYear(month: number, day: number, today: number): number | null {
  const { year } = partsOf(today);
  const here = isCalendarDay(year, month, day);
  if (here === null) return month === 2 && day === 29 ? isCalendarDay(year + 1, month, day) : null;
  if (today - here > 300) return isCalendarDay(year + 1, month, day);
  if (here - today > 300) return isCalendarDay(year - 1, month, day);
  return here;
}

function dayOfMonth([, , day, month, year]: RegExpExecArray, today: number): number | null {
  const now = partsOf(today);
  if (/^\d/u.test(month!)) {
    if (year === undefined) return nearYear(Number(month), Number(day), today);
    return isCalendarDay(
      /^\d/u.test(year) ? Number(year) : now.year + shiftOf(year),
      Number(month),
      Number(day),
    );
  }
  const months = now.year * 12 + now.month - 1 + shiftOf(month!);
  return isCalendarDay(Math.floor(months / 12), (months % 12) + 1, Number(day));
}

function shiftOf(word: string): number {
  if (word === "nay") return 0;
  return ["sau", "toi", "ngoai"].includes(word) ? (word === "ngoai" ? -1 : 1) : -1;
}

/** “24/7”, “1/2 ký”, a house “12/5 Nguyễn Huệ”, a paper “số 15/4” are no days. */
function shortDate(match: RegExpExecArray, today: number, passage: Passage): number | null {
  const [whole, day, month] = match;
  const before = passage.before(match.index);
  const after = passage.after(match.index + whole.length);
  const announced = new RegExp(String.raw`(?:${CALENDAR})\s*$`, "u").test(before);
  if (
    /(?:ky|kg|lit|nua|so|nha|hem|kiet|ngach|to|thua|duong|lo|khu|goc|dia chi|qd|quyet dinh|thong tu|nghi dinh)\s*[:.]?\s*$/u.test(
      before,
    )
  )
    return null;
  if (
    !announced &&
    (whole === "24/7" || /^\s*(?:ky|kg|lit|duong|hem|khu pho|kp|ap|so|cai|phan)/u.test(after))
  )
    return null;
  return nearYear(Number(month), Number(day), today);
}

function counted(word: string): number {
  return COUNTS[word] ?? Number(word);
}

/** Ordinals (“con thứ hai”, “lần thứ 2”) are not weekdays. */
const ORDINAL =
  /(?:lan|con|nguoi|cai|dua|can|vo|chong|dot|tang|hang|bac|cap|phan|dieu|so|van de|viec|chuyen|be|chau|em|anh|thang|nha|ben|mon|ban|doi|buoc|cau|cua|la)\s*$/u;

function weekday(match: RegExpExecArray, today: number, passage: Passage): number | null {
  const [whole, first, second, digit, letter, sunday, when] = match;
  const day = sunday ? 6 : WEEKDAYS[digit ?? letter!.slice(1)]!;
  const start = match.index;
  if (digit && !first && !second && ORDINAL.test(passage.before(start))) return null;
  if (
    letter &&
    !when &&
    !/(?:sang|trua|chieu|toi|tu|den|thu)\s*\S*$/u.test(whole.slice(0, -2) + passage.before(start, 8)) &&
    !/^\s*(?:co|co lam|lam|nghi|con lam|mo cua|den|toi|hay|va|voi|tui|toi|em)(?![\p{L}])/u.test(
      passage.after(start + whole.length),
    )
  )
    return null;
  if (digit && !isWeekdayWord(passage, match)) return null;
  if (!when && dateBeside(passage, start, start + whole.length)) return null;
  const monday = today - partsOf(today).weekday;
  const week = when?.startsWith("tuan") ? when.slice(4).trim() : undefined;
  if (week === "nay") return monday + day;
  if (week === "kia") return monday + day - 14;
  if (week !== undefined) return monday + day + (["sau", "toi", "ke", "ke tiep"].includes(week) ? 7 : -7);
  const ahead = (monday + day - today + 7) % 7;
  if (["truoc", "roi", "vua roi", "vua qua", "qua"].includes(when ?? "")) return today + (ahead || 7) - 7;
  if (
    when === undefined &&
    (first === "hom" || first === "bua" || first === "hoi" || second === "hom" || second === "bua")
  )
    return today + (ahead || 7) - 7;
  return today + ahead;
}

/** “thứ ba, 8/12”, “8/12 (thứ ba)”: the weekday of a day already named. */
function dateBeside(passage: Passage, start: number, end: number): boolean {
  return passage.entities.some((entity) => {
    if (entity.type !== "date") return false;
    const from = passage.indexOf(entity.start);
    const to = passage.indexOf(entity.end);
    return (
      (from >= end && /^\s*[,(]?\s*$/u.test(passage.bare.slice(end, from))) ||
      (to <= start && /^\s*[,(]?\s*$/u.test(passage.bare.slice(to, start)))
    );
  });
}

/** “thứ năm” but not “thư năm”; the marks of what was typed decide. */
function isWeekdayWord(passage: Passage, match: RegExpExecArray): boolean {
  const at = match.index + match[0].search(/thu\s?(?:2|3|4|5|6|7|hai|ba|tu|nam|sau|bay)/u);
  return passage.reads(at, at + 3, "thứ");
}

/** “mai” alone is a day, or a flower, or a name: the marks and the words before decide. */
function relative(word: string, shift: number): Rule["day"] {
  const spelled = { qua: "qua", mai: "mai", mot: "mốt" }[word]!;
  return (match, today, passage) => {
    const [whole] = match;
    if (whole === "ngay kia") return today + 2;
    const end = match.index + whole.length;
    const start = end - spelled.length;
    if (whole !== "hqua" && !passage.reads(start, end, spelled)) return null;
    const lead = whole.slice(0, -spelled.length).trim();
    if (word === "qua" && lead === "") return null;
    if (word === "qua" && !leadReads(passage, match.index, lead)) return null;
    if (
      word === "mot" &&
      lead === "" &&
      (passage.lower.slice(start, end) !== spelled || /\p{L}\s*$/u.test(passage.before(start)))
    )
      return null;
    if (word === "mai" && lead === "" && !standsAsDay(passage, match.index, end)) return null;
    return today + shift;
  };
}

/** In “tới qua” and “trưa qua” marks tell evening from arriving. */
function leadReads(passage: Passage, start: number, lead: string): boolean {
  const spelled: Record<string, string> = {
    toi: "tối",
    chieu: "chiều",
    sang: "sáng",
    trua: "trưa",
    dem: "đêm",
    khuya: "khuya",
    hom: "hôm",
    ngay: "ngày",
    bua: "bữa",
  };
  const first = lead.split(/\s+/u)[0]!;
  const intended = spelled[first];
  return intended === undefined || passage.reads(start, start + first.length, intended);
}

/** “mai tui lên nộp” but not “chị Mai”, “cây mai”, “mai mốt”. */
function standsAsDay(passage: Passage, start: number, end: number): boolean {
  if (
    /(?:chi|co|ba|anh|em|cay|bong|hoa|ten|truc|chau|be|hoang|thanh|ngoc|xuan|bach|quynh|phuong|duong|banh|tuong|lai)\s*$/u.test(
      passage.before(start),
    )
  )
    return false;
  return !/^\s*(?:mot|nay|kia|sau)(?![\p{L}])/u.test(passage.after(end));
}

function today(match: RegExpExecArray, today: number, passage: Passage): number | null {
  const words = match[0].split(/\s+/u);
  if (words.length < 2) return today;
  const first = words[0]!;
  if (first === "hoi") return passage.reads(match.index, match.index + 3, "hồi") ? today : null;
  return leadReads(passage, match.index, match[0]) ? today : null;
}
