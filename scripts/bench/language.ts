/**
 * Our classifier beside the ones npm offers: learnt from the training part of `intents/`, asked the sentences kept apart
 * and those by other hands. Each is trained in one process and measured in a fresh one, in turns.
 */
import { spawnSync } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { foldDiacritics, readCorpus, type Example } from "../../src/language/index.ts";
import type { Dataset, Measured } from "./classifier-process.ts";
import { temporaryFolder } from "./processes.ts";

const CHECK_FILE = "src/language/testing/check.jsonl";
const CLASSIFIERS = [
  { name: "ours", module: "ours-classifier.ts" },
  { name: "fasttext.wasm.js 1.0.0", module: "peers/classifiers/fasttext.mjs" },
  { name: "node-nlp 4.27.0", module: "peers/classifiers/node-nlp.mjs" },
  { name: "wink-naive-bayes 2.2.1", module: "peers/classifiers/wink.mjs" },
  { name: "natural 8.1.1, tuned", module: "peers/classifiers/natural-tuned.mjs" },
  { name: "natural 8.1.1, as shipped", module: "peers/classifiers/natural.mjs" },
];
const OURS = CLASSIFIERS[0]!.name;

type Figures = Measured & { trainSeconds: number };

const COLUMNS: [title: string, value: (figures: Figures) => number, digits: number][] = [
  ["kept %", ({ accuracy }) => 100 * accuracy["kept"]!, 1],
  ["bare %", ({ accuracy }) => 100 * accuracy["kept, bare"]!, 1],
  ["others' %", ({ accuracy }) => 100 * accuracy["independent"]!, 1],
  ["bare %", ({ accuracy }) => 100 * accuracy["independent, bare"]!, 1],
  ["sentences/s", ({ perSecond }) => perSecond, 0],
  ["load ms", ({ loadMs }) => loadMs, 0],
  ["model MB", ({ modelBytes }) => modelBytes / 1e6, 1],
  ["memory MB", ({ memoryBytes }) => memoryBytes / 1e6, 0],
  ["training s", ({ trainSeconds }) => trainSeconds, 1],
];

/** @param only names of classifiers to measure, by a part of them; all if none is given */
export async function bench(only: string[]): Promise<void> {
  const folder = temporaryFolder();
  const dataFile = path.join(folder, "data.json");
  const data = await dataset();
  await writeFile(dataFile, JSON.stringify(data));
  console.log(
    `${data.train.length} sentences to learn; tests: ` +
      Object.entries(data.tests)
        .map(([name, rows]) => `${rows.length} ${name}`)
        .join(", "),
  );
  console.log("sentences/s and training count seconds of processor time on one core\n");
  const wanted = CLASSIFIERS.filter(
    ({ name }) => only.length === 0 || only.some((part) => name.includes(part)),
  );
  console.log("".padEnd(28) + COLUMNS.map(([title]) => title.padStart(12)).join(""));
  const results = new Map<string, Figures>();
  for (const [at, { name, module }] of wanted.entries()) {
    const modelFile = path.join(folder, `${at}.model`);
    const figures = {
      ...run<{ trainSeconds: number }>("train", module, dataFile, modelFile),
      ...run<Measured>("measure", module, dataFile, modelFile),
    };
    results.set(name, figures);
    console.log(
      name.padEnd(28) +
        COLUMNS.map(([, value, digits]) => value(figures).toFixed(digits).padStart(12)).join(""),
    );
  }
  await rm(folder, { recursive: true });
  compare(results);
}

/** How ours stands to each: points of accuracy, and the rest as ratios. */
function compare(results: Map<string, Figures>): void {
  const ours = results.get(OURS);
  if (!ours) return;
  console.log("\nours beside it: points of accuracy more; times the speed; shares of the rest");
  for (const [name, peer] of results) {
    if (name === OURS) continue;
    const cells = COLUMNS.map(([title, value]) =>
      title.includes("%")
        ? `+${(value(ours) - value(peer)).toFixed(1)}`.replace("+-", "−")
        : `×${(value(ours) / value(peer)).toPrecision(2)}`,
    );
    console.log(name.padEnd(28) + cells.map((cell) => cell.padStart(12)).join(""));
  }
}

async function dataset(): Promise<Dataset> {
  const { train, kept } = await readCorpus("intents");
  const lines = (await readFile(CHECK_FILE, "utf8")).split("\n").filter(Boolean);
  const independent = lines.map((line) => JSON.parse(line) as Example);
  const bare = (rows: Example[]) => rows.map(({ text, intent }) => ({ text: foldDiacritics(text), intent }));
  return {
    train,
    tests: { kept, "kept, bare": bare(kept), independent, "independent, bare": bare(independent) },
  };
}

function run<Result>(task: "train" | "measure", module: string, dataFile: string, modelFile: string): Result {
  const place = (file: string) => fileURLToPath(new URL(file, import.meta.url));
  const args = ["--expose-gc", "--import", "tsx", place("classifier-process.ts")];
  const { stdout, status } = spawnSync(
    process.execPath,
    [...args, task, place(module), dataFile, modelFile],
    { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"], maxBuffer: 1e8 },
  );
  const line = stdout.trim().split("\n").at(-1) ?? "";
  if (status !== 0 || !line.startsWith("{")) throw new Error(`${module}: ${task} ended with ${status}`);
  return JSON.parse(line) as Result;
}
