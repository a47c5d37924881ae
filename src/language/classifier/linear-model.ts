import { foldDiacritics } from "../diacritics.ts";
import { Concepts, type ConceptPhrase } from "./concepts.ts";
import {
  ACCENTED,
  BARE,
  conceptGroup,
  describeWord,
  GROUP_COUNT,
  letterGroup,
  pairHash,
  wordGroup,
} from "./features.ts";
import { HashTable } from "./hash-table.ts";
import type { Message } from "./vectoriser.ts";

/** A trained model as it lies in its file: a row of small integers per feature, with a scale to bring them back. */
export interface LinearParts {
  labels: string[];
  shares: number[];
  bias: Float32Array;
  /** Per feature: its hash, its rarity in sixteenths, the scale of its row, and one signed byte per class. */
  hashes: Int32Array;
  idf: Uint8Array;
  scales: Float32Array;
  rows: Int8Array;
  concepts: ConceptPhrase[];
}

export interface Scores {
  /** Distance to each class’s border. Valid until the next call. */
  margins: Float32Array;
  /** The share of the message’s words and pairs that training has seen. */
  known: number;
}

/** What a word adds to each group, ready to be summed. */
interface ReadyWord {
  bare: string;
  hashes: [number, number];
  sums: Float32Array;
  lengths: Float64Array;
  known: [boolean, boolean];
}

const REMEMBERED_WORDS = 6000;
const EDGE = 0x51ed270b;

/**
 * Scores messages with a trained model. A score is a sum over words and pairs of words; what a word adds never
 * changes, letters and all, so it is worked out once and remembered. That is most of the speed.
 */
export class LinearModel {
  readonly labels: string[];
  private readonly table: HashTable;
  private readonly ready = new Map<string, ReadyWord>();
  private readonly classes: number;
  private readonly sums: Float32Array;
  private readonly lengths = new Float64Array(GROUP_COUNT);
  private readonly margins: Float32Array;
  private readonly concepts: Concepts;

  constructor(readonly parts: LinearParts) {
    this.labels = parts.labels;
    this.classes = parts.labels.length;
    this.concepts = new Concepts(parts.concepts);
    this.table = new HashTable(parts.hashes);
    this.sums = new Float32Array(GROUP_COUNT * this.classes);
    this.margins = new Float32Array(this.classes);
  }

  score({ words, accented }: Message): Scores {
    const { sums, lengths, classes, margins } = this;
    sums.fill(0);
    lengths.fill(0);
    const ready = words.map((word) => this.readyWord(word));
    let seen = 0;
    let known = 0;
    for (const view of accented ? ([ACCENTED, BARE] as const) : ([BARE] as const)) {
      const group = wordGroup(view);
      let previous = EDGE;
      let beforePrevious = 0;
      for (let at = 0; at < ready.length; at++) {
        const word = ready[at]!;
        const hash = word.hashes[view];
        this.addWord(word, group);
        known += word.known[view] ? 1 : 0;
        known += this.addPair(pairHash(previous, hash, 1), group);
        if (at >= 1) this.addPair(pairHash(beforePrevious, hash, 2), group);
        seen += 2;
        beforePrevious = previous;
        previous = hash;
      }
      if (ready.length > 0) this.addPair(pairHash(previous, EDGE, 1), group);
      if (this.concepts.isEmpty) continue;
      const viewed = view === BARE ? ready.map(({ bare }) => bare) : words;
      for (const concept of this.concepts.features(viewed, view)) this.addPair(concept, conceptGroup(view));
    }

    const { shares } = this.parts;
    let whole = 0;
    for (let group = 0; group < GROUP_COUNT; group++) if (lengths[group]! > 0) whole += shares[group]! ** 2;
    margins.set(this.parts.bias);
    for (let group = 0; group < GROUP_COUNT; group++) {
      if (lengths[group]! === 0) continue;
      const factor = shares[group]! / Math.sqrt(whole * lengths[group]!);
      for (let k = 0, at = group * classes; k < classes; k++, at++) margins[k]! += factor * sums[at]!;
    }
    return { margins, known: seen > 0 ? known / seen : 0 };
  }

  /** Adds the word itself and its letters, of one view. */
  private addWord(word: ReadyWord, group: number): void {
    const { sums, lengths, classes } = this;
    const start = group * classes;
    for (let at = start; at < start + 2 * classes; at++) sums[at]! += word.sums[at]!;
    lengths[group]! += word.lengths[group]!;
    lengths[group + 1]! += word.lengths[group + 1]!;
  }

  private addPair(hash: number, group: number): number {
    const row = this.table.find(hash);
    if (row < 0) return 0;
    this.addRow(row, this.sums, group * this.classes);
    this.lengths[group]! += (this.parts.idf[row]! / 16) ** 2;
    return 1;
  }

  private addRow(row: number, sums: Float32Array, start: number): void {
    const { rows, scales } = this.parts;
    const scale = scales[row]!;
    const from = row * this.classes;
    for (let k = 0; k < this.classes; k++) sums[start + k]! += scale * rows[from + k]!;
  }

  private readyWord(word: string): ReadyWord {
    const remembered = this.ready.get(word);
    if (remembered) return remembered;
    const ready: ReadyWord = {
      bare: foldDiacritics(word),
      hashes: [0, 0],
      sums: new Float32Array(GROUP_COUNT * this.classes),
      lengths: new Float64Array(GROUP_COUNT),
      known: [false, false],
    };
    for (const view of [ACCENTED, BARE] as const) {
      const { word: hash, letters } = describeWord(word, view);
      ready.hashes[view] = hash;
      ready.known[view] = this.addReady(ready, hash, wordGroup(view));
      for (const run of letters) this.addReady(ready, run, letterGroup(view));
    }
    if (this.ready.size >= REMEMBERED_WORDS) this.ready.clear();
    this.ready.set(word, ready);
    return ready;
  }

  private addReady(ready: ReadyWord, hash: number, group: number): boolean {
    const row = this.table.find(hash);
    if (row < 0) return false;
    this.addRow(row, ready.sums, group * this.classes);
    ready.lengths[group]! += (this.parts.idf[row]! / 16) ** 2;
    return true;
  }
}
