import type { Entity } from "../types.ts";
import type { Passage } from "./passage.ts";

const NUMBER = String.raw`\d{1,4}(?:[a-h]\d{0,2})?(?:\s?[/-]\s?[a-h]?\d{1,4}[a-h]?){0,3}`;
/** “số nhà 45/7B”, “nhà số 12” */
const ANNOUNCED = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:so nha|nha so|dia chi(?: so)?|sn)\s*[:.]?\s*(${NUMBER})(?![\p{L}\p{N}]|[.,/]\d)`,
  "gu",
);
const CANDIDATE = new RegExp(
  String.raw`(?<![\p{L}\p{N}/.,-])(?:(so)\s?)?(${NUMBER}(?: [a-h]\d{1,2})?)(?![\p{L}\p{N}]|[.,/-]\d)`,
  "gu",
);
/** What may stand between a house’s number and its street or quarter. */
const TO_PLACE = /^\s*(?:[,–-]\s*)?(?:duong|d\.|dg\.?|dai lo|dl\.?|lo|pho)?\s*$/u;
/** Numbers that belong to the word before them. */
const OWNED =
  /(?<![\p{L}\p{N}])(?:to|tang|lau|lop|cap|tru|cot|lo|hem|kiet|ngach|ngay|thang|nam|thu|luc|phuong|p|khu pho|kp|ap|tuyen|xe|so xe|so \d+ va|duong|lan|quoc lo|ql|khoa|thua|chuyen|co|mat|them|het|khoang|tren|hon|du|ca)\s*[:.]?\s*$/u;

/** A house is a number right before its street or quarter, or one that is called so. Read last, when these are known. */
export function findHouseNumbers(passage: Passage, places: readonly Entity[]): void {
  for (const match of passage.matches(ANNOUNCED)) {
    const start = match.index + match[0].length - match[1]!.length;
    addNumber(passage, start, match.index + match[0].length);
  }
  for (const match of passage.matches(CANDIDATE)) {
    const end = match.index + match[0].length;
    const start = end - match[2]!.length;
    if (!match[1] && OWNED.test(passage.before(start, 16))) continue;
    if (leadsToPlace(passage, end, places, match[2]!)) addNumber(passage, start, end);
  }
}

function leadsToPlace(passage: Passage, end: number, places: readonly Entity[], digits: string): boolean {
  for (const place of places) {
    if (place.type !== "street" && place.type !== "hamlet") continue;
    const start = passage.indexOf(place.start);
    if (start < end || !TO_PLACE.test(passage.bare.slice(end, start))) continue;
    if (place.type === "hamlet")
      return /[/a-h-]/u.test(digits) || /(?:so|nha)\s*$/u.test(passage.before(end - digits.length));
    // “2 đường Nguyễn Huệ và Lê Lợi” counts streets
    return !(
      /^\d$/u.test(digits) &&
      /^\s*duong/u.test(passage.after(end)) &&
      /^\s*(?:va|voi|,)\s/u.test(passage.bare.slice(passage.indexOf(place.end)))
    );
  }
  return false;
}

function addNumber(passage: Passage, start: number, end: number): void {
  const value = passage.bare
    .slice(start, end)
    .replace(/\s?([/-])\s?/gu, "$1")
    .toUpperCase();
  passage.add("house_number", value, start, end);
}
