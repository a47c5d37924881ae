/** Trains the language model on `intents/` and puts it in `models/`, unless the one there does better. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import {
  decodeModel,
  encodeModel,
  MODEL_FILE,
  readCorpus,
  trainFromIntents,
  versionOf,
} from "../src/language/index.ts";
import { scores } from "../src/language/evaluation.ts";
import { Engine } from "../src/language/understand.ts";

const started = performance.now();
const corpus = await readCorpus("intents");
console.log(`${corpus.train.length} sentences to learn, ${corpus.kept.length} kept apart`);
const file = encodeModel(await trainFromIntents("intents"));
console.log(`trained in ${((performance.now() - started) / 1000).toFixed(1)} s, ${file.length} bytes`);

const fresh = measure(file);
console.log(`kept sentences right: ${percent(fresh)}`);
const existing = await readFile(MODEL_FILE).catch(() => null);
const current = existing ? measure(existing) : 0;
if (fresh < current) {
  console.error(`Refused: the model in place gets ${percent(current)} of the same sentences right.`);
  process.exit(1);
}
await mkdir(dirname(MODEL_FILE), { recursive: true });
await writeFile(MODEL_FILE, file);
console.log(`${MODEL_FILE}: ${versionOf(file)}`);

function measure(bytes: Buffer): number {
  const engine = new Engine(decodeModel(bytes), "");
  return scores(
    corpus.kept.map(({ intent }) => intent),
    corpus.kept.map(({ text }) => engine.read(text).readings[0]?.name ?? ""),
  ).accuracy;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
