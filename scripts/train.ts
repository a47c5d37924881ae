/** Trains the language model on `intents/` and puts it in `models/`, unless the one there does better. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import {
  encodeModel,
  isWorse,
  measureModel,
  MODEL_FILE,
  readCorpus,
  trainFromIntents,
  versionOf,
} from "../src/language/index.ts";

const METRICS_FILE = MODEL_FILE.replace(/\.bin$/u, ".json");

const started = performance.now();
const corpus = await readCorpus("intents");
console.log(`${corpus.train.length} sentences to learn, ${corpus.kept.length} kept apart`);
console.log("cross-validating, then learning from everything …");
const file = encodeModel(await trainFromIntents("intents"));
const seconds = (performance.now() - started) / 1000;
console.log(`trained in ${seconds.toFixed(1)} s, ${file.length} bytes`);

const fresh = measureModel(file, corpus.kept);
console.log(`kept sentences right: ${percent(fresh.accuracy)}, without diacritics ${percent(fresh.bare)}`);
const existing = await readFile(MODEL_FILE).catch(() => null);
const current = existing && attempt(() => measureModel(existing, corpus.kept));
if (current && isWorse(fresh, current) && !process.argv.includes("--force")) {
  console.error(
    `Refused: of the same sentences the model in place gets ${percent(current.accuracy)} right, without diacritics ${percent(current.bare)}.`,
  );
  process.exit(1);
}
const version = versionOf(file);
await mkdir(dirname(MODEL_FILE), { recursive: true });
await writeFile(MODEL_FILE, file);
const metrics = {
  version,
  sentences: corpus.train.length,
  kept: corpus.kept.length,
  bytes: file.length,
  ...{ accuracy: fresh.accuracy, macroF1: fresh.macroF1 },
  ...{ bare: fresh.bare, calibrationError: fresh.calibrationError },
};
await writeFile(METRICS_FILE, `${JSON.stringify(metrics, null, 2)}\n`);
console.log(`${MODEL_FILE}: ${version}${current ? ` (before: ${percent(current.accuracy)})` : ""}`);

/** Null where the file in place is of an older kind. */
function attempt<Result>(work: () => Result): Result | null {
  try {
    return work();
  } catch {
    return null;
  }
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
