import type { CalibrationBin, LabelScore } from "../src/language/evaluation.ts";

export interface StyleRow {
  name: string;
  count: number;
  accuracy: number;
  macroF1: number;
  error: number;
}

export interface Evaluation {
  version: string;
  sentences: number;
  styles: StyleRow[];
  labels: LabelScore[];
  confusions: { truth: string; found: string; count: number }[];
  calibration: { bins: CalibrationBin[]; error: number };
  scope: { auroc: number; refused: number; caught: number };
  multi: { right: number; count: number };
}

/** One page to look at: figures, the confusion matrix, calibration, each intent. No scripts, nothing fetched. */
export function reportPage(evaluation: Evaluation): string {
  const { version, sentences, styles, labels, calibration, scope, multi } = evaluation;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Language model ${escape(version)}</title><style>${STYLE}</style></head><body>
<h1>Language model ${escape(version)}</h1>
<p>Learnt from ${sentences} sentences of <code>intents/</code>; measured on sentences it has never seen.</p>
<ul class="figures">
${figure(percent(styles[0]?.accuracy ?? 0), "kept apart, right")}
${figure(percent(styles[2]?.accuracy ?? 0), "independent, right")}
${figure(calibration.error.toFixed(3), "calibration error")}
${figure(scope.auroc.toFixed(3), "out-of-scope AUROC")}
${figure(percent(scope.refused), "requests refused")}
${figure(percent(scope.caught), "strangers caught")}
${figure(`${multi.right}/${multi.count}`, "both of two intents")}
</ul>
<h2>By kind of writing</h2>
${table(
  ["", "sentences", "accuracy", "macro F1", "ECE"],
  styles.map((row) => [
    row.name,
    row.count,
    percent(row.accuracy),
    percent(row.macroF1),
    row.error.toFixed(3),
  ]),
)}
<h2>Confusion matrix</h2>
<p>A row is what was meant, a column what was read; the darker, the larger the share of the row. Point at a cell for its numbers.</p>
${matrix(evaluation)}
<h2>Calibration</h2>
<p>Bars are how often a reading of that confidence was right; the line is where they should end.</p>
${calibrationPlot(calibration.bins)}
<h2>Each intent</h2>
${table(
  ["intent", "sentences", "precision", "recall", "F1"],
  labels.map((row) => [row.label, row.count, percent(row.precision), percent(row.recall), percent(row.f1)]),
)}
<h2>Most frequent mistakes</h2>
${table(
  ["meant", "read as", "times"],
  evaluation.confusions.slice(0, 40).map((row) => [row.truth, row.found, row.count]),
)}
</body></html>
`;
}

const STYLE = `
body{font:15px/1.5 system-ui,sans-serif;color:#182433;background:#f6f8fb;margin:0 auto;max-width:1240px;padding:1.5rem}
h1{margin:0}h2{margin-top:2.2rem}
.figures{display:flex;flex-wrap:wrap;gap:.8rem;list-style:none;padding:0}
.figures li{background:#fff;border:1px solid #dce1e7;border-radius:8px;padding:.7rem 1rem}
.figures b{display:block;font-size:1.5rem}
table{border-collapse:collapse;background:#fff;border:1px solid #dce1e7}
th,td{padding:.25rem .8rem;text-align:right;border-bottom:1px solid #eef1f5;font-variant-numeric:tabular-nums}
th:first-child,td:first-child{text-align:left}
.scroll{overflow-x:auto;background:#fff;border:1px solid #dce1e7;border-radius:8px}
svg text{font:10px system-ui,sans-serif;fill:#40566e}
`;

const CELL = 15;
const MARGIN = 150;

function matrix({ labels, confusions }: Evaluation): string {
  const names = [
    ...new Set([...labels.map(({ label }) => label), ...confusions.map(({ found }) => found)]),
  ].sort();
  const counts = new Map(confusions.map(({ truth, found, count }) => [`${truth}\t${found}`, count]));
  const size = MARGIN + names.length * CELL + 8;
  const cells = labels.flatMap(({ label, count, recall }) =>
    names.map((name) => {
      const times = name === label ? Math.round(recall * count) : (counts.get(`${label}\t${name}`) ?? 0);
      if (times === 0) return "";
      const x = MARGIN + names.indexOf(name) * CELL;
      const y = MARGIN + names.indexOf(label) * CELL;
      const shade = (0.12 + (0.88 * times) / count).toFixed(2);
      const colour = name === label ? "#2fb344" : "#d63939";
      return `<rect x="${x}" y="${y}" width="${CELL - 1}" height="${CELL - 1}" fill="${colour}" fill-opacity="${shade}"><title>${escape(label)} read as ${escape(name)}: ${times} of ${count}</title></rect>`;
    }),
  );
  const lines = names.map((name, at) => {
    const middle = MARGIN + at * CELL + CELL / 2 + 3;
    return (
      `<text x="${MARGIN - 5}" y="${middle}" text-anchor="end">${escape(name)}</text>` +
      `<text transform="translate(${middle},${MARGIN - 5}) rotate(-90)">${escape(name)}</text>`
    );
  });
  return `<div class="scroll"><svg width="${size}" height="${size}" role="img" aria-label="Confusion matrix">${lines.join("")}${cells.join("")}</svg></div>`;
}

function calibrationPlot(bins: CalibrationBin[]): string {
  const bars = bins.map(({ from, count, accuracy, confidence }) => {
    const x = 40 + from * 500;
    const height = accuracy * 200;
    const ideal = 210 - confidence * 200;
    return (
      `<rect x="${x + 2}" y="${210 - height}" width="46" height="${height}" fill="#206bc4" fill-opacity=".7"><title>${count} readings, ${percent(accuracy)} right</title></rect>` +
      (count > 0
        ? `<line x1="${x}" x2="${x + 50}" y1="${ideal}" y2="${ideal}" stroke="#d63939" stroke-width="2"/>`
        : "") +
      `<text x="${x + 25}" y="225" text-anchor="middle">${count}</text>`
    );
  });
  return `<svg width="560" height="235" role="img" aria-label="Confidence beside accuracy">${bars.join("")}<text x="4" y="15">100 %</text><text x="4" y="210">0 %</text></svg>`;
}

function table(head: string[], rows: (string | number)[][]): string {
  const cells = (tag: string, row: (string | number)[]) =>
    `<tr>${row.map((cell) => `<${tag}>${escape(String(cell))}</${tag}>`).join("")}</tr>`;
  return `<div class="scroll"><table><thead>${cells("th", head)}</thead><tbody>${rows.map((row) => cells("td", row)).join("")}</tbody></table></div>`;
}

function figure(value: string, meaning: string): string {
  return `<li><b>${escape(value)}</b>${escape(meaning)}</li>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/gu, (letter) => `&#${letter.charCodeAt(0)};`);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
