import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import type { ConceptPhrase } from "./classifier/concepts.ts";
import { chances, sharpnessOf } from "./classifier/calibrate.ts";
import { accentedVoice } from "./classifier/linear-model.ts";
import { fitScope, scopeSigns } from "./classifier/scope.ts";
import {
  DEFAULTS,
  finish,
  joined,
  TrainingSet,
  type Trained,
  type TrainOptions,
} from "./classifier/train.ts";
import { chooseSettings } from "./classifier/tune.ts";
import { readCorpus, type Example } from "./corpus.ts";
import type { LanguageModel } from "./model.ts";
import { Reader } from "./reader.ts";
import { Teencode, type TeencodeEntry } from "./teencode.ts";
import { OUT_OF_SCOPE, type Gazetteer } from "./types.ts";

/** A model of labelled sentences of our kind. */
export function trainModel(
  examples: Example[],
  words: Vocabularies = NO_WORDS,
  options: Partial<TrainOptions> = {},
): LanguageModel {
  const settings = { ...DEFAULTS, ...options };
  const set = read(examples, words);
  return modelOf(finish(set, settings, set.crossValidate(settings)), words);
}

/** A model of labelled sentences of any kind: how to read and fit them is found out on the way. */
export function trainTuned(examples: Example[], words: Vocabularies): LanguageModel {
  const plain = { ...words, teencode: [] };
  const way = (name: string, each: Vocabularies) => ({
    name,
    words: each,
    prepare: () => read(examples, each),
  });
  const ways = [
    way("abbreviations spelled out", { ...words, concepts: {} }),
    way("as typed", { ...plain, concepts: {} }),
    way("with concepts", words),
  ] as const;
  const usual = { ...DEFAULTS, folds: 3 };
  const { set, settings, way: chosen } = chooseSettings([...ways], usual);
  const model = finish(set, settings, set.crossValidate(settings));
  return modelOf(model, ways.find(({ name }) => name === chosen.name)!.words);
}

function read(examples: Example[], { teencode, concepts }: Vocabularies): TrainingSet {
  const reader = new Reader(new Teencode(teencode));
  return new TrainingSet(
    examples.map(({ text, intent }) => ({ message: reader.read(text), label: intent })),
    conceptPhrases(concepts, reader),
  );
}

function modelOf(trained: Trained, { teencode, gazetteer, sources }: Vocabularies): LanguageModel {
  const { parts, sharpness } = trained;
  return { classifier: parts, sharpness, scope: scopeOf(trained), teencode, gazetteer, sources };
}

/** The bar set by what held-out examples showed, as typed and without their diacritics. */
function scopeOf({ parts, sharpness, heldOut }: Trained) {
  const { labels, bareVoice } = parts;
  const stranger = labels.indexOf(OUT_OF_SCOPE);
  return fitScope(
    heldOut.flatMap((example) => {
      const { accented, margins, known } = example;
      const ours = labels[example.label] !== OUT_OF_SCOPE;
      const signs = (row: Float32Array, sharp: number, share: number) =>
        scopeSigns(stranger, chances(row, sharp), row, sharp, share);
      const bare = signs(margins.bare, sharpness.bare, known.bare);
      if (!margins.accented) return [{ signs: bare, ours }];
      const sharp = sharpnessOf(sharpness, accentedVoice(accented));
      const marked = signs(joined(example, bareVoice), sharp, (known.bare + known.accented) / 2);
      return [
        { signs: marked, ours },
        { signs: bare, ours },
      ];
    }),
  );
}

/** The words that are not learnt: abbreviations and names. */
export interface Vocabularies {
  teencode: TeencodeEntry[];
  gazetteer: Gazetteer;
  /** Groups of words by name, as written in `concepts.yml`. */
  concepts: Record<string, string>;
  sources: string;
}

export const NO_WORDS: Vocabularies = {
  teencode: [],
  gazetteer: { wards: [], streets: [], hamlets: [] },
  concepts: {},
  sources: "",
};

const VOCABULARY_FILES = ["teencode.yml", "entities.yml"] as const;

async function vocabularyTexts(intents: string): Promise<string[]> {
  return Promise.all(VOCABULARY_FILES.map((name) => readFile(join(intents, name), "utf8").catch(() => "")));
}

/** Changes whenever one of the vocabulary files does. */
export async function fingerprintVocabularies(intents: string): Promise<string> {
  const hash = createHash("sha256");
  for (const text of await vocabularyTexts(intents)) hash.update(text).update("\0");
  return hash.digest("hex").slice(0, 16);
}

export async function readVocabularies(intents: string): Promise<Vocabularies> {
  const [teencode, entities] = (await vocabularyTexts(intents)).map((text) => parse(text) as unknown);
  return {
    teencode: readTeencode(teencode),
    gazetteer: { wards: [], streets: [], hamlets: [], ...(entities as Partial<Gazetteer> | null) },
    concepts: ((await readFile(join(intents, "concepts.yml"), "utf8").then(parse, () => null)) ??
      {}) as Record<string, string>,
    sources: await fingerprintVocabularies(intents),
  };
}

/** The phrases of every concept, spelled as the reader spells messages. */
export function conceptPhrases(concepts: Record<string, string>, reader: Reader): ConceptPhrase[] {
  const byWords = new Map<string, ConceptPhrase>();
  for (const [name, list] of Object.entries(concepts)) {
    for (const phrase of list.split(",")) {
      const words = reader.read(phrase).words.join(" ");
      if (words === "") continue;
      const known = byWords.get(words);
      if (!known) byWords.set(words, { words, concepts: [name], bareToo: true });
      else if (!known.concepts.includes(name)) known.concepts.push(name);
    }
  }
  return [...byWords.values()];
}

/** `ko: không`, or with conditions `k: { full: không, unlessAfter: ["#"] }`. */
function readTeencode(file: unknown): TeencodeEntry[] {
  const entries = (file ?? {}) as Record<string, string | Omit<TeencodeEntry, "short">>;
  return Object.entries(entries).map(([short, entry]) =>
    typeof entry === "string" ? { short, full: entry } : { short, ...entry },
  );
}

/** The service’s own model, from the training part of `intents/`. */
export async function trainFromIntents(intents: string): Promise<LanguageModel> {
  const [corpus, words] = await Promise.all([readCorpus(intents), readVocabularies(intents)]);
  return trainModel(corpus.train, words);
}
