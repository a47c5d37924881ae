/** Accuracy and the mean F1 over the labels that occur in the truth. */
export function scores(truth: string[], found: string[]): { accuracy: number; macroF1: number } {
  const labels = [...new Set(truth)];
  const right = truth.filter((label, at) => label === found[at]).length;
  const f1 = labels.map((label) => {
    const hits = truth.filter((name, at) => name === label && found[at] === label).length;
    const actual = truth.filter((name) => name === label).length;
    const claimed = found.filter((name) => name === label).length;
    return (2 * hits) / (actual + claimed);
  });
  return {
    accuracy: truth.length > 0 ? right / truth.length : 0,
    macroF1: f1.length > 0 ? f1.reduce((sum, value) => sum + value, 0) / f1.length : 0,
  };
}
