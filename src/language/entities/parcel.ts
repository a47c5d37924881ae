import type { Passage } from "./passage.ts";

/**
 * A land parcel is named by its map sheet and its number: “tờ bản đồ số 12, thửa đất số 125”, “thửa 125 tờ 12”,
 * “to 12/thua 125”, “parcel 125 sheet 12”. Either may stand alone. Several parcels may share a sheet: “thửa 125 và 126 tờ 12”.
 */
interface Part {
  kind: "sheet" | "parcel";
  numbers: number[];
  start: number;
  end: number;
}

/** Letters may follow at once only where the next part begins: “tờ12thửa125”. */
const NUMBER = String.raw`\s*(?:so|s[oố]\.?|no\.?|number)?\s*[:.#]?\s*(\d{1,5})(?![\p{N}]|[.,]\d|(?!thua\s?\d|to\s?\d)[\p{L}])`;
const SHEET = new RegExp(
  String.raw`(?<![\p{L}]|(?<!thua\s?\d{0,4})\d)(?:(so )?(to(?:\s*(?:ban do|b\.?d|bd))?|tbd|ban do|(?:map )?sheet)(?:\s*(?:dia chinh|thu))?)${NUMBER}`,
  "gu",
);
const PARCEL = new RegExp(
  String.raw`(?<![\p{L}]|(?<!to\s?\d{0,4})\d)(?:(?:so )?(thua|parcel|plot)(?:\s*dat)?(?:\s*(?:thu))?)${NUMBER}((?:\s*(?:,|va|voi|&|\+|-)\s*(?:thua\s*(?:so\s*)?)?\d{1,5}(?![\p{N}\p{L}/]))*)`,
  "gu",
);
const NOT_LAND =
  /^\s*(?:k|ngan|nghin|dong|d|trieu|tr|vnd|ty|trang|giay|ban|ngay|nam|tran|van|phut|gio|nguoi|cai)(?![\p{L}])/u;
const BETWEEN =
  /^[\s,;:/\\.&+()–-]*(?:(?:cua|of|in|on|no|number|thuoc|o|tai|trong|nam|nam o|ghi|thi|tren|va|voi|so|la|ma|dat)[\s,;:/.–-]*){0,3}$/u;

export function findParcels(passage: Passage): void {
  const parts = [...sheets(passage), ...parcels(passage)].sort((one, other) => one.start - other.start);
  const free = parts.filter(({ start, end }) => passage.isFree(start, end));
  for (let at = 0; at < free.length; at++) {
    const part = free[at]!;
    const next = free[at + 1];
    if (next && next.kind !== part.kind && belongTogether(passage, part, next, free[at + 2])) {
      addParcels(passage, part, next);
      at++;
    } else if (part.kind === "sheet" && !part.sure) {
      continue;
    } else {
      addParcels(passage, part);
    }
  }
}

interface Found extends Part {
  /** Whether the words alone, without a parcel beside them, name a map sheet. */
  sure: boolean;
}

function* sheets(passage: Passage): Generator<Found> {
  for (const match of passage.matches(SHEET)) {
    const word = match[2]!;
    const start = match.index + match[0].indexOf(word);
    const typed = passage.lower.slice(start, start + word.length);
    if (word.startsWith("to") && !passage.reads(start, start + 2, "tờ")) continue;
    const end = match.index + match[0].length;
    if (countsSomething(passage, end)) continue;
    yield {
      kind: "sheet",
      numbers: [Number(match[3])],
      start: match.index,
      end,
      sure: word !== "to" || typed === "tờ",
    };
  }
}

function* parcels(passage: Passage): Generator<Found> {
  for (const match of passage.matches(PARCEL)) {
    const start = match.index + match[0].indexOf(match[1]!);
    if (match[1] === "thua" && !passage.reads(start, start + 4, "thửa")) continue;
    const list = match[3]!;
    const whole = match.index + match[0].length;
    const more = [...list.matchAll(/\d+/gu)].map(([digits]) => Number(digits));
    const counted = more.length > 0 && isList(passage, list, match.index, whole);
    const end = counted ? whole : whole - list.length;
    if (countsSomething(passage, end)) continue;
    yield {
      kind: "parcel",
      numbers: [Number(match[2]), ...(counted ? more : [])],
      start: match.index,
      end,
      sure: true,
    };
  }
}

/** “5 triệu”, “12 năm” but not “thửa 33 nằm ở …”. */
function countsSomething(passage: Passage, end: number): boolean {
  const word = NOT_LAND.exec(passage.after(end))?.[0];
  if (word === undefined) return false;
  return !(word.trim() === "nam" && passage.reads(end + word.length - 3, end + word.length, "nằm"));
}

/** “thửa 125, 45 Nguyễn Huệ” is a parcel and a house; “các thửa 125, 126” and “thửa 125 và 126 tờ 12” are parcels. */
function isList(passage: Passage, list: string, start: number, end: number): boolean {
  return (
    list.includes("thua") ||
    /(?:cac|nhung|may|hai|ba|\d)\s+$/u.test(passage.before(start)) ||
    /^\s*,?\s*(?:cung\s+|thuoc\s+|chung\s+)?(?:so\s+)?(?:to|tbd)(?![\p{L}])/u.test(passage.after(end)) ||
    (/^\s*(?:va|&|\+)\s*\d+$/u.test(list) && /^\s*(?:$|[,.?!;])/u.test(passage.after(end)))
  );
}

/** In “tờ 12 thửa 125, tờ 13 thửa 9” the sheet belongs to the parcel that follows it closest. */
function belongTogether(passage: Passage, part: Part, next: Part, third?: Part): boolean {
  const gap = passage.bare.slice(part.end, next.start);
  if (gap.length > 30 || !BETWEEN.test(gap)) return false;
  if (part.kind === "parcel" && third?.kind === "parcel" && next.kind === "sheet") {
    const onward = passage.bare.slice(next.end, third.start);
    return onward.length >= gap.length || !BETWEEN.test(onward);
  }
  return true;
}

function addParcels(passage: Passage, part: Part, other?: Part): void {
  const sheet = [part, other].find((each) => each?.kind === "sheet")?.numbers[0];
  const numbers = [part, other].find((each) => each?.kind === "parcel")?.numbers ?? [undefined];
  const start = part.start;
  const end = other?.end ?? part.end;
  passage.take(start, end);
  for (const parcel of numbers) {
    const value = { ...(sheet === undefined ? {} : { sheet }), ...(parcel === undefined ? {} : { parcel }) };
    passage.note("parcel", value, start, end);
  }
}
