/**
 * Every sentence a resident reads, from the `wording:` part of intents/*.yml: nested names make the key
 * (`reports: askPlace:` is "reports.askPlace"), `vi` and `en` the sentence, `{name}` a place to fill. What the
 * office words otherwise in the console lies over it.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import type { Language, Wording } from "./types.ts";

export interface Sentence {
  vi: string;
  en?: string;
}

/** What the office says instead of what was shipped, by key. */
export type Rewordings = ReadonlyMap<string, Partial<Sentence>>;

export interface WordingBook {
  in(language: Language): Wording;
  /** As shipped. */
  sentences: ReadonlyMap<string, Sentence>;
  /** All that is worded otherwise from now on; heard by every `Wording` that was given out before. */
  reword(all: Rewordings): void;
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
  let rewordings: Rewordings = new Map();
  const find = (key: string, language: Language) => {
    const shipped = sentences.get(key);
    if (!shipped) return undefined;
    const reworded = rewordings.get(key);
    return reworded?.[language] ?? shipped[language] ?? reworded?.vi ?? shipped.vi;
  };
  return {
    sentences,
    in: (language) => wordingIn(find, language),
    reword: (all) => void (rewordings = all),
  };
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

function wordingIn(
  find: (key: string, language: Language) => string | undefined,
  language: Language,
): Wording {
  const say = (key: string, values: Record<string, string | number> = {}) => {
    const text = find(key, language);
    if (text === undefined) throw new Error(`No wording for "${key}" in intents/*.yml.`);
    return fill(text, values);
  };
  return Object.assign(say, { has: (key: string) => find(key, language) !== undefined, language });
}

/** A place nobody has a value for stays as it is. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(PLACEHOLDER, (place, name: string) => String(values[name] ?? place));
}

const PLACEHOLDER = /\{(\w+)\}/g;

/** The names to fill in a sentence. */
export function placeholdersOf(text: string): string[] {
  return [...new Set([...text.matchAll(PLACEHOLDER)].map((match) => match[1]!))].sort();
}
