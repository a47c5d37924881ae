import { foldDiacritics } from "../diacritics.ts";

/** A message ready for the classifier. */
export interface Message {
  words: string[];
  /** What its punctuation and its drawn-out letters say beside the words: “!!”, “…”, “~”. */
  signs: string[];
  /** The share of its words that carry a diacritic; about three quarters in careful Vietnamese, 0 in bare text. */
  accented: number;
}

/** The same message typed without any diacritic. */
export function bared({ words, signs }: Message): Message {
  return { words: words.map(foldDiacritics), signs, accented: 0 };
}
