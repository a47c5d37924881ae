import { foldDiacritics, hasDiacritics } from "../diacritics.ts";
import type { Teencode } from "../teencode.ts";
import { seededRandom } from "./random.ts";
import type { Message } from "./vectoriser.ts";

/**
 * Other ways the same sentence reaches us: typed without diacritics, with half of them, in teencode, with a slip of
 * the finger. Each copy keeps its label, so the model learns that spelling changes nothing.
 */
export function copies(message: Message, random: () => number): Message[] {
  const bare = message.words.map(foldDiacritics);
  const result: Message[] = [];
  if (message.accented) result.push({ words: bare, accented: false });
  return result;
}

export function messageOf(words: string[]): Message {
  return { words, accented: words.some(hasDiacritics) };
}

export { seededRandom };
export type { Teencode };
