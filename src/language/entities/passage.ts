import { spells } from "../diacritics.ts";
import type { Entity, EntityType } from "../types.ts";

/**
 * A message laid out for the grammars: lower case with and without diacritics, letter for letter alongside the text as
 * typed, and a note of which stretches have been understood, so that one number is never two things.
 */
export class Passage {
  /** Lower case, composed. */
  readonly lower: string;
  /** The same without diacritics; index for index beside `lower`. */
  readonly bare: string;
  readonly entities: Entity[] = [];
  private readonly origin: Int32Array;
  private readonly taken: Uint8Array;

  constructor(readonly source: string) {
    const letters = composedLetters(source);
    this.lower = letters.map(({ lower }) => lower).join("");
    this.bare = letters.map(({ bare }) => bare).join("");
    this.origin = Int32Array.from([...letters.map(({ at }) => at), source.length]);
    this.taken = new Uint8Array(letters.length);
  }

  /** Every match of a pattern on the bare text that touches nothing understood before. */
  *matches(pattern: RegExp): Generator<RegExpExecArray> {
    for (const match of this.bare.matchAll(pattern)) {
      if (match[0].length > 0 && this.isFree(match.index, match.index + match[0].length)) yield match;
    }
  }

  isFree(start: number, end: number): boolean {
    for (let at = start; at < end; at++) if (this.taken[at]) return false;
    return true;
  }

  /** Marks a stretch as understood without naming it. */
  take(start: number, end: number): void {
    this.taken.fill(1, start, end);
  }

  add(type: EntityType, value: unknown, start: number, end: number): void {
    this.take(start, end);
    this.note(type, value, start, end);
  }

  /** Adds a reading and leaves the stretch open for others of the same words. */
  note(type: EntityType, value: unknown, start: number, end: number): void {
    const from = this.origin[start]!;
    const to = this.origin[end]!;
    this.entities.push({ type, value, text: this.source.slice(from, to), start: from, end: to });
  }

  /** Where a place in the source stands here. */
  indexOf(source: number): number {
    return this.origin.findIndex((at) => at >= source);
  }

  /** The stretch as the resident wrote it. */
  typed(start: number, end: number): string {
    return this.source.slice(this.origin[start], this.origin[end]);
  }

  /** Whether the words in a stretch may be meant as these: marks may be missing, but not be others. */
  reads(start: number, end: number, intended: string): boolean {
    const typed = this.lower.slice(start, end).trim().split(/\s+/u);
    const words = intended.split(" ");
    return typed.length === words.length && typed.every((word, at) => spells(word, words[at]!));
  }

  /** The bare text that stands right before, for a look at the company a number keeps. */
  before(start: number, length = 24): string {
    return this.bare.slice(Math.max(0, start - length), start);
  }

  after(end: number, length = 24): string {
    return this.bare.slice(end, end + length);
  }
}

const MARK = /^\p{Mark}$/u;

/** One entry per composed letter. What has no one-letter form (ligatures, emoji) stands as it is. */
function composedLetters(source: string): { lower: string; bare: string; at: number }[] {
  const letters: { lower: string; bare: string; at: number }[] = [];
  for (let at = 0; at < source.length;) {
    let end = at + 1;
    while (end < source.length && source.charCodeAt(end) >= 0x300 && MARK.test(source[end]!)) end++;
    const lower = oneLetter(source.slice(at, end));
    letters.push({ lower, bare: bareLetter(lower), at });
    at = end;
  }
  return letters;
}

function oneLetter(cluster: string): string {
  if (cluster.charCodeAt(0) < 0x80 && cluster.length === 1) return cluster.toLowerCase();
  const lower = cluster.normalize("NFC").toLowerCase();
  return lower.length === 1 ? lower : cluster[0]!;
}

function bareLetter(letter: string): string {
  if (letter.charCodeAt(0) < 0x80) return letter;
  if (letter === "đ") return "d";
  const base = letter.normalize("NFD")[0]!;
  return /\p{Letter}/u.test(base) ? base : letter;
}
