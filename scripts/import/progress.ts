/** One line at a terminal that shows how far an import is, how fast it goes, and when it will be done. */
import type { Progress } from "../../src/infra/import/importer.ts";

const WIDTH = 24;
/** Redrawn no oftener than this, ms. */
const EVERY = 100;

/** @param out not a terminal: nothing is shown */
export function createProgress(out: NodeJS.WriteStream = process.stderr, clock = () => performance.now()) {
  const begun = clock();
  let shown = -Infinity;
  return {
    show(progress: Progress) {
      const now = clock();
      if (!out.isTTY || now - shown < EVERY) return;
      shown = now;
      out.write(`\r${lineOf(progress, (now - begun) / 1000)}\x1b[K`);
    },
    clear: () => void (shown > -Infinity && out.write("\r\x1b[K")),
  };
}

/** "[██████            ]  25 %  375,000 rows, 31,250/s, 36 s left" */
export function lineOf({ rows, part }: Progress, seconds: number): string {
  const speed = Math.round(rows / Math.max(seconds, 0.001)).toLocaleString("en");
  const told = `${rows.toLocaleString("en")} rows, ${speed}/s`;
  if (part === null) return told;
  const filled = Math.round(part * WIDTH);
  const bar = `[${"█".repeat(filled)}${" ".repeat(WIDTH - filled)}]`;
  const left = part > 0.01 ? `, ${Math.ceil((seconds / part) * (1 - part))} s left` : "";
  return `${bar} ${String(Math.floor(part * 100)).padStart(3)} %  ${told}${left}`;
}
