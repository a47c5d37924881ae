/** Where “we do that here” ends. Below the bar a message is a stranger’s. */
export interface ScopeBar {
  /** Of the signs below; the first stands alone. */
  weights: number[];
  bar: number;
}

/** At most this share of real requests may fall under the bar in cross-validation. */
const REFUSED = 0.07;

/**
 * What speaks for a message being ours: the chances of the stranger class and of the best other class, how far either
 * lies from its border, and the share of its words that training knows.
 *
 * @param stranger where `out_of_scope` stands among the classes
 * @param margins distances to the borders, times the sharpness
 */
export function scopeSigns(
  stranger: number,
  probability: ArrayLike<number>,
  margins: ArrayLike<number>,
  sharpness: number,
  known: number,
): number[] {
  let best = 0;
  let farthest = -Infinity;
  for (let k = 0; k < probability.length; k++) {
    if (k === stranger) continue;
    best = Math.max(best, probability[k]!);
    farthest = Math.max(farthest, margins[k]!);
  }
  const chance = stranger < 0 ? 0 : probability[stranger]!;
  const strange = stranger < 0 ? -1 : margins[stranger]!;
  return [
    Math.log((1 - chance + 1e-4) / (chance + 1e-4)),
    Math.log(best + 1e-4),
    known,
    farthest * sharpness,
    strange * sharpness,
  ];
}

/** How sure we are that a message is for us, between 0 and 1. */
export function inScope({ weights }: ScopeBar, signs: readonly number[]): number {
  let sum = weights[0]!;
  for (let at = 0; at < signs.length; at++) sum += (weights[at + 1] ?? 0) * signs[at]!;
  return 1 / (1 + Math.exp(-sum));
}

/** A held-out message as the bar sees it. */
export interface ScopeExample {
  signs: number[];
  ours: boolean;
}

const ENOUGH_STRANGERS = 10;
const STEPS = 12;
const RIDGE = 1e-4;

/** Weighs the signs by logistic regression (Newton’s steps) on held-out messages, strangers and ours counting alike. */
export function fitScope(rows: ScopeExample[]): ScopeBar {
  const strangers = rows.filter(({ ours }) => !ours).length;
  if (strangers < ENOUGH_STRANGERS) return { weights: [0, 1], bar: 0 };
  const size = rows[0]!.signs.length + 1;
  const bar: ScopeBar = { weights: new Array<number>(size).fill(0), bar: 0 };
  for (let step = 0; step < STEPS; step++) {
    const slope = bar.weights.map((weight) => RIDGE * weight);
    const bend = bar.weights.map((_, i) => bar.weights.map((__, j) => (i === j ? RIDGE : 0)));
    for (const { signs, ours } of rows) {
      const share = 0.5 / (ours ? rows.length - strangers : strangers);
      const chance = inScope(bar, signs);
      const inputs = [1, ...signs];
      inputs.forEach((one, i) => {
        slope[i]! += share * (chance - (ours ? 1 : 0)) * one;
        inputs.forEach((other, j) => (bend[i]![j]! += share * chance * (1 - chance) * one * other));
      });
    }
    solve(bend, slope).forEach((change, at) => (bar.weights[at]! -= change));
  }
  const sorted = rows
    .filter(({ ours }) => ours)
    .map(({ signs }) => inScope(bar, signs))
    .sort((one, other) => one - other);
  bar.bar = sorted[Math.floor(sorted.length * REFUSED)] ?? 0;
  return bar;
}

/** Solves a small symmetric system by elimination. */
function solve(matrix: number[][], right: number[]): number[] {
  const rows = matrix.map((row, at) => [...row, right[at]!]);
  const size = rows.length;
  for (let pivot = 0; pivot < size; pivot++) {
    for (let below = pivot + 1; below < size; below++) {
      const factor = rows[below]![pivot]! / rows[pivot]![pivot]!;
      for (let at = pivot; at <= size; at++) rows[below]![at]! -= factor * rows[pivot]![at]!;
    }
  }
  const result = new Array<number>(size).fill(0);
  for (let at = size - 1; at >= 0; at--) {
    const known = rows[at]!.slice(at + 1, size).reduce(
      (sum, value, k) => sum + value * result[at + 1 + k]!,
      0,
    );
    result[at] = (rows[at]![size]! - known) / rows[at]![at]!;
  }
  return result;
}
