import { placeToneMark } from "./tone-marks.ts";

/**
 * One spelling for what people write in many: NFC, lower case, one place for the tone mark, drawn-out letters
 * shortened (“đẹpppp”), spaces collapsed. Abbreviations are another matter: see teencode.ts.
 */
export function normalise(text: string): string {
  return text
    .normalize("NFC")
    .toLowerCase()
    .normalize("NFC") // lowering İ and its like leaves loose marks
    .replace(/[\p{L}\p{M}]+/gu, normaliseWord)
    .replace(/\s+/gu, " ")
    .trim();
}

/** "đẹpppp" → "đẹp", "hoà" → "hòa". Expects lower-case NFC. */
export function normaliseWord(word: string): string {
  return placeToneMark(word.replace(/(\p{L})\1{2,}/gu, "$1"));
}
