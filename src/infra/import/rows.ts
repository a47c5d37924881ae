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
 * @param array the name under which a JSON object keeps its rows; a bare array needs none
 * @param onRead told how much of the file has been read, 0 to 1
 * @throws OperatorError when the file cannot be read at all
 */
export async function openRows(
  file: string,
  array: string,
  onRead: (part: number) => void = () => {},
): Promise<RowFile> {
  const text = readText(file, onRead);
  const begun = await text.next();
  const first = begun.done ? "" : begun.value;
  if (!first.trim()) throw new OperatorError(`${file} is empty.`);
  const header: Record<string, unknown> = {};
  const whole = joined(first, text);
  if (!/^\s*[[{]/.test(first)) return { rows: readCsv(whole), header };
  return { rows: isLines(first, array) ? readJsonLines(whole) : readJson(whole, array, header), header };
}

/** A first line that is an object by itself, and not the one that keeps the rows. */
function isLines(first: string, array: string): boolean {
  const end = first.indexOf("\n");
  if (end < 0) return false;
  try {
    const value = JSON.parse(first.slice(0, end)) as object;
    return !Array.isArray(value) && !(array in value);
  } catch {
    return false;
  }
}

async function* joined(first: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}
