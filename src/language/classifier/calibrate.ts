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

/**
 * The sharpness under which held-out labels are likeliest: temperature scaling
 * (Guo et al., “On Calibration of Modern Neural Networks”, 2017), by golden-section search.
 */
export function fitSharpness(margins: ArrayLike<number>[], labels: ArrayLike<number>): number {
  const loss = (sharpness: number) =>
    margins.reduce(
      (sum, row, at) => sum - Math.log(Math.max(1e-12, chances(row, sharpness)[labels[at]!]!)),
      0,
    );
  const golden = (Math.sqrt(5) - 1) / 2;
  let low = Math.log(0.2);
  let high = Math.log(50);
  for (let step = 0; step < 30; step++) {
    const left = high - golden * (high - low);
    const right = low + golden * (high - low);
    if (loss(Math.exp(left)) < loss(Math.exp(right))) high = right;
    else low = left;
  }
  return Math.exp((low + high) / 2);
}
