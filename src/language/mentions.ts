/** Does a sentence hold one of these words? Read as residents type: with marks, without, or half of them. */
import { spells } from "./diacritics.ts";
import { normalise } from "./normalise.ts";

/** mentions("den duong hu", ["đèn đường"]) holds; mentions("đến đường", ["đèn đường"]) does not. */
export function mentions(text: string, phrases: readonly string[]): boolean {
  const said = wordsIn(text);
  return phrases.some((phrase) => {
    const wanted = wordsIn(phrase);
    return said.some((_, start) => wanted.every((word, at) => spells(said[start + at] ?? "", word)));
  });
}

function wordsIn(text: string): string[] {
  return normalise(text.slice(0, 4000)).match(/[\p{L}\p{N}]+/gu) ?? [];
}
