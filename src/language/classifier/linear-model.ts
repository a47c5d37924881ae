import { foldDiacritics } from "../diacritics.ts";
import { Concepts, type ConceptPhrase } from "./concepts.ts";
import type { Expert } from "./expert.ts";
import { ACCENTED, BARE, describeWord, EDGE, hashSign, pairHash, type View } from "./features.ts";
import { HashTable } from "./hash-table.ts";
import type { Message } from "./message.ts";

/** A trained model: who reads the words as written, who reads them bare, and how their voices are joined. */
export interface LinearParts {
  labels: string[];
  /** Reads text with diacritics; has no say on text without. */
  accented: Expert;
  /** Reads any text without its diacritics. */
  bare: Expert;
  /** How much the bare reading counts beside the accented one. */
  bareVoice: number;
  concepts: ConceptPhrase[];
}

export interface Scores {
  /** Distance to each class’s border. Valid until the next call. */
  margins: Float32Array;
  /** The share of the message’s words and pairs that training has seen. */
  known: number;
}

/** From this share of accented words on, a text is read as fully accented. */
const FULLY_ACCENTED = 0.3;

/** How loud the accented reading is: 0 for bare text, 1 for text with its diacritics. */
export function accentedVoice(accented: number): number {
  return Math.min(1, accented / FULLY_ACCENTED);
}

/** Scores messages with a trained model. */
export class LinearModel {
  readonly labels: string[];
  private readonly readers: [ExpertReader, ExpertReader];
  private readonly margins: Float32Array;

  constructor(readonly parts: LinearParts) {
    this.labels = parts.labels;
    const concepts = new Concepts(parts.concepts);
    this.readers = [new ExpertReader(parts.accented, concepts), new ExpertReader(parts.bare, concepts)];
    this.margins = new Float32Array(parts.labels.length);
  }

  score(message: Message): Scores {
    const { margins } = this;
    const loud = accentedVoice(message.accented);
    const quiet = loud > 0 ? this.parts.bareVoice : 1;
    const bare = this.readers[BARE];
    let known = bare.score(message);
    for (let k = 0; k < margins.length; k++) margins[k] = quiet * bare.margins[k]!;
    if (loud > 0) {
      const accented = this.readers[ACCENTED];
      known = (known + accented.score(message)) / 2;
      for (let k = 0; k < margins.length; k++) margins[k]! += loud * accented.margins[k]!;
    }
    return { margins, known };
  }
}

/** What a word adds, ready to be summed. */
interface ReadyWord {
  hash: number;
  known: boolean;
  /** Weights for each class: of the word itself, then of its letters. */
  sums: Float32Array;
  wordLength: number;
  lettersLength: number;
  /** Phrases of concepts that begin with it. */
  phrases: { words: string[]; features: number[] }[] | undefined;
}

const REMEMBERED_WORDS = 4000;

/**
 * A score is a sum over words and pairs of words; what a word adds never changes, letters and all, so it is worked out
 * once and remembered. That is most of the speed.
 */
class ExpertReader {
  readonly margins: Float32Array;
  private readonly view: View;
  private readonly classes: number;
  private readonly table: HashTable;
  private readonly ready = new Map<string, ReadyWord>();
  private readonly words: Float32Array;
  private readonly letters: Float32Array;
  private readonly topics: Float32Array;
  private wordsLength = 0;

  constructor(
    private readonly expert: Expert,
    private readonly concepts: Concepts,
  ) {
    this.view = expert.view;
    this.classes = expert.bias.length;
    this.table = new HashTable(expert.hashes);
    this.margins = new Float32Array(this.classes);
    this.words = new Float32Array(this.classes);
    this.letters = new Float32Array(this.classes);
    this.topics = new Float32Array(this.classes);
  }

