/**
 * The rows of a JSON file, cut out by counting brackets and parsed one by one: a spoiled row is named and the
 * next ones still count, and only one row at a time is in memory.
 */
import type { Row } from "./rows.ts";

/** Reads an array, or an object that keeps an array under `array` (or under one of several names); its other values go into `header`. */
export async function* readJson(
  text: AsyncGenerator<string>,
  array: string | readonly string[],
  header: Record<string, unknown>,
): AsyncGenerator<Row> {
  const cutter = new Cutter([array].flat());
  for await (const chunk of text) yield* rowsIn(cutter.feed(chunk), header);
  yield* rowsIn(cutter.end(), header);
}

/** JSON Lines: an object a line. */
export async function* readJsonLines(text: AsyncGenerator<string>): AsyncGenerator<Row> {
  let line = 0;
  let rest = "";
  for await (const chunk of text) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop()!;
    for (const each of lines) {
      line++;
      if (each.trim()) yield asRow(each, line);
    }
  }
  if (rest.trim()) yield asRow(rest, line + 1);
}

function* rowsIn(pieces: Iterable<Piece>, header: Record<string, unknown>): Generator<Row> {
  for (const piece of pieces) {
    if (piece.key === null) yield* asRows(piece);
    else header[piece.key] = parsed(piece.text).value;
  }
}

/** A piece that is no JSON may be several rows that one forgotten bracket runs together: they begin alike. */
function* asRows({ text, line, indent, value }: Piece): Generator<Row> {
  if (value !== undefined) {
    yield { line, value: value as Record<string, unknown> };
    return;
  }
  const whole = asRow(text, line);
  const parts = text.split(new RegExp(`\\n(?=${indent}\\{)`));
  if (!("problem" in whole) || parts.length === 1) {
    yield whole;
    return;
  }
  let at = line;
  for (const part of parts) {
    yield asRow(balanced(part), at);
    at += part.split("\n").length;
  }
}

/** The text up to where its first bracket closes: without the comma, or the end of the file, that follows. */
function balanced(text: string): string {
  const cutter = new Cutter([]);
  return [...cutter.feed(`[${text}`), ...cutter.end()][0]?.text ?? text;
}

function asRow(text: string, line: number): Row {
  const { value, problem, at } = parsed(text);
  if (problem) return { line: line + at, problem: `is not JSON: ${problem}` };
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { line, problem: `is not an object: ${excerpt(text)}` };
  }
  return { line, value: value as Record<string, unknown> };
}

function parsed(text: string): { value?: unknown; problem?: string; at: number } {
  try {
    return { value: JSON.parse(text) as unknown, at: 0 };
  } catch (error) {
    const { message } = error as Error;
    const position = Number(/position (\d+)/.exec(message)?.[1] ?? 0);
    const problem = message
      .replace(/ in JSON at position \d+.*| \(line \d+ column \d+\)/s, "")
      .replace(/\s+/g, " ");
    return { problem, at: text.slice(0, position).split("\n").length - 1 };
  }
}

