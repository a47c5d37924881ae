/** Vietnamese or English: what residents write is Vietnamese unless it plainly is not. */
import { hasDiacritics } from "./diacritics.ts";

/** Words that English sentences are built with and that no Vietnamese syllable is spelt like. */
const ENGLISH = new Set(
  (
    "the is are was were be been am my your our their his her its this that these those there here what where when how why who " +
    "which can could would should will does did have has had want need please help hello thanks thank you we they not don't " +
    "isn't of for from with about and or but in to at on it i me get got any some broken report street light water power house near"
  ).split(" "),
);
/** Spelt alike in both: they speak for neither. */
const BOTH = new Set("to me do an in on at it i am he no so".split(" "));
/** At least this share of the words, and two of them, must be English. */
const SHARE = 0.4;

export function tongueOf(text: string): "vi" | "en" {
  if (hasDiacritics(text)) return "vi";
  const words = text.toLowerCase().match(/[a-z']+/g) ?? [];
  const english = words.filter((word) => ENGLISH.has(word));
  const plain = english.filter((word) => !BOTH.has(word));
  return plain.length >= 2 && english.length / words.length >= SHARE ? "en" : "vi";
}
