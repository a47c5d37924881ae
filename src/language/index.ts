/** Text in; intents and entities out. Knows no database, and no city but the one it is told of. */
export { readCorpus, type Corpus, type Example, type MultiExample } from "./corpus.ts";
export { foldDiacritics, hasDiacritics, spells } from "./diacritics.ts";
export { addExample, type Added } from "./add-example.ts";
export { createLiveEngine, type LiveEngine } from "./live-engine.ts";
export { engineOf, engineOfFile, loadEngine, MODEL_FILE } from "./load.ts";
export { isWorse, measureModel, type ModelMeasures } from "./measure.ts";
export { decodeModel, encodeModel, versionOf, type LanguageModel } from "./model.ts";
export { mentions } from "./mentions.ts";
export { normalise } from "./normalise.ts";
export { redact } from "./redact.ts";
export { createReader, type MessageReader } from "./reader.ts";
export { readVocabularies, trainFromIntents, trainModel, trainTuned } from "./train-model.ts";
export {
  OUT_OF_SCOPE,
  type Entity,
  type EntityType,
  type Gazetteer,
  type LanguageEngine,
  type NamedPlace,
  type Reading,
  type Understanding,
  type UnderstandOptions,
  type WardName,
} from "./types.ts";
