/** Where “we do that here” ends. Below the bar a message is a stranger’s. */
export interface ScopeBar {
  weights: number[];
  bar: number;
}

/** At most this share of real requests may fall under the bar in cross-validation. */
const REFUSED = 0.05;

/** What speaks for a message being ours: the chance of the stranger class, of the best other class, and known words. */
export function scopeSigns(stranger: number, probability: ArrayLike<number>, known: number): number[] {
  let best = 0;
  for (let k = 0; k < probability.length; k++) if (k !== stranger) best = Math.max(best, probability[k]!);
  const chance = stranger < 0 ? 0 : probability[stranger]!;
  return [Math.log((1 - chance + 1e-4) / (chance + 1e-4)), Math.log(best + 1e-4), known];
}

/** How sure we are that a message is for us, between 0 and 1. */
export function inScope({ weights }: ScopeBar, signs: number[]): number {
  let sum = weights[0]!;
  for (let at = 0; at < signs.length; at++) sum += weights[at + 1]! * signs[at]!;
  return 1 / (1 + Math.exp(-sum));
}

/** A held-out message as the bar sees it. */
export interface ScopeExample {
  signs: number[];
  ours: boolean;
}

/** Weighs the signs by logistic regression on held-out messages, strangers and ours counting alike. */
export function fitScope(rows: ScopeExample[]): ScopeBar {
  const strangers = rows.filter(({ ours }) => !ours).length;
  if (strangers < 10) return { weights: [0, 1, 0, 0], bar: 0 };
  const bar: ScopeBar = { weights: [0, 0, 0, 0], bar: 0 };
  for (let step = 0; step < 400; step++) {
    const slope = [0, 0, 0, 0];
    for (const { signs, ours } of rows) {
      const weight = 0.5 / (ours ? rows.length - strangers : strangers);
      const error = weight * (inScope(bar, signs) - (ours ? 1 : 0));
      slope[0]! += error;
      signs.forEach((sign, at) => (slope[at + 1]! += error * sign));
    }
    slope.forEach((value, at) => (bar.weights[at]! -= 1 * value));
  }
  const sorted = rows
    .filter(({ ours }) => ours)
    .map(({ signs }) => inScope(bar, signs))
    .sort((one, other) => one - other);
  bar.bar = sorted[Math.floor(sorted.length * REFUSED)] ?? 0;
  return bar;
}
