import { foldDiacritics, hasDiacritics } from "../diacritics.ts";
import type { Message } from "./vectoriser.ts";

/** The same sentence typed without diacritics: it keeps its label, so the model learns that they change nothing. */
export function copies(message: Message): Message[] {
  const bare = message.words.map(foldDiacritics);
  const result: Message[] = [];
  if (message.accented) result.push({ words: bare, accented: false });
  return result;
}

export function messageOf(words: string[]): Message {
  return { words, accented: words.some(hasDiacritics) };
}
