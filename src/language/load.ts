import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { decodeModel, encodeModel, versionOf, type LanguageModel } from "./model.ts";
import { Engine } from "./understand.ts";
import type { LanguageEngine } from "./types.ts";

const PROJECT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
export const MODEL_FILE = join("models", "language.bin");

/**
 * The engine over the model in `models/`, or, where none has been made yet, over one trained on the spot. Names and
 * abbreviations edited since the training are read anew; new example sentences wait for `npm run train`.
 */
export async function loadEngine(directory: string = PROJECT): Promise<LanguageEngine> {
  const intents = join(directory, "intents");
  const file = await readFile(join(directory, MODEL_FILE)).catch(() => null);
  if (!file) {
    const { trainFromIntents } = await import("./train-model.ts");
    return engineOf(await trainFromIntents(intents));
  }
  const model = decodeModel(file);
  const { fingerprintVocabularies, readVocabularies } = await import("./train-model.ts");
  if ((await fingerprintVocabularies(intents)) !== model.sources) {
    const { teencode, gazetteer } = await readVocabularies(intents);
    Object.assign(model, { teencode, gazetteer });
  }
  return new Engine(model, versionOf(file));
}

/** An engine over a model fresh from training. */
export const engineOf = (model: LanguageModel): LanguageEngine => engineOfFile(encodeModel(model));

/** @param file as encodeModel makes it. @throws where it is of an older kind. */
export const engineOfFile = (file: Buffer): LanguageEngine => new Engine(decodeModel(file), versionOf(file));
