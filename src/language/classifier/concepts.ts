import { foldDiacritics } from "../diacritics.ts";
import { ACCENTED, BARE, hashName, type View } from "./features.ts";
import type { Message } from "./vectoriser.ts";

/** A phrase and the concepts it speaks of. */
export interface ConceptPhrase {
  words: string;
  concepts: string[];
  /** Whether its letters without marks still mean it: “bong den” does, “cho” is more often *cho* than *chó*. */
  bareToo: boolean;
}

interface Listed {
  words: string[];
  features: number[];
}

/** A bare phrase must mean the same at least this often, among accented messages, to be believed. */
const TRUSTED = 0.6;

/**
 * Groups of words that speak of one thing (`intents/concepts.yml`), as features beside the words themselves: a word
 * that no example holds still says what its group says. Gazetteers as features, in the sense of
 * Ratinov and Roth, “Design Challenges and Misconceptions in Named Entity Recognition” (2009), turned to topics.
 */
export class Concepts {
  private readonly starts: [Map<string, Listed[]>, Map<string, Listed[]>] = [
    new Map<string, Listed[]>(),
    new Map<string, Listed[]>(),
  ];

  constructor(readonly phrases: ConceptPhrase[]) {
    for (const { words, concepts, bareToo } of phrases) {
      this.list(ACCENTED, words.split(" "), concepts);
      if (bareToo) this.list(BARE, foldDiacritics(words).split(" "), concepts);
    }
    for (const starts of this.starts) {
      for (const list of starts.values()) list.sort((one, other) => other.words.length - one.words.length);
    }
  }

  get isEmpty(): boolean {
    return this.phrases.length === 0;
  }

  /** The concepts a message speaks of, each once; the longest phrase at a place counts. */
  features(words: readonly string[], view: View): Set<number> {
    const found = new Set<number>();
    const starts = this.starts[view];
    for (let at = 0; at < words.length; at++) {
      const list = starts.get(words[at]!);
      if (!list) continue;
      const longest = list.find((phrase) =>
        phrase.words.every((word, offset) => words[at + offset] === word),
      );
      if (longest) for (const feature of longest.features) found.add(feature);
    }
    return found;
  }

  private list(view: View, words: string[], concepts: string[]): void {
    const long = words.length > 1 ? concepts.map((name) => hashName(`${name}+`, view)) : [];
    const features = [...concepts.map((name) => hashName(name, view)), ...long];
    const list = this.starts[view].get(words[0]!) ?? [];
    const same = list.find((each) => each.words.join(" ") === words.join(" "));
    if (same) same.features.push(...features);
    else list.push({ words, features });
    this.starts[view].set(words[0]!, list);
  }
}

/** Decides which phrases survive the loss of their marks, by what accented messages show. */
export function trustBarePhrases(phrases: ConceptPhrase[], messages: Message[]): ConceptPhrase[] {
  const accented = messages.filter((message) => message.accented);
  const texts = accented.map(({ words }) => ` ${words.join(" ")} `);
  const bare = texts.map(foldDiacritics);
  return phrases.map((phrase) => {
    const plain = ` ${foldDiacritics(phrase.words)} `;
    const marked = ` ${phrase.words} `;
    const seen = bare.filter((text) => text.includes(plain)).length;
    const meant = texts.filter((text) => text.includes(marked)).length;
    const isLong = phrase.words.includes(" ");
    const believed = seen === 0 ? isLong : meant / seen >= TRUSTED;
    return { ...phrase, bareToo: believed };
  });
}
