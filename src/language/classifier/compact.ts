import type { ConceptPhrase } from "./concepts.ts";
import type { LinearParts } from "./linear-model.ts";
import type { Weights } from "./svm.ts";
import type { Vectoriser } from "./vectoriser.ts";

/**
 * Makes the trained weights small: the features that move no class much are dropped, the rest become one signed byte
 * per class with a scale per feature, and the rarity is multiplied in, so that scoring only adds.
 */
export function compact(
  labels: string[],
  shares: readonly number[],
  vectoriser: Vectoriser,
  { weights, bias }: Weights,
  concepts: ConceptPhrase[],
  maximumFeatures: number,
): LinearParts {
  const classes = labels.length;
  const features = vectoriser.hashes.length;
  const strength = new Float32Array(features);
  for (let feature = 0; feature < features; feature++) {
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += weights[feature * classes + k]! ** 2;
    strength[feature] = Math.sqrt(sum) * vectoriser.idf[feature]!;
  }
  const kept = Array.from(strength.keys())
    .sort((one, other) => strength[other]! - strength[one]!)
    .slice(0, maximumFeatures)
    .sort((one, other) => one - other);

  const rows = new Int8Array(kept.length * classes);
  const scales = new Float32Array(kept.length);
  kept.forEach((feature, row) => {
    let largest = 0;
    for (let k = 0; k < classes; k++) largest = Math.max(largest, Math.abs(weights[feature * classes + k]!));
    const scale = largest / 127 || 1;
    scales[row] = scale * vectoriser.idf[feature]!;
    for (let k = 0; k < classes; k++)
      rows[row * classes + k] = Math.round(weights[feature * classes + k]! / scale);
  });
  return {
    labels,
    shares: [...shares],
    bias,
    hashes: Int32Array.from(kept, (feature) => vectoriser.hashes[feature]!),
    idf: Uint8Array.from(kept, (feature) => vectoriser.idf[feature]! * 16),
    scales,
    rows,
    concepts,
  };
}
