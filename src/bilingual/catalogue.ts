/** The English of every sentence that pages show: english/<part>.yml, Vietnamese → English. Read when first asked for. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";

const folder = path.join(import.meta.dirname, "english");

export interface Entry {
  file: string;
  vietnamese: string;
  english: string;
}

export function readCatalogue(): Entry[] {
  return readdirSync(folder).flatMap((file) => {
    const entries = parse(readFileSync(path.join(folder, file), "utf8")) as Record<string, string> | null;
    return Object.entries(entries ?? {}).map(([vietnamese, english]) => ({ file, vietnamese, english }));
  });
}

let known: Map<string, string> | undefined;

export const english = (): ReadonlyMap<string, string> =>
  (known ??= new Map(readCatalogue().map((entry) => [entry.vietnamese, entry.english])));
