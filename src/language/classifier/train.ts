import { Concepts, trustBarePhrases, type ConceptPhrase } from "./concepts.ts";
import { fitSharpness, type Sharpness } from "./calibrate.ts";
import { compact, type Expert } from "./expert.ts";
import { ACCENTED, BARE, type View } from "./features.ts";
import { accentedVoice, type LinearParts } from "./linear-model.ts";
import type { Message } from "./message.ts";
import { seededRandom } from "./random.ts";
import { trainSvm, type SvmOptions, type Weights } from "./svm.ts";
import { FeatureSpace, type Rows, type Shares } from "./vectoriser.ts";

export interface LabelledMessage {
  message: Message;
  label: string;
}

export interface TrainOptions {
  svm: SvmOptions;
  shares: Shares;
  /** How large the weights of both experts together may be, in bytes; the features that matter least are left out. */
  mostBytes: number;
  folds: number;
  seed: number;
}

/** Chosen by cross-validation; the table in README.md says what each is worth. */
export const DEFAULTS: TrainOptions = {
  svm: { cost: 2, balance: 0.3 },
  shares: { words: 1, letters: 1.2, concepts: 0.7 },
  mostBytes: 2_600_000,
  folds: 3,
  seed: 1,
};

/** What models that had not seen an example say of it: the ground for every choice that is not learnt itself. */
export interface HeldOut {
  label: number;
  accented: number;
  /** Margins by the expert for accented text (not for bare text), and by the other. */
  margins: { accented: Float32Array | null; bare: Float32Array };
  known: { accented: number; bare: number };
}

export interface Trained {
  parts: LinearParts;
  sharpness: Sharpness;
  heldOut: HeldOut[];
}

/** Examples laid out for training: every feature of either view numbered. */
export class TrainingSet {
  readonly labels: string[];
  readonly numbers: Int32Array;
  readonly phrases: ConceptPhrase[];
  private readonly spaces: [FeatureSpace, FeatureSpace];

  constructor(
    readonly examples: LabelledMessage[],
    phrases: ConceptPhrase[],
  ) {
    const messages = examples.map(({ message }) => message);
    this.labels = [...new Set(examples.map(({ label }) => label))].sort();
    const numbers = new Map(this.labels.map((label, k) => [label, k]));
    this.numbers = Int32Array.from(examples, ({ label }) => numbers.get(label)!);
    this.phrases = trustBarePhrases(phrases, messages);
    const concepts = new Concepts(this.phrases);
    this.spaces = [
      new FeatureSpace(messages, ACCENTED, concepts, isAccented),
      new FeatureSpace(messages, BARE, concepts, () => true),
    ];
  }

  /** A model of one view, learnt from the rows listed. */
  learn(view: View, from: Int32Array, { svm, shares }: TrainOptions, held?: Int32Array): Lesson {
    const space = this.spaces[view];
    const own = view === BARE ? from : from.filter((at) => isAccented(this.examples[at]!.message));
    const rarity = space.rarity(own);
    const rows = space.rows(rarity, shares);
    const weights = trainSvm(rows, own, this.numbers, this.labels.length, space.hashes.length, svm, held);
    return { space, rarity, rows, weights };
  }

  expert(view: View, settings: TrainOptions): Expert {
    const everyone = Int32Array.from(this.examples.keys());
    const { space, rarity, weights } = this.learn(view, everyone, settings);
    return compact(view, settings.shares, space, rarity, weights, settings.mostBytes / 2);
  }

  /** How much there is to multiply in one pass over the set: features times classes. */
  get work(): number {
    return this.labels.length * (this.spaces[ACCENTED].size + this.spaces[BARE].size);
  }

  /** The examples of the first `rounds` folds, as seen by models trained on the other folds. */
  crossValidate(settings: TrainOptions, rounds = settings.folds): HeldOut[] {
    const random = seededRandom(settings.seed + 1);
    const fold = this.examples.map(() => Math.floor(random() * settings.folds));
    const results: HeldOut[] = [];
    for (let held = 0; held < rounds; held++) {
      const seen = Int32Array.from(this.examples.keys()).filter((at) => fold[at] !== held);
      if (seen.length === 0) continue;
      const unseen = Int32Array.from(this.examples.keys()).filter((at) => fold[at] === held);
      const accented = this.learn(ACCENTED, seen, settings, unseen);
      const bare = this.learn(BARE, seen, settings, unseen);
      unseen.forEach((at, place) => {
        const { message } = this.examples[at]!;
        const margins = ({ weights }: Lesson) =>
          weights.heldOut.subarray(place * this.labels.length, (place + 1) * this.labels.length);
        results.push({
          label: this.numbers[at]!,
          accented: message.accented,
          margins: { accented: isAccented(message) ? margins(accented) : null, bare: margins(bare) },
          known: { accented: accented.rows.known[at]!, bare: bare.rows.known[at]! },
        });
      });
    }
    return results;
  }
}

/** Trains on everything, and weighs the two experts by what held-out examples showed. */
export function finish(set: TrainingSet, settings: TrainOptions, heldOut: HeldOut[]): Trained {
  const voice = bestVoice(heldOut);
  return {
    parts: {
      labels: set.labels,
      accented: set.expert(ACCENTED, settings),
      bare: set.expert(BARE, settings),
      bareVoice: voice,
      concepts: set.phrases,
    },
    sharpness: bestSharpness(heldOut, voice),
    heldOut,
  };
}

const VOICES = [0.25, 0.5, 1, 1.5];

/** How loud the bare reading is best beside the accented one. */
export function bestVoice(heldOut: HeldOut[]): number {
  const accented = heldOut.filter(({ margins }) => margins.accented);
  let voice = 1;
  let most = -1;
  for (const each of VOICES) {
    const right = accented.filter((one) => largest(joined(one, each)) === one.label).length;
    if (right > most) [voice, most] = [each, right];
  }
  return voice;
}

/** How sharply margins are to be read. */
export function bestSharpness(heldOut: HeldOut[], voice: number): Sharpness {
  const accented = heldOut.filter(({ margins }) => margins.accented);
  return {
    accented: fitSharpness(
      accented.map((one) => joined(one, voice)),
      accented.map(({ label }) => label),
    ),
    bare: fitSharpness(
      heldOut.map(({ margins }) => margins.bare),
      heldOut.map(({ label }) => label),
    ),
  };
}

/** Both experts’ margins together, as LinearModel joins them. */
export function joined({ margins, accented }: HeldOut, voice: number): Float32Array {
  const marked = margins.accented;
  if (!marked) return margins.bare;
  const loud = accentedVoice(accented);
  return margins.bare.map((margin, k) => voice * margin + loud * marked[k]!);
}

export function largest(margins: ArrayLike<number>): number {
  let best = 0;
  for (let k = 1; k < margins.length; k++) if (margins[k]! > margins[best]!) best = k;
  return best;
}

interface Lesson {
  space: FeatureSpace;
  rarity: Float32Array;
  rows: Rows;
  weights: Weights;
}

function isAccented({ accented }: Message): boolean {
  return accented > 0;
}
