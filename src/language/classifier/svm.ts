import { seededRandom } from "./random.ts";
import type { Rows } from "./vectoriser.ts";

export interface SvmOptions {
  /** How dear a violated margin is; higher fits the training set more closely. */
  cost: number;
  /** Rare classes count more: a class’s positives weigh (negatives / positives) ^ balance. */
  balance: number;
}

/** One weight per class and feature, a class after the other: `weights[class * features + feature]`. */
export interface Weights {
  weights: Float32Array;
  bias: Float32Array;
}

const MOST_PASSES = 60;
/** Passes end when no point pulls harder than this at its multiplier. */
const TOLERANCE = 0.3;

/**
 * One-vs-rest linear support vector machines with squared hinge loss, by dual coordinate descent with shrinking
 * (Hsieh et al., “A Dual Coordinate Descent Method for Large-scale Linear SVM”, 2008, algorithm 3). A class takes a
 * few dozen passes, the later ones over the few rows near its border.
 *
 * @param learn the rows to learn from
 * @param labels the class of every row, learnt from or not
 */
export function trainSvm(
  rows: Rows,
  learn: Int32Array,
  labels: ArrayLike<number>,
  classes: number,
  features: number,
  { cost, balance }: SvmOptions,
): Weights {
  const weights = new Float32Array(classes * features);
  const bias = new Float32Array(classes);
  const squares = new Float64Array(rows.starts.length - 1);
  for (const row of learn) {
    let sum = 1; // the bias is a feature of value one
    for (let at = rows.starts[row]!; at < rows.starts[row + 1]!; at++) sum += rows.value[at]! ** 2;
    squares[row] = sum;
  }
  const counts = new Int32Array(classes);
  for (const row of learn) counts[labels[row]!]!++;
  for (let k = 0; k < classes; k++) {
    if (counts[k] === 0) {
      bias[k] = -1;
      continue;
    }
    const dearer = ((learn.length - counts[k]!) / counts[k]!) ** balance;
    const ownSoftness = 1 / (2 * cost * Math.max(dearer, 1e-3));
    bias[k] = trainOne(rows, learn, labels, k, squares, weights.subarray(k * features, (k + 1) * features), {
      own: ownSoftness,
      other: 1 / (2 * cost),
    });
  }
  return { weights, bias };
}

/** Fills `weights` for one class and returns its bias. */
function trainOne(
  { starts, index, value }: Rows,
  learn: Int32Array,
  labels: ArrayLike<number>,
  own: number,
  squares: Float64Array,
  weights: Float32Array,
  softness: { own: number; other: number },
): number {
  const random = seededRandom(own + 1);
  const active = learn.slice();
  const multipliers = new Float64Array(squares.length);
  let count = active.length;
  let bias = 0;
  let mostBefore = Infinity;
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    let most = -Infinity;
    let least = Infinity;
    for (let place = 0; place < count; place++) {
      const other = place + Math.floor(random() * (count - place));
      const row = active[other]!;
      active[other] = active[place]!;
      active[place] = row;
      const sign = labels[row] === own ? 1 : -1;
      const soft = sign > 0 ? softness.own : softness.other;
      const from = starts[row]!;
      const to = starts[row + 1]!;
      let margin = bias;
      for (let at = from; at < to; at++) margin += weights[index[at]!]! * value[at]!;
      const before = multipliers[row]!;
      const gradient = sign * margin - 1 + soft * before;
      if (before === 0) {
        if (gradient > mostBefore) {
          // far behind the border, where it will stay: out of the running
          count--;
          active[place] = active[count]!;
          active[count] = row;
          place--;
          continue;
        }
        if (gradient >= 0) {
          most = Math.max(most, 0);
          least = Math.min(least, 0);
          continue;
        }
      }
      most = Math.max(most, gradient);
      least = Math.min(least, gradient);
      const after = Math.max(0, before - gradient / (squares[row]! + soft));
      const step = sign * (after - before);
      if (step === 0) continue;
      multipliers[row] = after;
      bias += step;
      for (let at = from; at < to; at++) weights[index[at]!]! += step * value[at]!;
    }
    if (most - least <= TOLERANCE) break;
    mostBefore = most <= 0 ? Infinity : most;
  }
  return bias;
}