  /** Fills `margins`; returns the share of words and pairs that training has seen. */
  score(message: Message): number {
    const { words, letters, classes, view } = this;
    words.fill(0);
    letters.fill(0);
    this.wordsLength = 0;
    let lettersLength = 0;
    let seen = 0;
    let known = 0;
    const ready = message.words.map((word) => this.readyWord(word));
    let previous = EDGE;
    let beforePrevious = 0;
    for (let at = 0; at < ready.length; at++) {
      const word = ready[at]!;
      const { sums } = word;
      for (let k = 0; k < classes; k++) words[k]! += sums[k]!;
      for (let k = 0; k < classes; k++) letters[k]! += sums[classes + k]!;
      this.wordsLength += word.wordLength;
      lettersLength += word.lettersLength;
      if (word.known) known++;
      known += this.addToWords(pairHash(previous, word.hash, 1));
      if (at >= 1) known += this.addToWords(pairHash(beforePrevious, word.hash, 2));
      seen += at >= 1 ? 3 : 2;
      beforePrevious = previous;
      previous = word.hash;
    }
    if (ready.length > 0) {
      known += this.addToWords(pairHash(previous, EDGE, 1));
      seen++;
    }
    for (const sign of message.signs) {
      known += this.addToWords(hashSign(sign, view));
      seen++;
    }
    const topicsLength = this.readConcepts(message.words, ready);

    const { shares, bias } = this.expert;
    const wordsShare = this.wordsLength > 0 ? shares.words : 0;
    const lettersShare = lettersLength > 0 ? shares.letters : 0;
    const topicsShare = topicsLength > 0 ? shares.concepts : 0;
    const whole = wordsShare ** 2 + lettersShare ** 2 + topicsShare ** 2;
    this.margins.set(bias);
    this.join(words, wordsShare, whole * this.wordsLength);
    this.join(letters, lettersShare, whole * lettersLength);
    this.join(this.topics, topicsShare, whole * topicsLength);
    return seen > 0 ? known / seen : 0;
  }

  private join(sums: Float32Array, share: number, squaredLength: number): void {
    if (share === 0) return;
    const { margins } = this;
    const factor = share / Math.sqrt(squaredLength);
    for (let k = 0; k < margins.length; k++) margins[k]! += factor * sums[k]!;
  }

  /** Adds a pair or a sign; 1 if training has seen it. */
  private addToWords(hash: number): number {
    const row = this.table.find(hash);
    if (row < 0) return 0;
    this.wordsLength += this.addRow(row, this.words, 0);
    return 1;
  }

  private readConcepts(words: readonly string[], ready: readonly ReadyWord[]): number {
    let found: Set<number> | undefined;
    for (const { phrases } of ready) {
      if (!phrases) continue;
      found = this.concepts.features(this.view === BARE ? words.map(foldDiacritics) : words, this.view);
      break;
    }
    if (!found || found.size === 0) return 0;
    this.topics.fill(0);
    let length = 0;
    for (const hash of found) {
      const row = this.table.find(hash);
      if (row >= 0) length += this.addRow(row, this.topics, 0);
    }
    return length;
  }

  /** Adds a feature’s weights from `start` on; returns its squared length. */
  private addRow(row: number, sums: Float32Array, start: number): number {
    const { rows, scales, rarity } = this.expert;
    const { classes } = this;
    const scale = scales[row]!;
    const from = row * classes;
    for (let k = 0; k < classes; k++) sums[start + k]! += scale * rows[from + k]!;
    return (rarity[row]! / 16) ** 2;
  }

  private readyWord(word: string): ReadyWord {
    const remembered = this.ready.get(word);
    if (remembered) return remembered;
    const { word: hash, letters } = describeWord(word, this.view);
    const sums = new Float32Array(2 * this.classes);
    const row = this.table.find(hash);
    const wordLength = row >= 0 ? this.addRow(row, sums, 0) : 0;
    let lettersLength = 0;
    for (const run of letters) {
      const at = this.table.find(run);
      if (at >= 0) lettersLength += this.addRow(at, sums, this.classes);
    }
    const phrases = this.concepts.startingWith(this.view === BARE ? foldDiacritics(word) : word, this.view);
    const ready = { hash, known: row >= 0, sums, wordLength, lettersLength, phrases };
    if (this.ready.size >= REMEMBERED_WORDS) this.ready.clear();
    this.ready.set(word, ready);
    return ready;
  }
}
