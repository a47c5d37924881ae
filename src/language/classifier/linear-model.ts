import { foldDiacritics } from "../diacritics.ts";
import { Concepts, type ConceptPhrase, type Listed } from "./concepts.ts";
import type { Expert } from "./expert.ts";
import { ACCENTED, BARE, describeWord, EDGE, hashSign, hashWord, pairHash, type View } from "./features.ts";
import { HashTable } from "./hash-table.ts";
import { openKernel, type Kernel } from "./kernel.ts";
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

const REMEMBERED_WORDS = 4000;
/** Words of a message that are read; no platform lets anyone write as many. */
const LONGEST = 2000;

/**
 * Scores messages with a trained model. A score is a sum over words and pairs of words; what a word adds never
 * changes, letters and all, so it is worked out once and remembered. That is most of the speed.
 */
export class LinearModel {
  readonly labels: string[];
  private readonly readers: [ExpertReader, ExpertReader];
  private readonly margins: Float32Array;
  private readonly remembered = new Map<string, ReadyPair>();

  constructor(readonly parts: LinearParts) {
    this.labels = parts.labels;
    const concepts = new Concepts(parts.concepts);
    this.readers = [new ExpertReader(parts.accented, concepts), new ExpertReader(parts.bare, concepts)];
    this.margins = new Float32Array(parts.labels.length);
  }

  score({ words, signs, accented }: Message): Scores {
    const { margins, readers } = this;
    const ready = this.readyAll(words.length > LONGEST ? words.slice(0, LONGEST) : words);
    const loud = accentedVoice(accented);
    const quiet = loud > 0 ? this.parts.bareVoice : 1;
    let known = readers[BARE].score(ready, signs);
    const bare = readers[BARE].margins;
    for (let k = 0; k < margins.length; k++) margins[k] = quiet * bare[k]!;
    if (loud > 0) {
      known = (known + readers[ACCENTED].score(ready, signs)) / 2;
      const marked = readers[ACCENTED].margins;
      for (let k = 0; k < margins.length; k++) margins[k]! += loud * marked[k]!;
    }
    return { margins, known };
  }

  private readyAll(words: readonly string[]): ReadyPair[] {
    if (this.remembered.size + words.length > REMEMBERED_WORDS) {
      this.remembered.clear();
      for (const reader of this.readers) reader.forget();
    }
    return words.map((word) => {
      let pair = this.remembered.get(word);
      if (!pair) {
        pair = [this.readers[ACCENTED].ready(word), this.readers[BARE].ready(foldDiacritics(word))];
        this.remembered.set(word, pair);
      }
      return pair;
    });
  }
}

/** A word as either view sees it. */
type ReadyPair = readonly [accented: ReadyWord, bare: ReadyWord];

/** What a word adds, ready to be summed. */
interface ReadyWord {
  hash: number;
  known: boolean;
  /** Where the weights for each class stand: of the word itself, then of its letters. */
  sums: number;
  wordLength: number;
  lettersLength: number;
  /** The rows of its own concepts, if it is a phrase by itself. */
  alone: readonly number[];
  /** Longer phrases of concepts that begin with it, by the hash of their second word, the longest first. */
  phrases: ReadonlyMap<number, ReadyPhrase[]> | null;
}

interface ReadyPhrase {
  /** Hashes of the words after the second. */
  rest: readonly number[];
  /** The rows of its features. */
  rows: readonly number[];
}

const NO_ROWS: readonly number[] = [];
const FLOAT = 4;

/** One expert’s reading. In the kernel’s memory stand the running sums, then the rows, then what words add. */
class ExpertReader {
  readonly margins: Float32Array;
  private readonly kernel: Kernel;
  private readonly classes: number;
  private readonly table: HashTable;
  /** Classes, filled up to a multiple of eight. */
  private readonly width: number;
  private readonly topicSums: number;
  private readonly firstRow: number;
  private readonly firstWord: number;
  private nextWord: number;
  private readonly topics: number[] = [];
  private wordsLength = 0;

  constructor(
    private readonly expert: Expert,
    private readonly concepts: Concepts,
  ) {
    this.classes = expert.bias.length;
    this.width = Math.ceil(this.classes / 8) * 8;
    this.table = new HashTable(expert.hashes);
    this.margins = new Float32Array(this.classes);
    this.topicSums = 2 * this.width * FLOAT;
    this.firstRow = 3 * this.width * FLOAT;
    // rows stand as close as in the file: what a sum takes of the next row falls into its unused end
    this.firstWord = this.nextWord = this.firstRow + Math.ceil(expert.rows.length / 8 + 1) * 8;
    this.kernel = openKernel(this.firstWord + REMEMBERED_WORDS * 2 * this.width * FLOAT);
    this.kernel.bytes.set(expert.rows, this.firstRow);
  }

  /** Fills `margins`; returns the share of words and pairs that training has seen. */
  score(words: readonly ReadyPair[], signs: readonly string[]): number {
    const { kernel, width } = this;
    const { view } = this.expert;
    kernel.floats.fill(0, 0, 2 * width);
    this.wordsLength = 0;
    let lettersLength = 0;
    let known = 0;
    let previous = EDGE;
    let beforePrevious = 0;
    for (let at = 0; at < words.length; at++) {
      const word = words[at]![view];
      kernel.addWord(0, word.sums, 2 * width);
      this.wordsLength += word.wordLength;
      lettersLength += word.lettersLength;
      if (word.known) known++;
      known += this.addToWords(pairHash(previous, word.hash, 1));
      if (at >= 1) known += this.addToWords(pairHash(beforePrevious, word.hash, 2));
      beforePrevious = previous;
      previous = word.hash;
    }
    if (words.length > 0) known += this.addToWords(pairHash(previous, EDGE, 1));
    for (const sign of signs) known += this.addToWords(hashSign(sign, view));
    const seen = Math.max(1, 3 * words.length + signs.length); // every word, pair and skip-pair, and the last edge
    this.join(lettersLength, this.readTopics(words));
    return known / seen;
  }

