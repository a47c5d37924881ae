/**
 * What tells near procedures apart: "mất" beside "kết hôn" leans to the second marriage certificate, "kết hôn" alone
 * to the first. Learnt from the ways of asking themselves, as a softmax regression by stochastic gradient descent
 * with AdaGrad steps (Duchi, Hazan and Singer, 2011); a second of work is too much for a start, so it stays small.
 */
import type { Terms } from "./words.ts";

const EPOCHS = 12;
const STEP = 0.5;
const DECAY = 1e-4;

export interface LabelledTerms {
  label: number;
  terms: Terms;
}

export class Leaning {
  private readonly numbers = new Map<string, number>();
  private readonly weights: Float32Array;

  /** @param rarity how much a term tells; terms it knows none of are left out */
  constructor(
    examples: LabelledTerms[],
    private readonly labels: number,
    private readonly rarity: (term: string) => number,
  ) {
    for (const { terms } of examples) {
      for (const term of terms.keys()) if (!this.numbers.has(term)) this.numbers.set(term, this.numbers.size);
    }
    this.weights = new Float32Array(this.numbers.size * labels);
    this.learn(examples);
  }

  /** The chance of each procedure, by its number. */
  chances(terms: Terms): Float64Array {
    return this.softmax(this.vector(terms));
  }

  private learn(examples: LabelledTerms[]) {
    const squares = new Float32Array(this.weights.length).fill(1e-3);
    const vectors = examples.map(({ label, terms }) => ({ label, vector: this.vector(terms) }));
    for (let epoch = 0; epoch < EPOCHS; epoch++) {
      // a fixed walk with a stride prime to the length: another order each epoch, the same at every start
      for (let at = 0, step = 0; step < vectors.length; step++, at = (at + 7919 + epoch) % vectors.length) {
        const { label, vector } = vectors[at]!;
        const chances = this.softmax(vector);
        for (let each = 0; each < this.labels; each++) {
          const error = chances[each]! - (each === label ? 1 : 0);
          if (Math.abs(error) < 1e-3) continue;
          for (const [number, weight] of vector) {
            const place = number * this.labels + each;
            const slope = error * weight + DECAY * this.weights[place]!;
            squares[place]! += slope * slope;
            this.weights[place]! -= (STEP * slope) / Math.sqrt(squares[place]!);
          }
        }
      }
    }
  }

  /** Of length one, so that long questions do not shout. */
  private vector(terms: Terms): [number, number][] {
    const vector: [number, number][] = [];
    let squares = 0;
    for (const [term, weight] of terms) {
      const number = this.numbers.get(term);
      if (number === undefined) continue;
      const value = weight * this.rarity(term);
      squares += value * value;
      vector.push([number, value]);
    }
    const length = Math.sqrt(squares) || 1;
    return vector.map(([number, value]) => [number, value / length]);
  }

  private softmax(vector: [number, number][]): Float64Array {
    const sums = new Float64Array(this.labels);
    for (const [number, weight] of vector) {
      const start = number * this.labels;
      for (let each = 0; each < this.labels; each++) sums[each]! += weight * this.weights[start + each]!;
    }
    let most = -Infinity;
    for (const sum of sums) most = Math.max(most, sum);
    let total = 0;
    for (let each = 0; each < this.labels; each++) total += sums[each] = Math.exp(sums[each]! - most);
    for (let each = 0; each < this.labels; each++) sums[each]! /= total;
    return sums;
  }
}
