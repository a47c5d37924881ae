/**
 * One classifier in a process of its own: `train MODULE DATA MODEL` or `measure MODULE DATA MODEL`. Prints its figures
 * as one line of JSON. Speed counts processor time, so that what else the machine does matters less.
 */
import { readFileSync, statSync, writeFileSync } from "node:fs";
import type { Example } from "../../src/language/index.ts";

export interface Dataset {
  train: Example[];
  /** Test sentences by the name of their set. */
  tests: Record<string, Example[]>;
}

interface Classifier {
  train(rows: Example[]): Promise<Buffer | string>;
  load(model: Buffer): Promise<Classify> | Classify;
}
type Classify = (text: string) => Promise<string> | string;

export interface Measured {
  /** From reading the model's file to the first answer. */
  loadMs: number;
  modelBytes: number;
  /** Resident memory of package, model and its working sets, over that of the empty process. */
  memoryBytes: number;
  /** Sentences classified in a second of processor time. */
  perSecond: number;
  accuracy: Record<string, number>;
}

const ROUNDS = 5;
const ROUND_MS = 400;
const [task, module, dataFile, modelFile] = process.argv.slice(2) as [string, string, string, string];
const data = JSON.parse(readFileSync(dataFile, "utf8")) as Dataset;
console.log(JSON.stringify(await (task === "train" ? train() : measure())));
process.exit(0);

async function train(): Promise<{ trainSeconds: number }> {
  const { train } = (await import(module)) as Classifier;
  const before = cpuMs();
  const model = await train(data.train);
  const trainSeconds = (cpuMs() - before) / 1000;
  writeFileSync(modelFile, model);
  return { trainSeconds };
}

async function measure(): Promise<Measured> {
  const before = resident();
  const { load } = (await import(module)) as Classifier;
  const started = performance.now();
  const classify = await load(readFileSync(modelFile));
  await classify("đèn đường trước nhà tôi tắt ba hôm nay");
  const loadMs = performance.now() - started;
  const accuracy: Measured["accuracy"] = {};
  for (const [name, rows] of Object.entries(data.tests)) {
    let right = 0;
    for (const { text, intent } of rows) if ((await classify(text)) === intent) right++;
    accuracy[name] = right / rows.length;
  }
  const memoryBytes = resident() - before;
  const perSecond = await speed(classify);
  return { loadMs, modelBytes: statSync(modelFile).size, memoryBytes, perSecond, accuracy };
}

/** The median of a few rounds over all test sentences. */
async function speed(classify: Classify): Promise<number> {
  const texts = Object.values(data.tests).flatMap((rows) => rows.map(({ text }) => text));
  const rates: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const started = cpuMs();
    let done = 0;
    for (let at = 0; at % 64 || cpuMs() - started < ROUND_MS; at++, done++) {
      const found = classify(texts[at % texts.length]!);
      if (found instanceof Promise) await found;
    }
    if (round > 0) rates.push((1000 * done) / (cpuMs() - started)); // the first warms up
  }
  return rates.sort((one, other) => one - other)[Math.floor(rates.length / 2)]!;
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function resident(): number {
  globalThis.gc?.();
  return process.memoryUsage().rss;
}
