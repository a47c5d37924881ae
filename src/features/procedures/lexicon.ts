/** intents/procedure-words.yml: how residents say things, beside what the data call them. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { createReader, readVocabularies } from "../../language/index.ts";
import { Words } from "./words.ts";

const shape = z.object({
  synonyms: z.array(z.array(z.coerce.string()).min(2)),
  asked: z.record(z.string(), z.array(z.coerce.string())),
});

export interface Lexicon {
  words: Words;
  /** By procedure code: how residents ask for it. */
  asked: Record<string, string[]>;
}

const shipped = path.resolve(import.meta.dirname, "../../../intents");

export async function loadLexicon(folder: string = shipped): Promise<Lexicon> {
  const file = await readFile(path.join(folder, "procedure-words.yml"), "utf8");
  const { synonyms, asked } = shape.parse(parse(file));
  const { teencode } = await readVocabularies(folder);
  return { words: new Words(createReader(teencode), synonyms), asked };
}
