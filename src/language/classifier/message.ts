import { foldDiacritics, hasDiacritics } from "../diacritics.ts";

/** A message ready for the classifier. */
export interface Message {
  words: string[];
  /** What its punctuation and its drawn-out letters say beside the words: “!!”, “…”, “~”. */
  signs: string[];
  /** The share of its words that carry a diacritic; about three quarters in careful Vietnamese, 0 in bare text. */
  accented: number;
}

export function messageOf(words: string[], signs: string[] = []): Message {
  const marked = words.reduce((count, word) => count + (hasDiacritics(word) ? 1 : 0), 0);
  return { words, signs, accented: words.length > 0 ? marked / words.length : 0 };
}

/** The same message typed without any diacritic. */
export function bared({ words, signs }: Message): Message {
  return { words: words.map(foldDiacritics), signs, accented: 0 };
}
