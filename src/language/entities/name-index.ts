import { foldDiacritics, spells } from "../diacritics.ts";
import { normalise } from "../normalise.ts";
import type { Passage } from "./passage.ts";

/** A spelling of a name and the thing it names. */
interface Spelling<Named> {
  bare: string[];
  marked: string[];
  thing: Named;
}

export interface NameMatch<Named> {
  things: Named[];
  start: number;
  end: number;
  /** Typed without marks where the name has some: other words may have been meant. */
  plain: boolean;
}

interface Word {
  bare: string;
  lower: string;
  start: number;
  end: number;
}

const WORD = /[\p{L}\p{N}]+/gu;

export function wordsOf(passage: Passage): Word[] {
  return Array.from(passage.bare.matchAll(WORD), (match) => {
    const end = match.index + match[0].length;
    return {
      bare: match[0],
      lower: normalise(passage.lower.slice(match.index, end)),
      start: match.index,
      end,
    };
  });
}

/** Finds names in a passage, the longest first; a name shared by several things yields them all. */
export class NameIndex<Named> {
  private readonly byFirstWord = new Map<string, Spelling<Named>[]>();
  private readonly byLetters = new Map<number, Spelling<Named>[]>();

  constructor(names: Iterable<[name: string, thing: Named]>) {
    for (const [name, thing] of names) {
      const marked = normalise(name).match(WORD) ?? [];
      const bare = marked.map(foldDiacritics);
      if (bare.length === 0) continue;
      const spelling = { bare, marked, thing };
      const list = this.byFirstWord.get(bare[0]!) ?? [];
      list.push(spelling);
      list.sort((one, other) => other.bare.length - one.bare.length);
      this.byFirstWord.set(bare[0]!, list);
      this.byLetters.set(bare.length, [...(this.byLetters.get(bare.length) ?? []), spelling]);
    }
  }

  /** The longest name that starts at a word. Marks may be missing but not be others, unless `lenient`. */
  at(words: Word[], from: number, lenient = false): NameMatch<Named> | null {
    const first = words[from];
    if (!first) return null;
    let best: NameMatch<Named> | null = null;
    let length = 0;
    for (const { bare, marked, thing } of this.byFirstWord.get(first.bare) ?? []) {
      if (best && bare.length < length) break;
      if (!bare.every((word, at) => words[from + at]?.bare === word)) continue;
      const typed = words.slice(from, from + bare.length);
      if (!lenient && !typed.every(({ lower }, at) => spells(lower, marked[at]!))) continue;
      length = bare.length;
      if (best) {
        if (!best.things.includes(thing)) best.things.push(thing);
        continue;
      }
      best = {
        things: [thing],
        start: first.start,
        end: typed.at(-1)!.end,
        plain:
          typed.every(({ lower, bare: plain }) => lower === plain) &&
          marked.some((word, at) => word !== bare[at]),
      };
    }
    return best;
  }

  /** A name one slip away (a letter missing, added, changed, or two swapped), where a word like *phường* announces it. */
  near(words: Word[], from: number): NameMatch<Named> | null {
    for (const length of [4, 3, 2]) {
      const typed = words.slice(from, from + length);
      if (typed.length < length) continue;
      const written = typed.map(({ bare }) => bare).join(" ");
      if (written.length < 6 || /\d/u.test(written)) continue;
      const close = (this.byLetters.get(length) ?? []).filter(({ bare }) =>
        isOneSlipAway(written, bare.join(" ")),
      );
      const things = [...new Set(close.map(({ thing }) => thing))];
      if (things.length > 0) return { things, start: typed[0]!.start, end: typed.at(-1)!.end, plain: false };
    }
    return null;
  }
}

/** Optimal string alignment distance of at most one (Damerau 1964), without the table. */
export function isOneSlipAway(one: string, other: string): boolean {
  if (one === other) return true;
  if (Math.abs(one.length - other.length) > 1) return false;
  let head = 0;
  while (head < one.length && one[head] === other[head]) head++;
  let tail = 0;
  while (tail < Math.min(one.length, other.length) - head && one.at(-1 - tail) === other.at(-1 - tail))
    tail++;
  const left = one.slice(head, one.length - tail);
  const right = other.slice(head, other.length - tail);
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}