  /** Brings every group to its share and adds them up. */
  private join(lettersLength: number, topicsLength: number): void {
    const { margins, classes, width, wordsLength } = this;
    const { floats } = this.kernel;
    const { shares, bias } = this.expert;
    const whole =
      (wordsLength > 0 ? shares.words ** 2 : 0) +
      (lettersLength > 0 ? shares.letters ** 2 : 0) +
      (topicsLength > 0 ? shares.concepts ** 2 : 0);
    const words = wordsLength > 0 ? shares.words / Math.sqrt(whole * wordsLength) : 0;
    const letters = lettersLength > 0 ? shares.letters / Math.sqrt(whole * lettersLength) : 0;
    const topics = topicsLength > 0 ? shares.concepts / Math.sqrt(whole * topicsLength) : 0;
    for (let k = 0; k < classes; k++) {
      margins[k] =
        bias[k]! + words * floats[k]! + letters * floats[width + k]! + topics * floats[2 * width + k]!;
    }
  }

  /** Adds a pair or a sign; 1 if training has seen it. */
  private addToWords(hash: number): number {
    const row = this.table.find(hash);
    if (row < 0) return 0;
    this.addRow(row, 0);
    this.wordsLength += this.squaredLength(row);
    return 1;
  }

  /** Adds the concepts of a message, each once; returns their squared length. */
  private readTopics(words: readonly ReadyPair[]): number {
    const { topics, topicSums, width } = this;
    const { view } = this.expert;
    topics.length = 0;
    for (let at = 0; at < words.length; at++) {
      const { alone, phrases } = words[at]![view];
      const next = phrases && at + 1 < words.length ? phrases.get(words[at + 1]![view].hash) : undefined;
      const rows = (next && longestAt(next, words, at + 2, view)) ?? alone;
      for (let each = 0; each < rows.length; each++) {
        if (!topics.includes(rows[each]!)) topics.push(rows[each]!);
      }
    }
    if (topics.length === 0) return 0;
    this.kernel.floats.fill(0, 2 * width, 3 * width);
    let length = 0;
    for (const row of topics) {
      this.addRow(row, topicSums);
      length += this.squaredLength(row);
    }
    return length;
  }

  private addRow(row: number, sums: number): void {
    this.kernel.addRow(sums, this.firstRow + row * this.classes, this.width, this.expert.scales[row]!);
  }

  private squaredLength(row: number): number {
    const rarity = this.expert.rarity[row]! / 16;
    return rarity * rarity;
  }

  /** @param text a word as this view sees it */
  ready(text: string): ReadyWord {
    const { view } = this.expert;
    const { word: hash, letters } = describeWord(text, view);
    const sums = this.nextWord;
    this.nextWord += 2 * this.width * FLOAT;
    this.kernel.floats.fill(0, sums / FLOAT, this.nextWord / FLOAT);
    const row = this.table.find(hash);
    const known = row >= 0;
    if (known) this.addRow(row, sums);
    let lettersLength = 0;
    for (const run of letters) {
      const at = this.table.find(run);
      if (at < 0) continue;
      this.addRow(at, sums + this.width * FLOAT);
      lettersLength += this.squaredLength(at);
    }
    const listed = this.concepts.startingWith(text, view) ?? [];
    return {
      hash,
      known,
      sums,
      wordLength: known ? this.squaredLength(row) : 0,
      lettersLength,
      alone: this.rowsOf(listed.find(({ words }) => words.length === 1)),
      phrases: this.bySecondWord(listed),
    };
  }

  /** Makes room for other words. */
  forget(): void {
    this.nextWord = this.firstWord;
  }

  private bySecondWord(listed: readonly Listed[]): Map<number, ReadyPhrase[]> | null {
    const phrases = new Map<number, ReadyPhrase[]>();
    for (const phrase of listed) {
      if (phrase.words.length === 1) continue;
      const [second, ...rest] = phrase.words.slice(1).map((word) => hashWord(word, this.expert.view));
      const others = phrases.get(second!) ?? [];
      phrases.set(second!, [...others, { rest, rows: this.rowsOf(phrase) }]);
    }
    return phrases.size > 0 ? phrases : null;
  }

  private rowsOf(phrase: Listed | undefined): readonly number[] {
    if (!phrase) return NO_ROWS;
    return phrase.features.map((hash) => this.table.find(hash)).filter((row) => row >= 0);
  }
}

/** The rows of the longest of some phrases that goes on at a word. */
function longestAt(phrases: ReadyPhrase[], words: readonly ReadyPair[], at: number, view: View) {
  for (let each = 0; each < phrases.length; each++) {
    const { rest, rows } = phrases[each]!;
    if (standsAt(rest, words, at, view)) return rows;
  }
  return null;
}

function standsAt(rest: readonly number[], words: readonly ReadyPair[], at: number, view: View): boolean {
  if (at + rest.length > words.length) return false;
  for (let offset = 0; offset < rest.length; offset++) {
    if (words[at + offset]![view].hash !== rest[offset]) return false;
  }
  return true;
}
