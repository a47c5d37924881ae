import { foldDiacritics } from "../diacritics.ts";
import {
  ACCENTED,
  BARE,
  conceptGroup,
  describeWord,
  eachWordFeature,
  GROUP_COUNT,
  letterGroup,
  wordGroup,
  type View,
  type WordFeatures,
} from "./features.ts";
import { Concepts } from "./concepts.ts";

/** A sparse vector: feature numbers and their values. */
export interface Vector {
  index: Int32Array;
  value: Float32Array;
}

/** A message ready for the classifier: its words, and whether it has any diacritic to be read by. */
export interface Message {
  words: string[];
  accented: boolean;
}

/**
 * Turns messages into vectors: TF-IDF inside each feature group, each group brought to its share of a unit vector, so
 * that the many letter runs do not drown the few words. A message without diacritics has only its bare view.
 *
 * The length of the letter group is taken word by word, √Σ‖word‖², as if words shared no run of letters. That keeps a
 * score a plain sum over words, which is what lets the finished model keep one ready sum per word (see linear-model.ts).
 */
export class Vectoriser {
  readonly hashes: number[] = [];
  readonly idf: number[] = [];
  private readonly numbers = new Map<number, number>();
  private readonly described: [Map<string, WordFeatures>, Map<string, WordFeatures>] = [
    new Map<string, WordFeatures>(),
    new Map<string, WordFeatures>(),
  ];

  constructor(
    private readonly shares: readonly number[],
    private readonly concepts = new Concepts([]),
  ) {}

  /** Learns which features there are and how rare each is. */
  fit(messages: Message[], minimumCount: number): void {
    const counts = new Map<number, number>();
    for (const message of messages) {
      const seen = new Set<number>();
      for (const view of [ACCENTED, BARE] as const) {
        const words = message.words.map((word) => this.describe(word, view));
        eachWordFeature(
          words.map(({ word }) => word),
          (feature) => seen.add(feature),
        );
        for (const { letters } of words) for (const feature of letters) seen.add(feature);
        for (const feature of this.concepts.features(viewed(message.words, view), view)) seen.add(feature);
      }
      for (const feature of seen) counts.set(feature, (counts.get(feature) ?? 0) + 1);
    }
    for (const [feature, count] of counts) {
      if (count < minimumCount) continue;
      this.numbers.set(feature, this.hashes.length);
      this.hashes.push(feature);
      this.idf.push(roundIdf(1 + Math.log((1 + messages.length) / (1 + count))));
    }
  }

  vector(message: Message): Vector {
    const sums = new Map<number, number>();
    const parts: { features: number[]; length: number; share: number }[] = [];
    for (const view of viewsOf(message)) {
      const words = message.words.map((word) => this.describe(word, view));
      parts.push(
        this.wordPart(words, view),
        this.letterPart(words, view),
        this.conceptPart(message.words, view),
      );
    }
    const whole = Math.hypot(...parts.map((part) => (part.length > 0 ? part.share : 0)));
    for (const { features, length, share } of parts) {
      if (length === 0) continue;
      const scale = share / (whole * Math.sqrt(length));
      for (const feature of features)
        sums.set(feature, (sums.get(feature) ?? 0) + this.idf[feature]! * scale);
    }
    return { index: Int32Array.from(sums.keys()), value: Float32Array.from(sums.values()) };
  }

  private wordPart(words: WordFeatures[], view: View) {
    const features: number[] = [];
    let length = 0;
    eachWordFeature(
      words.map(({ word }) => word),
      (feature) => {
        const number = this.numbers.get(feature);
        if (number === undefined) return;
        features.push(number);
        length += this.idf[number]! ** 2;
      },
    );
    return { features, length, share: this.shares[wordGroup(view)]! };
  }

  private letterPart(words: WordFeatures[], view: View) {
    const features: number[] = [];
    let length = 0;
    for (const { letters } of words) {
      for (const feature of letters) {
        const number = this.numbers.get(feature);
        if (number === undefined) continue;
        features.push(number);
        length += this.idf[number]! ** 2;
      }
    }
    return { features, length, share: this.shares[letterGroup(view)]! };
  }

  private conceptPart(words: string[], view: View) {
    const features: number[] = [];
    let length = 0;
    for (const feature of this.concepts.features(viewed(words, view), view)) {
      const number = this.numbers.get(feature);
      if (number === undefined) continue;
      features.push(number);
      length += this.idf[number]! ** 2;
    }
    return { features, length, share: this.shares[conceptGroup(view)]! };
  }

  private describe(word: string, view: View): WordFeatures {
    let features = this.described[view].get(word);
    if (!features) this.described[view].set(word, (features = describeWord(word, view)));
    return features;
  }
}

function viewed(words: string[], view: View): string[] {
  return view === BARE ? words.map(foldDiacritics) : words;
}

export function viewsOf(message: Message): View[] {
  return message.accented ? [ACCENTED, BARE] : [BARE];
}

/** Kept in steps of 1/16, as the model file stores it, so that training and use agree to the bit. */
function roundIdf(idf: number): number {
  return Math.min(255, Math.round(idf * 16)) / 16;
}

export const EQUAL_SHARES: readonly number[] = new Array<number>(GROUP_COUNT).fill(1);
