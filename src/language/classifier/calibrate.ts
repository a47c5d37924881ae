/** Chances from margins: softmax(margin × sharpness). One sharpness for all classes keeps the ranking. */
export function chances(margins: ArrayLike<number>, sharpness: number): Float64Array {
  let largest = -Infinity;
  for (let k = 0; k < margins.length; k++) largest = Math.max(largest, margins[k]!);
  const result = new Float64Array(margins.length);
  let sum = 0;
  for (let k = 0; k < margins.length; k++) sum += result[k] = Math.exp(sharpness * (margins[k]! - largest));
  for (let k = 0; k < margins.length; k++) result[k]! /= sum;
  return result;
}

/** The mean surprise (−log chance) at the true labels. */
export function logLoss(margins: ArrayLike<number>[], labels: ArrayLike<number>, sharpness: number): number {
  let sum = 0;
  margins.forEach((row, at) => {
    let largest = -Infinity;
    for (let k = 0; k < row.length; k++) largest = Math.max(largest, row[k]!);
    let whole = 0;
    for (let k = 0; k < row.length; k++) whole += Math.exp(sharpness * (row[k]! - largest));
    sum += Math.log(whole) - sharpness * (row[labels[at]!]! - largest);
  });
  return sum / Math.max(1, margins.length);
}

/**
 * The sharpness under which held-out labels are likeliest: temperature scaling
 * (Guo et al., “On Calibration of Modern Neural Networks”, 2017), by golden-section search.
 */
export function fitSharpness(margins: ArrayLike<number>[], labels: ArrayLike<number>): number {
  if (margins.length === 0) return 1;
  const golden = (Math.sqrt(5) - 1) / 2;
  let low = Math.log(0.2);
  let high = Math.log(50);
  let left = high - golden * (high - low);
  let right = low + golden * (high - low);
  let atLeft = logLoss(margins, labels, Math.exp(left));
  let atRight = logLoss(margins, labels, Math.exp(right));
  for (let step = 0; step < 16; step++) {
    if (atLeft < atRight) {
      [high, right, atRight] = [right, left, atLeft];
      left = high - golden * (high - low);
      atLeft = logLoss(margins, labels, Math.exp(left));
    } else {
      [low, left, atLeft] = [left, right, atRight];
      right = low + golden * (high - low);
      atRight = logLoss(margins, labels, Math.exp(right));
    }
  }
  return Math.exp((low + high) / 2);
}

/** How sharply to read margins of text with its diacritics, and of text without. */
export interface Sharpness {
  accented: number;
  bare: number;
}

/** The sharpness for a text that is accented in part; see `accentedVoice`. */
export function sharpnessOf({ accented, bare }: Sharpness, loud: number): number {
  return loud * accented + (1 - loud) * bare;
}
