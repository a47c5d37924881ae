/** Trains the language model on `intents/` and puts it in `models/`, unless the one there does better. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import {
  decodeModel,
  encodeModel,
  foldDiacritics,
  MODEL_FILE,
  readCorpus,
  trainFromIntents,
  versionOf,
} from "../src/language/index.ts";
import { calibration, scores } from "../src/language/evaluation.ts";
import { Engine } from "../src/language/understand.ts";

const METRICS_FILE = MODEL_FILE.replace(/\.bin$/u, ".json");
/** By chance alone a model may be this much worse on as many sentences: half a standard error. */
const SLACK = 0.005;

const started = performance.now();
const corpus = await readCorpus("intents");
console.log(`${corpus.train.length} sentences to learn, ${corpus.kept.length} kept apart`);
console.log("cross-validating, then learning from everything …");
const file = encodeModel(await trainFromIntents("intents"));
const seconds = (performance.now() - started) / 1000;
console.log(`trained in ${seconds.toFixed(1)} s, ${file.length} bytes`);

const fresh = measure(file);
console.log(`kept sentences right: ${percent(fresh.accuracy)}, without diacritics ${percent(fresh.bare)}`);
const existing = await readFile(MODEL_FILE).catch(() => null);
const current = existing && attempt(() => measure(existing));
if (current && fresh.accuracy + SLACK < current.accuracy && !process.argv.includes("--force")) {
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
  ...fresh,
};
await writeFile(METRICS_FILE, `${JSON.stringify(metrics, null, 2)}\n`);
console.log(`${MODEL_FILE}: ${version}${current ? ` (before: ${percent(current.accuracy)})` : ""}`);

function measure(bytes: Buffer) {
  const engine = new Engine(decodeModel(bytes), "");
  const truth = corpus.kept.map(({ intent }) => intent);
  const read = (texts: string[]) =>
    texts.map((text, at) => {
      const { name, confidence } = engine.read(text).readings[0]!;
      return { truth: truth[at]!, found: name, confidence };
    });
  const judged = read(corpus.kept.map(({ text }) => text));
  const bare = read(corpus.kept.map(({ text }) => foldDiacritics(text)));
  const found = (all: { found: string }[]) => all.map((each) => each.found);
  const { accuracy, macroF1 } = scores(truth, found(judged));
  return {
    accuracy: round(accuracy),
    macroF1: round(macroF1),
    bare: round(scores(truth, found(bare)).accuracy),
    calibrationError: round(calibration(judged).error),
  };
}

/** Null where the file in place is of an older kind. */
function attempt<Result>(work: () => Result): Result | null {
  try {
    return work();
  } catch {
    return null;
  }
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
