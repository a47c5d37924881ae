/** Measures of a classifier, from what was true and what it said. */
export interface Judged {
  truth: string;
  found: string;
  confidence: number;
}

/** Accuracy and the mean F1 over the labels that occur in the truth. */
export function scores(truth: string[], found: string[]): { accuracy: number; macroF1: number } {
  const perLabel = scoresByLabel(truth, found);
  const right = truth.filter((label, at) => label === found[at]).length;
  return {
    accuracy: truth.length > 0 ? right / truth.length : 0,
    macroF1: mean(perLabel.map(({ f1 }) => f1)),
  };
}

export interface LabelScore {
  label: string;
  count: number;
  precision: number;
  recall: number;
  f1: number;
}

/** How each label that occurs in the truth is found, in alphabetical order. */
export function scoresByLabel(truth: string[], found: string[]): LabelScore[] {
  const actual = countOf(truth);
  const claimed = countOf(found);
  const hits = countOf(truth.filter((label, at) => label === found[at]));
  return [...actual.keys()].sort().map((label) => {
    const right = hits.get(label) ?? 0;
    const count = actual.get(label)!;
    const said = claimed.get(label) ?? 0;
    return {
      label,
      count,
      precision: said > 0 ? right / said : 0,
      recall: right / count,
      f1: (2 * right) / (count + said),
    };
  });
}

/** The mistakes made most, the most frequent first. */
export function confusions(
  truth: string[],
  found: string[],
): { truth: string; found: string; count: number }[] {
  const counts = countOf(
    truth.flatMap((label, at) => (label === found[at] ? [] : [`${label}\t${found[at]!}`])),
  );
  return [...counts]
    .map(([pair, count]) => ({ truth: pair.split("\t")[0]!, found: pair.split("\t")[1]!, count }))
    .sort((one, other) => other.count - one.count || one.truth.localeCompare(other.truth));
}

export interface CalibrationBin {
  from: number;
  count: number;
  confidence: number;
  accuracy: number;
}

/** Confidence beside accuracy in ten bins, and their expected distance (ECE, Guo et al. 2017). */
export function calibration(judged: Judged[]): { bins: CalibrationBin[]; error: number } {
  const bins = Array.from({ length: 10 }, (_, at) => {
    const inside = judged.filter(({ confidence }) => Math.min(9, Math.floor(confidence * 10)) === at);
    return {
      from: at / 10,
      count: inside.length,
      confidence: mean(inside.map(({ confidence }) => confidence)),
      accuracy: mean(inside.map(({ truth, found }) => (truth === found ? 1 : 0))),
    };
  });
  const error = bins.reduce(
    (sum, { count, confidence, accuracy }) => sum + (count / judged.length) * Math.abs(confidence - accuracy),
    0,
  );
  return { bins, error };
}

/** The chance that a member scores above an outsider (area under the ROC curve); ties count half. */
export function auroc(members: number[], outsiders: number[]): number {
  const all = [
    ...members.map((score) => ({ score, member: true })),
    ...outsiders.map((score) => ({ score, member: false })),
  ];
  all.sort((one, other) => one.score - other.score);
  let rankSum = 0;
  for (let at = 0; at < all.length;) {
    let end = at;
    while (end < all.length && all[end]!.score === all[at]!.score) end++;
    const rank = (at + 1 + end) / 2;
    for (; at < end; at++) if (all[at]!.member) rankSum += rank;
  }
  const n = members.length;
  return (rankSum - (n * (n + 1)) / 2) / (n * outsiders.length);
}

function countOf(names: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function mean(values: number[]): number {
  return values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : 0;
}
