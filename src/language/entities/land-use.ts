import type { Passage } from "./passage.ts";

/** Codes that are also syllables, typed in every second message: these need capitals and the word *đất* or *mã*. */
const ALSO_WORDS = new Set(["CAN", "SON", "TON", "TIN", "DRA", "COC", "DAT", "TSN"]);
const SAID_BEFORE = /(?:dat|ma|loai|loai dat|ky hieu|muc dich|sang|len|qua|la|ghi|chu)\s*[:“"'(]?\s*$/u;
/** “luc sang ont” */
const TURNED_INTO = /^\s*(?:[+/]|sang|qua|len)\s*(?:dat\s*)?([a-z]{3})(?![\p{L}\p{N}])/u;
const SHAPE = /(?<![\p{L}\p{N}])[a-z]{3}(?![\p{L}\p{N}])/gu;

/** “CLN”, “đất odt”, “ONT+CLN”. */
export function findLandUseCodes(passage: Passage, codes: ReadonlySet<string>): void {
  if (codes.size === 0) return;
  let last = -1;
  for (const match of passage.matches(SHAPE)) {
    const code = match[0].toUpperCase();
    if (!codes.has(code)) continue;
    const end = match.index + match[0].length;
    const capital = passage.typed(match.index, end) === code;
    const plain = passage.lower.slice(match.index, end) === match[0];
    const named = SAID_BEFORE.test(passage.before(match.index));
    const chained =
      (last >= 0 &&
        /^\s*(?:[+/,&-]|va|hay|hoac|sang|qua|len|voi)\s*$/u.test(passage.bare.slice(last, match.index))) ||
      codes.has(TURNED_INTO.exec(passage.after(end))?.[1]?.toUpperCase() ?? "");
    if (
      !plain ||
      (ALSO_WORDS.has(code) ? !(capital && (named || chained)) : !isCodeLike(code, capital, named, chained))
    )
      continue;
    passage.add("land_use_code", code, match.index, end);
    last = end;
  }
}

/** A run of letters that Vietnamese has no syllable for is a code in any case; so are capitals. */
function isCodeLike(code: string, capital: boolean, named: boolean, chained: boolean): boolean {
  return capital || named || chained || !/[AEIOUY]/u.test(code) || /^[AEIOUY][DN]T$/u.test(code);
}
