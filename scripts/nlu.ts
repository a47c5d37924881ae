/** Trains the engine on any labelled set and says how well it does on another. */
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { encodeModel, type Example } from "../src/language/index.ts";
import { readVocabularies, trainTuned } from "../src/language/index.ts";
import { Engine } from "../src/language/understand.ts";
import { scores } from "../src/language/evaluation.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { train: { type: "string" }, test: { type: "string" } },
});
if (positionals[0] !== "evaluate" || !values.train || !values.test) {
  console.error(
    'Use: npm run --silent nlu -- evaluate --train A.jsonl --test B.jsonl   ({"text","intent"} a line)',
  );
  process.exit(2);
}

const [train, test] = await Promise.all([readExamples(values.train), readExamples(values.test)]);
const words = await readVocabularies("intents");
const started = performance.now();
const model = trainTuned(train, words);
const trainSeconds = (performance.now() - started) / 1000;
const bytes = encodeModel({
  ...model,
  teencode: [],
  gazetteer: { wards: [], streets: [], hamlets: [] },
}).length;

const engine = new Engine(model, "evaluation");
const found = test.map(({ text }) => engine.read(text).readings[0]?.name ?? "");
const { accuracy, macroF1 } = scores(
  test.map(({ intent }) => intent),
  found,
);
console.log(
  JSON.stringify({
    accuracy,
    macroF1,
    trainSeconds: round(trainSeconds, 3),
    perSecond: Math.round(measureSpeed(engine, test)),
    modelBytes: bytes,
  }),
);

/** Sentences a second over at least a second of repeated passes, as a service that has run for a while. */
function measureSpeed(engine: Engine, examples: Example[]): number {
  const begun = performance.now();
  let count = 0;
  while (performance.now() - begun < 1000) {
    for (const { text } of examples) engine.read(text);
    count += examples.length;
  }
  return (count * 1000) / (performance.now() - begun);
}

async function readExamples(path: string): Promise<Example[]> {
  const lines = (await readFile(path, "utf8")).split("\n").filter((line) => line.trim() !== "");
  return lines.map((line, at) => {
    const row = JSON.parse(line) as Partial<Example>;
    if (typeof row.text !== "string" || typeof row.intent !== "string") {
      throw new Error(`${path}:${at + 1}: a line needs "text" and "intent"`);
    }
    return { text: row.text, intent: row.intent };
  });
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
