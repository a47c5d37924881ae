import type { View } from "./features.ts";
import type { Weights } from "./svm.ts";
import type { FeatureSpace, Shares } from "./vectoriser.ts";

/** One view’s linear model as it lies in its file: a row of small integers per feature, with a scale to bring it back. */
export interface Expert {
  view: View;
  shares: Shares;
  bias: Float32Array;
  /** Per feature: its hash, its rarity in sixteenths, the scale of its row, and one signed byte per class. */
  hashes: Int32Array;
  rarity: Uint8Array;
  scales: Float32Array;
  rows: Int8Array;
}

/** Bytes that a feature takes beside a weight per class: its hash, rarity and scale. */
const BESIDES_WEIGHTS = 9;

/**
 * Makes trained weights small: the features that move no class much are dropped, the rest become one signed byte per
 * class with a scale per feature, and the rarity is multiplied in, so that scoring only adds.
 */
export function compact(
  view: View,
  shares: Shares,
  space: FeatureSpace,
  rarity: Float32Array,
  { weights, bias }: Weights,
  mostBytes: number,
): Expert {
  const classes = bias.length;
  const features = space.hashes.length;
  const kept = strongest(weights, rarity, classes, Math.floor(mostBytes / (classes + BESIDES_WEIGHTS)));
  const rows = new Int8Array(kept.length * classes);
  const scales = new Float32Array(kept.length);
  kept.forEach((feature, row) => {
    let largest = 0;
    for (let k = 0; k < classes; k++) largest = Math.max(largest, Math.abs(weights[k * features + feature]!));
    const scale = largest / 127 || 1;
    scales[row] = scale * rarity[feature]!;
    for (let k = 0; k < classes; k++) {
      rows[row * classes + k] = Math.round(weights[k * features + feature]! / scale);
    }
  });
  return {
    view,
    shares,
    bias,
    hashes: kept.map((feature) => space.hashes[feature]!),
    rarity: Uint8Array.from(kept, (feature) => rarity[feature]! * 16),
    scales,
    rows,
  };
}

/** The features with the longest rows of weights, in their own order. */
export function strongest(
  weights: Float32Array,
  rarity: Float32Array,
  classes: number,
  most: number,
): Int32Array {
  const features = rarity.length;
  const strength = new Float32Array(features);
  for (let k = 0, at = 0; k < classes; k++) {
    for (let feature = 0; feature < features; feature++, at++) strength[feature]! += weights[at]! ** 2;
  }
  for (let feature = 0; feature < features; feature++) strength[feature]! *= rarity[feature]! ** 2;
  const seen = Array.from(strength.keys()).filter((feature) => strength[feature]! > 0);
  if (seen.length > most) seen.sort((one, other) => strength[other]! - strength[one]!).length = most;
  return Int32Array.from(seen).sort();
}
