/** Writes one more example sentence into `intents/*.yml`, leaving the rest of the file as it is. */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isScalar, isSeq, parseDocument, stringify } from "yaml";
import { normalise } from "./normalise.ts";

export type Added = { file: string } | { refused: "unknown intent" } | { refused: "duplicate"; of: string };

/**
 * Appends the sentence to its intent's examples, in the first file that holds some.
 * @returns the file written, or why nothing was: no file knows the intent, or the sentence is there already (in which intent).
 */
export async function addExample(directory: string, intent: string, sentence: string): Promise<Added> {
  const text = sentence.replace(/\s+/g, " ").trim();
  const same = normalise(text);
  let home: { file: string; changed: string } | null = null;
  for (const file of (await readdir(directory)).filter((name) => name.endsWith(".yml")).sort()) {
    const source = await readFile(join(directory, file), "utf8");
    for (const [name, examples] of examplesIn(source)) {
      if (examples.some((example) => normalise(example.text) === same))
        return { refused: "duplicate", of: name };
      const last = examples.at(-1);
      if (name === intent && last && !home) home = { file, changed: insertAfter(source, last, text) };
    }
  }
  if (!home) return { refused: "unknown intent" };
  await writeFile(join(directory, home.file), home.changed);
  return { file: home.file };
}

interface Placed {
  text: string;
  /** Where its value begins and ends in the file. */
  start: number;
  end: number;
}

function examplesIn(source: string): [intent: string, examples: Placed[]][] {
  if (!/^intents:/m.test(source)) return [];
  const document = parseDocument(source);
  const intents = document.toJS() as { intents?: Record<string, unknown> | null };
  return Object.keys(intents.intents ?? {}).map((intent) => {
    const list = document.getIn(["intents", intent, "examples"], true);
    const items = isSeq(list) ? list.items.filter(isScalar) : [];
    return [
      intent,
      items.map(({ value, range }) => ({ text: String(value), start: range![0], end: range![1] })),
    ];
  });
}

/** A line like the one of the last example, quoted where YAML asks for it. */
function insertAfter(source: string, last: Placed, text: string): string {
  const line = source.lastIndexOf("\n", last.start) + 1;
  const indent = /^ */.exec(source.slice(line))![0];
  const end = source.indexOf("\n", last.end);
  const at = end === -1 ? source.length : end;
  return `${source.slice(0, at)}\n${indent}${stringify([text], { lineWidth: 0 }).trimEnd()}${source.slice(at)}`;
}
