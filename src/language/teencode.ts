import { foldDiacritics } from "./diacritics.ts";

/**
 * Abbreviations of chat (“ko”, “dc”, “k bik”). Some are also real words or parts of names, so an entry may ask for the
 * company it keeps: `k` is *không* unless a number stands before it (“200k”).
 */
export interface TeencodeEntry {
  short: string;
  full: string;
  /** Leave it alone when the word before matches one of these (bare spelling; “#” is any number). */
  unlessAfter?: string[];
  unlessBefore?: string[];
  /** Expand it only in this company. */
  onlyAfter?: string[];
  onlyBefore?: string[];
}

export class Teencode {
  private readonly entries: Map<string, TeencodeEntry>;

  constructor(entries: TeencodeEntry[] = []) {
    this.entries = new Map(entries.map((entry) => [entry.short, entry]));
  }

  has(word: string): boolean {
    return this.entries.has(word);
  }

  /** The words `short` stands for, given its neighbours; itself when it stands for nothing. */
  expand(word: string, before = "", after = ""): string {
    const entry = this.entries.get(word);
    if (!entry) return word;
    if (matchesAny(entry.unlessAfter, before) || matchesAny(entry.unlessBefore, after)) return word;
    if (entry.onlyAfter && !matchesAny(entry.onlyAfter, before)) return word;
    if (entry.onlyBefore && !matchesAny(entry.onlyBefore, after)) return word;
    return entry.full;
  }

  expandAll(words: string[]): string[] {
    const expanded: string[] = [];
    words.forEach((word, at) => {
      const full = this.entries.has(word) ? this.expand(word, words[at - 1], words[at + 1]) : word;
      if (full.includes(" ")) expanded.push(...full.split(" "));
      else expanded.push(full);
    });
    return expanded;
  }
}

/** Whether a neighbour is one of these words; “#” is any number, "" the edge of the message. */
function matchesAny(patterns: string[] | undefined, word: string): boolean {
  if (!patterns) return false;
  if (/^\d/.test(word)) return patterns.includes("#") || patterns.includes(word);
  return patterns.includes(foldDiacritics(word));
}
