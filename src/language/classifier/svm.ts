import { openKernel, type Kernel } from "./kernel.ts";
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
  /** Margins of the rows held out, a row after the other: `heldOut[place * classes + class]`. */
  heldOut: Float32Array;
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
 * @param held rows to judge by what was learnt
 */
export function trainSvm(
  rows: Rows,
  learn: Int32Array,
  labels: ArrayLike<number>,
  classes: number,
  features: number,
  { cost, balance }: SvmOptions,
  held: Int32Array = new Int32Array(0),
): Weights {
  const weights = new Float32Array(classes * features);
  const bias = new Float32Array(classes);
  const heldOut = new Float32Array(held.length * classes).fill(-1);
  const squares = new Float64Array(rows.starts.length - 1);
  for (const row of learn) {
    let sum = 1; // the bias is a feature of value one
    for (let at = rows.starts[row]!; at < rows.starts[row + 1]!; at++) sum += rows.value[at]! ** 2;
    squares[row] = sum;
  }
  const table = layOut(rows, features);
  const counts = new Int32Array(classes);
  for (const row of learn) counts[labels[row]!]!++;
  for (let k = 0; k < classes; k++) {
    if (counts[k] === 0) {
      bias[k] = -1;
      continue;
    }
    const dearer = ((learn.length - counts[k]!) / counts[k]!) ** balance;
    const ownSoftness = 1 / (2 * cost * Math.max(dearer, 1e-3));
    bias[k] = trainOne(table, learn, labels, k, squares, { own: ownSoftness, other: 1 / (2 * cost) });
    weights.set(table.kernel.floats.subarray(table.weights / 4, table.weights / 4 + features), k * features);
    held.forEach((row, place) => (heldOut[place * classes + k] = bias[k]! + marginOf(table, row)));
  }
  return { weights, bias, heldOut };
}

/** The rows and one class’s weights in the kernel’s memory, by their addresses. */
interface Table {
  kernel: Kernel;
  starts: Int32Array;
  index: number;
  value: number;
  weights: number;
}

function layOut({ starts, index, value }: Rows, features: number): Table {
  const kernel = openKernel(4 * (index.length + value.length + features));
  new Int32Array(kernel.floats.buffer).set(index);
  kernel.floats.set(value, index.length);
  return { kernel, starts, index: 0, value: 4 * index.length, weights: 8 * index.length };
}

function marginOf({ kernel, starts, index, value, weights }: Table, row: number): number {
  const from = 4 * starts[row]!;
  return kernel.product(index + from, value + from, starts[row + 1]! - starts[row]!, weights);
}

/** Learns the weights of one class where the table keeps them, and returns its bias. */
function trainOne(
  { kernel, starts, ...table }: Table,
  learn: Int32Array,
  labels: ArrayLike<number>,
  own: number,
  squares: Float64Array,
  softness: { own: number; other: number },
): number {
  const random = seededRandom(own + 1);
  kernel.floats.fill(0, table.weights / 4);
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
      const from = 4 * starts[row]!;
      const entries = starts[row + 1]! - starts[row]!;
      const margin = bias + kernel.product(table.index + from, table.value + from, entries, table.weights);
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
      kernel.addSparse(table.index + from, table.value + from, entries, table.weights, step);
    }
    if (most - least <= TOLERANCE) break;
    mostBefore = most <= 0 ? Infinity : most;
  }
  return bias;
}
