import { foldDiacritics } from "../diacritics.ts";
import type { Concepts } from "./concepts.ts";
import { BARE, describeWord, eachWordFeature, hashSign, type View } from "./features.ts";
import type { Message } from "./message.ts";

/** Many sparse vectors, one after the other: row `at` holds the entries from `starts[at]` to `starts[at + 1]`. */
export interface Rows {
  starts: Int32Array;
  index: Int32Array;
  value: Float32Array;
  /** Of each row, the share of words and pairs of neighbours that the training rows know. */
  known: Float32Array;
}

/** How much each group of features counts beside the others; see features.ts. */
export interface Shares {
  words: number;
  letters: number;
  concepts: number;
}

/** A message’s features by number: words and their pairs, runs of letters, concepts. A number may come twice. */
interface Numbered {
  words: Int32Array;
  letters: Int32Array;
  concepts: Int32Array;
}

/** Everything that messages show in one view, numbered once; what a training set knows of it is a matter of weights. */
export class FeatureSpace {
  readonly hashes: Int32Array;
  readonly messages: Numbered[];
  /** Features of all messages together. */
  readonly size: number;

  /** @param of the messages to read in this view; the others stay without features */
  constructor(
    messages: readonly Message[],
    view: View,
    concepts: Concepts,
    of: (message: Message) => boolean,
  ) {
    const numbers = new Map<number, number>();
    const numberOf = (hash: number) => {
      let number = numbers.get(hash);
      if (number === undefined) numbers.set(hash, (number = numbers.size));
      return number;
    };
    const described = new Map<string, { word: number; letters: Int32Array }>();
    this.messages = messages.map((message) => {
      if (!of(message)) return NOTHING;
      const viewed = viewOf(message, view);
      const words: number[] = [];
      const letters: number[] = [];
      const hashes = viewed.map((word) => {
        let features = described.get(word);
        if (!features) {
          const { word: hash, letters: runs } = describeWord(word, view);
          described.set(word, (features = { word: hash, letters: runs.map(numberOf) }));
        }
        for (const run of features.letters) letters.push(run);
        return features.word;
      });
      eachWordFeature(hashes, (hash) => words.push(numberOf(hash)));
      for (const sign of message.signs) words.push(numberOf(hashSign(sign, view)));
      return {
        words: Int32Array.from(words),
        letters: Int32Array.from(letters),
        concepts: Int32Array.from(concepts.features(viewed, view), numberOf),
      };
    });
    this.hashes = Int32Array.from(numbers.keys());
    this.size = this.messages.reduce((n, m) => n + m.words.length + m.letters.length + m.concepts.length, 0);
  }

  /** The rarity of each feature among the messages listed (inverse document frequency); 0 where none has it. */
  rarity(seen: Int32Array): Float32Array {
    const counts = new Int32Array(this.hashes.length);
    const lastSeenIn = new Int32Array(this.hashes.length).fill(-1);
    for (const at of seen) {
      const { words, letters, concepts } = this.messages[at]!;
      for (const group of [words, letters, concepts]) {
        for (const feature of group) {
          if (lastSeenIn[feature] === at) continue;
          lastSeenIn[feature] = at;
          counts[feature]!++;
        }
      }
    }
    return Float32Array.from(counts, (count) =>
      count === 0 ? 0 : roundRarity(1 + Math.log((1 + seen.length) / (1 + count))),
    );
  }

  /**
   * TF-IDF inside each group, each group brought to its share of a unit vector, so that the many letter runs do not
   * drown the few words. The length of the letter group is taken word by word, √Σ‖word‖², as if words shared no run of
   * letters: that keeps a score a plain sum over words, which lets the finished model keep one ready sum per word.
   */
  rows(rarity: Float32Array, shares: Shares): Rows {
    const starts = new Int32Array(this.messages.length + 1);
    const known = new Float32Array(this.messages.length);
    const index = new Int32Array(this.size);
    const value = new Float32Array(this.size);
    const place = new Int32Array(this.hashes.length).fill(-1); // where the running row holds a feature
    let end = 0;
    this.messages.forEach(({ words, letters, concepts }, at) => {
      const start = (starts[at] = end);
      const parts = [
        { group: words, share: shares.words },
        { group: letters, share: shares.letters },
        { group: concepts, share: shares.concepts },
      ].map((part) => ({ ...part, length: squaredLength(part.group, rarity) }));
      const whole = parts.reduce((sum, { share, length }) => sum + (length > 0 ? share * share : 0), 0);
      for (const { group, share, length } of parts) {
        if (length === 0 || share === 0) continue;
        const scale = share / Math.sqrt(whole * length);
        for (const feature of group) {
          const weight = rarity[feature]! * scale;
          if (weight === 0) continue;
          if (place[feature]! < start) {
            place[feature] = end;
            index[end] = feature;
            value[end++] = weight;
          } else value[place[feature]!]! += weight;
        }
      }
      let seen = 0;
      for (const feature of words) if (rarity[feature]! > 0) seen++;
      known[at] = words.length > 0 ? seen / words.length : 0;
    });
    starts[this.messages.length] = end;
    return { starts, index: index.slice(0, end), value: value.slice(0, end), known };
  }
}

const NOTHING: Numbered = {
  words: new Int32Array(0),
  letters: new Int32Array(0),
  concepts: new Int32Array(0),
};

/** The words of a message in one view: as written, or without diacritics. */
export function viewOf({ words }: Message, view: View): string[] {
  return view === BARE ? words.map(foldDiacritics) : words;
}

function squaredLength(features: Int32Array, rarity: Float32Array): number {
  let sum = 0;
  for (const feature of features) sum += rarity[feature]! ** 2;
  return sum;
}

/** Kept in steps of 1/16, as the model file stores it, so that training and use agree to the bit. */
function roundRarity(rarity: number): number {
  return Math.min(255, Math.round(rarity * 16)) / 16;
}
