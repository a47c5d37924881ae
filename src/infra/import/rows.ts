/** The rows of a file, one at a time, whatever its form: CSV, JSON, or a JSON object a line. */
import { OperatorError } from "../../config.ts";
import { readCsv } from "./csv.ts";
import { readText } from "./encoding.ts";
import { readJson, readJsonLines } from "./json.ts";

/** A row and the line it begins on; or what is wrong with it, so that the others can go on. */
export type Row = { line: number; value: Record<string, unknown> } | { line: number; problem: string };

export interface RowFile {
  rows: AsyncGenerator<Row>;
  /** What a JSON object holds besides its rows ("asOf"); complete once the rows are read. Empty for CSV. */
  header: Record<string, unknown>;
}

/**
 * Rows are read as they are asked for: a file may be larger than memory.
 * @param array the name (or names) under which a JSON object keeps its rows; a bare array needs none
 * @param onRead told how much of the file has been read, 0 to 1
 * @throws OperatorError when the file cannot be read at all
 */
export async function openRows(
  file: string,
  array: string | readonly string[],
  onRead: (part: number) => void = () => {},
): Promise<RowFile> {
  const text = readText(file, onRead);
  const begun = await text.next();
  const first = begun.done ? "" : begun.value;
  if (!first.trim()) throw new OperatorError(`${file} is empty.`);
  const header: Record<string, unknown> = {};
  const whole = joined(first, text);
  if (!/^\s*[[{]/.test(first)) return { rows: orNone(readCsv(whole), () => "holds no row"), header };
  if (isLines(first, array)) return { rows: readJsonLines(whole), header };
  const nothing = () => {
    const others = Object.keys(header);
    return `holds no row under "${[array].flat()[0]}"${others.length > 0 ? `, only ${others.slice(0, 8).join(", ")}` : ""}`;
  };
  return { rows: orNone(readJson(whole, array, header), nothing), header };
}

/** A file of another kind has no row of ours: said so, rather than "0 bad". */
async function* orNone(rows: AsyncGenerator<Row>, why: () => string): AsyncGenerator<Row> {
  let isEmpty = true;
  for await (const row of rows) {
    isEmpty = false;
    yield row;
  }
  if (isEmpty) yield { line: 1, problem: why() };
}

/** A first line that is an object by itself, and not the one that keeps the rows. */
function isLines(first: string, array: string | readonly string[]): boolean {
  const end = first.indexOf("\n");
  if (end < 0) return false;
  try {
    const value = JSON.parse(first.slice(0, end)) as object;
    return !Array.isArray(value) && ![array].flat().some((name) => name in value);
  } catch {
    return false;
  }
}

async function* joined(first: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}
