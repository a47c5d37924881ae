/** Measures the model in `models/` on sentences it has never seen, and draws it: out/language.html. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import {
  decodeModel,
  foldDiacritics,
  MODEL_FILE,
  readCorpus,
  versionOf,
  type Example,
} from "../src/language/index.ts";
import {
  auroc,
  calibration,
  confusions,
  scores,
  scoresByLabel,
  type Judged,
} from "../src/language/evaluation.ts";
import { OUT_OF_SCOPE } from "../src/language/index.ts";
import { Engine } from "../src/language/understand.ts";
import { reportPage, type Evaluation, type StyleRow } from "./evaluate-page.ts";

const CHECK_FILE = "src/language/testing/check.jsonl";
const PAGE = "out/language.html";

const file = await readFile(MODEL_FILE);
const engine = new Engine(decodeModel(file), versionOf(file));
const corpus = await readCorpus("intents");
const check = (await readFile(CHECK_FILE, "utf8"))
  .split("\n")
  .filter(Boolean)
  .map((line) => JSON.parse(line) as Example & { style: string });

const kept = corpus.kept.map((example) => judge(example));
const bare = corpus.kept.map(({ text, intent }) => judge({ text: foldDiacritics(text), intent }));
const checked = check.map((example) => ({ ...judge(example), style: example.style }));
const styles: StyleRow[] = [
  row("kept apart, as written", kept),
  row("kept apart, without diacritics", bare),
  row("independent sentences, all", checked),
  ...[...new Set(check.map(({ style }) => style))].map((style) =>
    row(
      `independent sentences, ${style}`,
      checked.filter((each) => each.style === style),
    ),
  ),
];
const multi = corpus.multiKept.map(({ text, intents }) => {
  const found = engine.understand(text).intents.map(({ name }) => name);
  return intents.every((name) => found.includes(name));
});
const truth = kept.map((each) => each.truth);
const found = kept.map((each) => each.found);
const evaluation: Evaluation = {
  version: engine.modelVersion,
  sentences: corpus.train.length,
  styles,
  labels: scoresByLabel(truth, found),
  confusions: confusions(truth, found),
  calibration: calibration(kept),
  scope: scopeOf([...kept, ...checked]),
  multi: { right: multi.filter(Boolean).length, count: multi.length },
};

console.log(`model ${evaluation.version}, learnt from ${evaluation.sentences} sentences\n`);
console.log(
  `${"".padEnd(42)}${"sentences".padStart(10)}${"accuracy".padStart(10)}${"macro F1".padStart(10)}${"ECE".padStart(8)}`,
);
for (const { name, count, accuracy, macroF1, error } of styles) {
  console.log(
    name.padEnd(42) +
      String(count).padStart(10) +
      percent(accuracy).padStart(10) +
      percent(macroF1).padStart(10) +
      error.toFixed(3).padStart(8),
  );
}
const { scope } = evaluation;
console.log(
  `\nout of scope: AUROC ${scope.auroc.toFixed(3)}; ${percent(scope.refused)} of requests refused, ${percent(scope.caught)} of strangers caught`,
);
console.log(
  `two intents in one message: both found in ${evaluation.multi.right} of ${evaluation.multi.count}`,
);
console.log("\nmost frequent mistakes:");
for (const each of evaluation.confusions.slice(0, 10))
  console.log(`${String(each.count).padStart(4)}  ${each.truth} read as ${each.found}`);
await mkdir("out", { recursive: true });
await writeFile(PAGE, reportPage(evaluation));
console.log(`\nconfusion matrix and each intent: ${PAGE}`);

interface Measured extends Judged {
  scope: number;
  refused: boolean;
}

function judge({ text, intent }: Example): Measured {
  const { readings, ours, scope } = engine.read(text);
  const { name = "", confidence = 0 } = readings[0] ?? {};
  return { truth: intent, found: name, confidence, scope, refused: !ours };
}

function row(name: string, judged: Measured[]): StyleRow {
  const { accuracy, macroF1 } = scores(
    judged.map((each) => each.truth),
    judged.map((each) => each.found),
  );
  return { name, count: judged.length, accuracy, macroF1, error: calibration(judged).error };
}

function scopeOf(judged: Measured[]) {
  const ours = judged.filter((each) => each.truth !== OUT_OF_SCOPE);
  const strangers = judged.filter((each) => each.truth === OUT_OF_SCOPE);
  const scopes = (each: Measured[]) => each.map(({ scope }) => scope);
  return {
    auroc: auroc(scopes(ours), scopes(strangers)),
    refused: ours.filter(({ refused }) => refused).length / ours.length,
    caught: strangers.filter(({ refused }) => refused).length / strangers.length,
  };
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
