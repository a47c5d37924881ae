import { foldDiacritics } from "../diacritics.ts";
import { ACCENTED, BARE, hashConcept, type View } from "./features.ts";
import type { Message } from "./message.ts";

/** A phrase and the concepts it speaks of. */
export interface ConceptPhrase {
  words: string;
  concepts: string[];
  /** Whether its letters without marks still mean it: “bong den” does, “cho” is more often *cho* than *chó*. */
  bareToo: boolean;
}

/** A phrase in one view, and the hashes of its features. */
export interface Listed {
  words: string[];
  features: number[];
}

/**
 * Groups of words that speak of one thing (`intents/concepts.yml`), as features beside the words themselves: a word
 * that no example holds still says what its group says. Gazetteers as features, in the sense of
 * Ratinov and Roth, “Design Challenges and Misconceptions in Named Entity Recognition” (2009), turned to topics.
 */
export class Concepts {
  /** Which phrases begin with a word, by their place in the list; and their features, worked out when first asked for. */
  private readonly starts = [new Map<string, number[]>(), new Map<string, number[]>()] as const;
  private readonly listed = [new Map<string, Listed[]>(), new Map<string, Listed[]>()] as const;

  constructor(readonly phrases: ConceptPhrase[]) {
    phrases.forEach(({ words, bareToo }, at) => {
      const end = words.indexOf(" ");
      const first = end < 0 ? words : words.slice(0, end);
      this.start(ACCENTED, first, at);
      if (bareToo) this.start(BARE, foldDiacritics(first), at);
    });
  }

  /** The concepts a message speaks of, each once; the longest phrase at a place counts. */
  features(words: readonly string[], view: View): Set<number> {
    const found = new Set<number>();
    for (let at = 0; at < words.length; at++) {
      const list = this.startingWith(words[at]!, view);
      if (list) this.take(list, words, at, found);
    }
    return found;
  }

  /** The phrases that begin with a word, the longest first. */
  startingWith(word: string, view: View): Listed[] | undefined {
    const known = this.listed[view].get(word);
    if (known) return known;
    const starts = this.starts[view].get(word);
    if (!starts) return undefined;
    const list: Listed[] = [];
    for (const at of starts) describe(this.phrases[at]!, view, list);
    list.sort((one, other) => other.words.length - one.words.length);
    this.listed[view].set(word, list);
    return list;
  }

  private take(list: Listed[], words: readonly string[], at: number, found: Set<number>): void {
    for (const phrase of list) {
      if (!matchesAt(phrase.words, words, at)) continue;
      for (const feature of phrase.features) found.add(feature);
      return;
    }
  }

  private start(view: View, first: string, at: number): void {
    const others = this.starts[view].get(first);
    if (others) others.push(at);
    else this.starts[view].set(first, [at]);
  }
}

/** Adds a phrase as a view sees it to a list; phrases that look the same there become one. */
function describe({ words, concepts }: ConceptPhrase, view: View, list: Listed[]): void {
  const seen = (view === BARE ? foldDiacritics(words) : words).split(" ");
  const long = seen.length > 1 ? concepts.map((name) => hashConcept(`${name}+`, view)) : [];
  const features = [...concepts.map((name) => hashConcept(name, view)), ...long];
  const same = list.find((each) => each.words.length === seen.length && matchesAt(each.words, seen, 0));
  if (same) same.features.push(...features);
  else list.push({ words: seen, features });
}

function matchesAt(phrase: readonly string[], words: readonly string[], at: number): boolean {
  for (let offset = 0; offset < phrase.length; offset++) {
    if (words[at + offset] !== phrase[offset]) return false;
  }
  return true;
}

/** A bare phrase must mean the same at least this often, among accented messages, to be believed. */
const TRUSTED = 0.6;

/** Decides which phrases survive the loss of their marks, by what accented messages show. */
export function trustBarePhrases(phrases: ConceptPhrase[], messages: readonly Message[]): ConceptPhrase[] {
  const meant = new Map(phrases.map(({ words }) => [words, 0]));
  const seen = new Map(phrases.map(({ words }) => [foldDiacritics(words), 0]));
  const longest = Math.max(0, ...phrases.map(({ words }) => words.split(" ").length));
  for (const { words, accented } of messages) {
    if (accented === 0) continue;
    const marked = new Set<string>();
    const bare = new Set<string>();
    for (const run of runsOf(words, longest)) if (meant.has(run)) marked.add(run);
    for (const run of runsOf(words.map(foldDiacritics), longest)) if (seen.has(run)) bare.add(run);
    for (const run of marked) meant.set(run, meant.get(run)! + 1);
    for (const run of bare) seen.set(run, seen.get(run)! + 1);
  }
  return phrases.map((phrase) => {
    const times = seen.get(foldDiacritics(phrase.words))!;
    const believed = times === 0 ? phrase.words.includes(" ") : meant.get(phrase.words)! / times >= TRUSTED;
    return { ...phrase, bareToo: believed };
  });
}

/** Every run of up to `longest` words. */
function* runsOf(words: readonly string[], longest: number): Generator<string> {
  for (let start = 0; start < words.length; start++) {
    let run = words[start]!;
    yield run;
    for (let end = start + 1; end < Math.min(words.length, start + longest); end++) {
      run += ` ${words[end]!}`;
      yield run;
    }
  }
}
