/**
 * Every sentence a resident reads, from the `wording:` part of intents/*.yml: nested names make the key
 * (`reports: askPlace:` is "reports.askPlace"), `vi` and `en` the sentence, `{name}` a place to fill.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import type { Language, Wording } from "./types.ts";

export interface Sentence {
  vi: string;
  en?: string;
}

export interface WordingBook {
  in(language: Language): Wording;
  sentences: ReadonlyMap<string, Sentence>;
}

const shipped = path.resolve(import.meta.dirname, "../../intents");

/** @throws when a file cannot be read, a sentence has no Vietnamese, or two files word the same key. */
export function loadWording(folder: string = shipped): WordingBook {
  const sentences = new Map<string, Sentence>();
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith(".yml")) continue;
    const content = parse(readFileSync(path.join(folder, file), "utf8")) as { wording?: unknown } | null;
    for (const [key, sentence] of flatten(content?.wording, [], file)) {
      if (sentences.has(key)) throw new Error(`intents/${file}: "${key}" is worded twice.`);
      sentences.set(key, sentence);
    }
  }
  return { sentences, in: (language) => wordingIn(sentences, language) };
}

function flatten(node: unknown, names: string[], file: string): [string, Sentence][] {
  if (node === undefined || node === null) return [];
  const key = names.join(".");
  if (typeof node !== "object")
    throw new Error(`intents/${file}: "${key}" needs its sentence under vi: and en:.`);
  const { vi, en } = node as Partial<Sentence>;
  if (typeof vi === "string") {
    return [[key, { vi: vi.trim(), ...(typeof en === "string" ? { en: en.trim() } : {}) }]];
  }
  return Object.entries(node).flatMap(([name, child]) => flatten(child, [...names, name], file));
}

function wordingIn(sentences: ReadonlyMap<string, Sentence>, language: Language): Wording {
  const say = (key: string, values: Record<string, string | number> = {}) => {
    const sentence = sentences.get(key);
    if (!sentence) throw new Error(`No wording for "${key}" in intents/*.yml.`);
    const text = sentence[language] ?? sentence.vi;
    return text.replace(PLACEHOLDER, (place, name: string) => String(values[name] ?? place));
  };
  return Object.assign(say, { has: (key: string) => sentences.has(key), language });
}

const PLACEHOLDER = /\{(\w+)\}/g;

/** The names to fill in a sentence. */
export function placeholdersOf(text: string): string[] {
  return [...new Set([...text.matchAll(PLACEHOLDER)].map((match) => match[1]!))].sort();
}
