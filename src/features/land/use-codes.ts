/** Land-use codes in plain words (intents/land-use-codes.yml): what the land may be used for, and may one build a house. */
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { foldDiacritics } from "../../language/index.ts";

const file = z
  .object({
    codes: z.record(
      z.string(),
      z.object({
        name: z.string(),
        means: z.string(),
        home: z.enum(["yes", "no", "change"]),
        folk: z.array(z.string()).default([]),
      }),
    ),
    legacy: z.record(z.string(), z.string()),
  })
  .parse(parse(readFileSync(new URL("../../../intents/land-use-codes.yml", import.meta.url), "utf8")));

export interface LandUse {
  code: string;
  name: string;
  means: string;
  home: "yes" | "no" | "change";
  /** The code of before that was given, if it was one. */
  formerly: string | null;
}

/** "cln" or the old "LNC"; null for no code at all. */
export function landUse(given: string): LandUse | null {
  const asked = given.toUpperCase();
  const code = Object.hasOwn(file.codes, asked) ? asked : file.legacy[asked];
  const found = code ? file.codes[code] : undefined;
  if (!code || !found) return null;
  return { code, ...found, formerly: code === asked ? null : asked };
}

/** "CLN: Đất trồng cây lâu năm"; a code nobody knows stays as it is. */
export function inWords(code: string): string {
  const found = landUse(code);
  return found ? `${found.name} (${code})` : code;
}

const fold = (text: string) =>
  ` ${foldDiacritics(text.toLowerCase())
    .replace(/[^a-z0-9]+/g, " ")
    .trim()} `;
const FOLK = Object.entries(file.codes)
  .flatMap(([code, { folk, name }]) => [name, ...folk].map((words) => ({ code, words: fold(words) })))
  .sort((one, other) => other.words.length - one.words.length);

/** Codes that a text names in the words of the people: "đất vườn" → CLN; "thổ cư" → ONT and ODT. */
export function namedUses(text: string): string[] {
  const said = fold(text);
  const [longest] = FOLK.filter(({ words }) => said.includes(words));
  if (!longest) return [];
  return [...new Set(FOLK.filter(({ words }) => words === longest.words).map(({ code }) => code))];
}
