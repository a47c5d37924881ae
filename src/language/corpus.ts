import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { normalise } from "./normalise.ts";

export interface Example {
  text: string;
  intent: string;
}

/** A message that asks several things. */
export interface MultiExample {
  text: string;
  intents: string[];
}

export interface Corpus {
  train: Example[];
  kept: Example[];
  multiTrain: MultiExample[];
  multiKept: MultiExample[];
}

const NOT_INTENTS = new Set(["entities.yml", "teencode.yml", "concepts.yml"]);
const KEPT_PERCENT = 15;

interface IntentFile {
  intents?: Record<string, { examples?: unknown[] } | null>;
  multi?: { text: string; intents: string[] }[];
}

/** Every sentence of `intents/*.yml`, with 15 % of them kept apart as a test that training never sees. */
export async function readCorpus(directory: string): Promise<Corpus> {
  const corpus: Corpus = { train: [], kept: [], multiTrain: [], multiKept: [] };
  const names = (await readdir(directory)).filter((name) => name.endsWith(".yml") && !NOT_INTENTS.has(name));
  for (const name of names.sort()) {
    const file = parse(await readFile(join(directory, name), "utf8")) as IntentFile | null;
    for (const [intent, body] of Object.entries(file?.intents ?? {})) {
      for (const sentence of body?.examples ?? []) {
        const text = String(sentence);
        (isKept(text) ? corpus.kept : corpus.train).push({ text, intent });
      }
    }
    for (const { text, intents } of file?.multi ?? []) {
      (isKept(text) ? corpus.multiKept : corpus.multiTrain).push({ text, intents });
    }
  }
  return corpus;
}

/** Decided by the sentence alone, so that adding a sentence never moves another across the line. */
export function isKept(text: string): boolean {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(normalise(text))) hash = Math.imul(hash ^ byte, 0x01000193);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  hash ^= hash >>> 12;
  return (hash >>> 0) % 100 < KEPT_PERCENT;
}
