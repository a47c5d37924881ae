/**
 * Run as a process of its own, so that the service goes on answering: learns the shipped sentences and the accepted
 * messages, measures what came out beside the model in use, and leaves both in the folder it was given.
 * Arguments: that folder (with `job.json`, and `current.bin` where there is a model in use).
 */
import { cp, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { vi } from "../../../bilingual/index.ts";
import {
  addExample,
  encodeModel,
  measureModel,
  readCorpus,
  trainFromIntents,
  versionOf,
} from "../../../language/index.ts";
import type { Comparison } from "./store.ts";

const folder = process.argv[2]!;
const shipped = fileURLToPath(new URL("../../../../intents", import.meta.url));
const intents = path.join(folder, "intents");

const { sentences } = JSON.parse(await readFile(path.join(folder, "job.json"), "utf8")) as {
  sentences: { text: string; intent: string }[];
};
await cp(shipped, intents, { recursive: true });
let known = 0;
for (const { text, intent } of sentences) {
  const added = await addExample(intents, intent, text);
  if ("refused" in added && added.refused === "unknown intent")
    throw new Error(`Không có chủ đề nào tên “${intent}”.`);
  if ("refused" in added) known++;
}
const corpus = await readCorpus(intents);
tell(vi`Đang học các câu mẫu`);
const file = encodeModel(await trainFromIntents(intents));
tell(vi`Đang so với mô hình hiện dùng`);
const fresh = measureModel(file, corpus.kept);
const current = measureModel(await readFile(path.join(folder, "current.bin")), corpus.kept);
const comparison: Comparison = {
  fresh: measuresOf(fresh),
  current: measuresOf(current),
  changes: changesOf(current.labels, fresh.labels),
  known,
};
await writeFile(path.join(folder, "fresh.bin"), file);
await writeFile(path.join(folder, "result.json"), JSON.stringify({ version: versionOf(file), comparison }));

/** A line of progress, read by who started us. */
function tell(line: string) {
  process.stdout.write(`${line}\n`);
}

function measuresOf({ accuracy, macroF1, bare, calibrationError }: Comparison["fresh"]): Comparison["fresh"] {
  return { accuracy, macroF1, bare, calibrationError };
}

type Labels = ReturnType<typeof measureModel>["labels"];

function changesOf(before: Labels, after: Labels): Comparison["changes"] {
  const was = new Map(before.map(({ label, f1 }) => [label, f1]));
  return after
    .map(({ label, f1, count }) => ({ intent: label, before: was.get(label) ?? 0, after: f1, count }))
    .filter((change) => Math.abs(change.after - change.before) > 0.0005)
    .sort((one, other) => Math.abs(other.after - other.before) - Math.abs(one.after - one.before));
}