const excerpt = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}…` : text).replace(/\s+/g, " ");

interface Piece {
  /** The key of the outer object it stands under; null: a row. */
  key: string | null;
  text: string;
  line: number;
  /** The spaces before it on its line. */
  indent: string;
  /** What it says, where it has been read already. */
  value?: unknown;
}

const SIGNS = /["{}[\],:\n\\]/g;

/**
 * Most programs write a row a line: what begins a line and is JSON up to its end is a whole row, however many brackets
 * it holds. @returns with where it ends in the chunk, its comma included; null: it has to be followed sign by sign
 */
function rowOfLine(chunk: string, lineStart: number, index: number) {
  if (index - lineStart > MOST_INDENT || chunk.slice(lineStart, index).trim() !== "") return null;
  const newline = chunk.indexOf("\n", index);
  if (newline < 0) return null;
  let end = newline;
  while (" \r\t".includes(chunk[end - 1]!)) end--;
  const last = chunk[end - 1] === "," ? end - 1 : end;
  if (chunk[last - 1] !== "}") return null;
  const text = chunk.slice(index, last);
  const { value, problem } = parsed(text);
  return problem === undefined ? { text, value, end } : null;
}
const MOST_INDENT = 40;

/** Follows brackets and strings only, and hands out each row, and each other value, as text. */
class Cutter {
  /** Before the first bracket; at a key of the outer object; in its value; among the rows; after the last. */
  private place: "start" | "key" | "value" | "rows" | "end" = "start";
  private key = "";
  private piece = "";
  private line = 1;
  private depth = 0;
  private inString = false;
  /** Where the sign after a backslash stands, counted from the beginning of the file. */
  private escaped = -1;
  private offset = 0;
  private hasOuter = false;

  constructor(private readonly arrays: readonly string[]) {}

  *feed(chunk: string): Generator<Piece> {
    const signs = new RegExp(SIGNS); // its own: another file may be read between two pieces
    let from = 0;
    /** Where the present line begins; -1: in an earlier chunk. */
    let lineStart = this.offset === 0 ? 0 : -1;
    for (let found = signs.exec(chunk); found; found = signs.exec(chunk)) {
      const { 0: sign, index } = found;
      if (sign === "\n") {
        this.line++;
        lineStart = index + 1;
      }
      if (this.inString) {
        this.inTheString(sign, this.offset + index);
        continue;
      }
      if (sign === '"') {
        this.inString = true;
        continue;
      }
      const opens = sign === "{" || sign === "[";
      const closes = sign === "}" || sign === "]";
      if (this.place === "rows" && this.depth === 0 && sign === "{" && lineStart >= 0) {
        const isFirst = (this.piece + chunk.slice(from, index)).trim() === "";
        const whole = isFirst ? rowOfLine(chunk, lineStart, index) : null;
        if (whole) {
          yield { key: null, line: this.line, indent: "", ...whole };
          this.piece = "";
          from = signs.lastIndex = whole.end;
          continue;
        }
      }
      if (this.place === "start" && opens) {
        this.hasOuter = sign === "{";
        this.place = this.hasOuter ? "key" : "rows";
      } else if (this.place === "key" && sign === ":") {
        const text = this.piece + chunk.slice(from, index);
        const { value } = parsed(text);
        this.key = typeof value === "string" ? value : text;
        this.place = "value";
      } else if (
        this.place === "value" &&
        this.depth === 0 &&
        sign === "[" &&
        this.arrays.includes(this.key)
      ) {
        this.place = "rows";
      } else if (this.place === "value" || this.place === "rows") {
        if (opens) this.depth++;
        else if (closes && this.depth > 0) this.depth--;
        else if (this.depth === 0 && (sign === "," || closes) && !(this.place === "rows" && sign === "}")) {
          yield* this.cut(this.piece + chunk.slice(from, index));
          if (closes) this.place = this.place === "rows" && this.hasOuter ? "key" : "end";
          else if (this.place === "value") this.place = "key";
          this.piece = "";
          from = index + 1;
        }
        continue;
      } else if (sign === "," || closes) {
        if (sign === "}") this.place = "end";
      } else continue;
      this.piece = "";
      from = index + 1;
    }
    this.piece += chunk.slice(from);
    this.offset += chunk.length;
  }

  /** What is left when the file ends: nothing, unless a bracket was forgotten. */
  *end(): Generator<Piece> {
    if (this.place !== "rows" && this.piece.trim()) this.place = "rows";
    yield* this.cut(this.piece);
  }

  private inTheString(sign: string, index: number) {
    if (this.escaped === index) return; // "\"" does not end it
    if (sign === "\\") this.escaped = index + 1;
    else if (sign === '"' || sign === "\n") this.inString = false; // a quote left open spoils one row, not the file
  }

  private *cut(text: string): Generator<Piece> {
    const whole = text.trim();
    if (!whole) return;
    const before = text.slice(0, text.indexOf(whole));
    const after = text.slice(before.length).split("\n").length - 1;
    const key = this.place === "value" ? this.key : null;
    yield { key, text: whole, line: this.line - after, indent: before.slice(before.lastIndexOf("\n") + 1) };
  }
}
