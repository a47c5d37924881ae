import { seededRandom, shuffle } from "./random.ts";
import type { Vector } from "./vectoriser.ts";

export interface SvmOptions {
  /** How dear a violated margin is; higher fits the training set more closely. */
  cost: number;
  /** Rare classes count more: a class’s positives weigh (negatives / positives) ^ balance. */
  balance: number;
  epochs: number;
  seed: number;
}

/** One weight per feature and class, features first: `weights[feature * classes + class]`. */
export interface Weights {
  weights: Float32Array;
  bias: Float32Array;
}

/**
 * One-vs-rest linear support vector machines with squared hinge loss, by dual coordinate descent
 * (Hsieh et al., “A Dual Coordinate Descent Method for Large-scale Linear SVM”, 2008, algorithm 1).
 * All classes are trained abreast: an example’s features are fetched once and serve every class.
 */
export function trainSvm(
  rows: Vector[],
  labels: ArrayLike<number>,
  classes: number,
  features: number,
  { cost, balance, epochs, seed }: SvmOptions,
): Weights {
  const weights = new Float32Array(features * classes);
  const bias = new Float32Array(classes);
  const alpha = new Float32Array(rows.length * classes);
  const softness = classSoftness(labels, classes, cost, balance);
  const quiet = 1 / (2 * cost);
  const squares = Float32Array.from(rows, ({ value }) => value.reduce((sum, v) => sum + v * v, 1));
  const margins = new Float32Array(classes);
  const moved = new Int32Array(classes);
  const steps = new Float32Array(classes);
  const order = Int32Array.from(rows, (_, at) => at);
  // The classes still watched of each row: those whose border is far behind stop costing time (§3.3 of the paper).
  const watched = new Uint16Array(rows.length * classes);
  const watchedCount = new Uint16Array(rows.length).fill(classes);
  for (let at = 0; at < watched.length; at++) watched[at] = at % classes;
  const random = seededRandom(seed);

  let settled = Infinity;
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    let largest = 0;
    for (const row of order) {
      const { index, value } = rows[row]!;
      margins.set(bias);
      const first = row * classes;
      const watching = watchedCount[row]!;
      if (watching === classes) {
        for (let at = 0; at < index.length; at++) {
          const start = index[at]! * classes;
          const x = value[at]!;
          for (let k = 0; k < classes; k++) margins[k]! += x * weights[start + k]!;
        }
      } else {
        for (let at = 0; at < index.length; at++) {
          const start = index[at]! * classes;
          const x = value[at]!;
          for (let w = first; w < first + watching; w++)
            margins[watched[w]!]! += x * weights[start + watched[w]!]!;
        }
      }
      let movedCount = 0;
      let kept = first;
      for (let w = first; w < first + watching; w++) {
        const k = watched[w]!;
        const own = labels[row] === k;
        const sign = own ? 1 : -1;
        const soft = own ? softness[k]! : quiet;
        const before = alpha[row * classes + k]!;
        const gradient = sign * margins[k]! - 1 + before * soft;
        if (epoch < 2 || before > 0 || gradient < settled) watched[kept++] = k;
        if (before === 0 && gradient >= 0) continue;
        const after = Math.max(0, before - gradient / (squares[row]! + soft));
        if (Math.abs(after - before) < 1e-5) continue;
        largest = Math.max(largest, Math.abs(after - before));
        alpha[row * classes + k] = after;
        moved[movedCount] = k;
        steps[movedCount++] = sign * (after - before);
      }
      watchedCount[row] = kept - first;
      if (movedCount === 0) continue;
      for (let m = 0; m < movedCount; m++) bias[moved[m]!]! += steps[m]!;
      for (let at = 0; at < index.length; at++) {
        const start = index[at]! * classes;
        const x = value[at]!;
        for (let m = 0; m < movedCount; m++) weights[start + moved[m]!]! += x * steps[m]!;
      }
    }
    settled = largest;
    if (largest < 1e-3) break;
  }
  return { weights, bias };
}

/** The 1/2C of each class’s positives. */
function classSoftness(labels: ArrayLike<number>, classes: number, cost: number, balance: number) {
  const counts = new Float32Array(classes);
  for (let at = 0; at < labels.length; at++) counts[labels[at]!]!++;
  return counts.map((count) => 1 / (2 * cost * ((labels.length - count) / Math.max(1, count)) ** balance));
}
