import { copies } from "./augment.ts";
import { fitSharpness } from "./calibrate.ts";
import { compact } from "./compact.ts";
import { Concepts, trustBarePhrases, type ConceptPhrase } from "./concepts.ts";
import { LinearModel, type LinearParts } from "./linear-model.ts";
import { seededRandom } from "./random.ts";
import { trainSvm, type SvmOptions } from "./svm.ts";
import { EQUAL_SHARES, Vectoriser, type Message, type Vector } from "./vectoriser.ts";

export interface LabelledMessage {
  message: Message;
  label: string;
}

export interface TrainOptions {
  svm: SvmOptions;
  shares: readonly number[];
  minimumCount: number;
  maximumFeatures: number;
  folds: number;
  seed: number;
  concepts: ConceptPhrase[];
}

/** Chosen by cross-validation; the table in README.md says what each is worth. */
export const DEFAULTS: TrainOptions = {
  svm: { cost: 2, balance: 0.3, epochs: 15, seed: 1 },
  shares: EQUAL_SHARES,
  minimumCount: 1,
  maximumFeatures: 50_000,
  folds: 3,
  seed: 1,
  concepts: [],
};

export interface HeldOut {
  bare: boolean;
  label: string;
  margins: Float32Array;
  known: number;
}

export interface Trained {
  parts: LinearParts;
  sharpness: number;
  /** What models that had not seen an example said of it: the ground for calibration and for the bar. */
  heldOut: HeldOut[];
}

export function trainClassifier(examples: LabelledMessage[], options: Partial<TrainOptions> = {}): Trained {
  const settings = { ...DEFAULTS, ...options };
  const labels = [...new Set(examples.map(({ label }) => label))].sort();
  const heldOut = settings.folds > 1 ? crossValidate(examples, labels, settings) : [];
  const sharpness =
    heldOut.length > 0
      ? fitSharpness(
          heldOut.map(({ margins }) => margins),
          heldOut.map(({ label }) => labels.indexOf(label)),
        )
      : 1;
  return { parts: trainOnce(examples, labels, settings), sharpness, heldOut };
}

function trainOnce(examples: LabelledMessage[], labels: string[], settings: TrainOptions): LinearParts {
  const concepts = trustBarePhrases(
    settings.concepts,
    examples.map(({ message }) => message),
  );
  const vectoriser = new Vectoriser(settings.shares, new Concepts(concepts));
  vectoriser.fit(
    examples.map(({ message }) => message),
    settings.minimumCount,
  );
  const rows: Vector[] = [];
  const numbers: number[] = [];
  for (const { message, label } of examples) {
    for (const copy of [message, ...copies(message)]) {
      rows.push(vectoriser.vector(copy));
      numbers.push(labels.indexOf(label));
    }
  }
  const weights = trainSvm(rows, numbers, labels.length, vectoriser.hashes.length, settings.svm);
  return compact(labels, settings.shares, vectoriser, weights, concepts, settings.maximumFeatures);
}

function crossValidate(examples: LabelledMessage[], labels: string[], settings: TrainOptions): HeldOut[] {
  const random = seededRandom(settings.seed + 1);
  const fold = examples.map(() => Math.floor(random() * settings.folds));
  return Array.from({ length: settings.folds }, (_, held) => {
    const seen = examples.filter((_, at) => fold[at] !== held);
    if (seen.length === 0) return [];
    const model = new LinearModel(trainOnce(seen, labels, settings));
    return examples
      .filter((_, at) => fold[at] === held)
      .flatMap(({ message, label }) =>
        [message, ...copies(message)].map((copy) => {
          const { margins, known } = model.score(copy);
          return { label, margins: margins.slice(), known, bare: !copy.accented };
        }),
      );
  }).flat();
}
