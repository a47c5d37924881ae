/** What `npm run import` needs to know of a kind of file, and what it tells the person at the terminal. */
import type { z } from "zod";
import type { Database } from "../db.ts";
import { openRows, type Row } from "./rows.ts";

export interface ImportContext {
  database: Database;
  /** A dry run: everything is read and checked, nothing kept. */
  check: boolean;
  report: ImportReport;
  now: Date;
}

/** One kind of file (`procedures`, `dossiers` …). It reports each bad row and keeps the good ones. */
export type Importer = (file: string, context: ImportContext) => Promise<void>;

export interface BadRow {
  line: number;
  reason: string;
}

/** How far an import is. */
export interface Progress {
  rows: number;
  /** Of the file, 0 to 1; null: not known. */
  part: number | null;
}

/** What came of an import, line by line and in sum. */
export class ImportReport {
  readonly bad: BadRow[] = [];
  readonly notes: string[] = [];
  added = 0;
  changed = 0;
  unchanged = 0;
  /** How much of the file has been read, 0 to 1, by who reads it; null: nobody says. */
  part: number | null = null;

  /** @param onProgress called after each row that was kept or refused */
  constructor(private readonly onProgress: (progress: Progress) => void = () => {}) {}

  get good(): number {
    return this.added + this.changed + this.unchanged;
  }

  refuse(line: number, reason: string): void {
    this.bad.push({ line, reason });
    this.tell();
  }

  keep(what: "added" | "changed" | "unchanged", count = 1): void {
    this[what] += count;
    this.tell();
  }

  private tell(): void {
    this.onProgress({ rows: this.good + this.bad.length, part: this.part });
  }

  /** Something worth reading that is no fault: a difference, a row that was retired. */
  note(text: string): void {
    this.notes.push(text);
  }
}

/** Reads rows through a schema: the bad ones are reported, the good ones handed on with their line. */
export async function* readValid<Shape extends z.ZodType>(
  rows: AsyncIterable<Row>,
  shape: Shape,
  report: ImportReport,
): AsyncGenerator<{ line: number; value: z.output<Shape> }> {
  for await (const row of rows) {
    if ("problem" in row) {
      report.refuse(row.line, row.problem);
      continue;
    }
    const read = shape.safeParse(row.value);
    if (read.success) yield { line: row.line, value: read.data };
    else report.refuse(row.line, reasonOf(read.error));
  }
}

/** "code: must look like 1.001193; methods.0.feeAmount: expected number, received string" */
export function reasonOf(error: z.ZodError): string {
  const reasons = error.issues.map(({ path, message }) =>
    [path.join("."), message.replace(/^Invalid input: /, "")].filter(Boolean).join(": "),
  );
  return reasons.slice(0, 5).join("; ") + (reasons.length > 5 ? `; and ${reasons.length - 5} more` : "");
}

/** The ordinary import: every good row is kept on its own, so that one that fails does not undo the others. */
export function importRows<Shape extends z.ZodType>(
  array: string,
  shape: Shape,
  keep: (value: z.output<Shape>, context: ImportContext) => Promise<"added" | "changed" | "unchanged">,
): Importer {
  return async (file, context) => {
    const { rows } = await openRows(file, array, (part) => (context.report.part = part));
    for await (const { line, value } of readValid(rows, shape, context.report)) {
      try {
        context.report.keep(await keep(value, context));
      } catch (error) {
        context.report.refuse(line, (error as Error).message.split("\n").at(-1)!.slice(0, 200));
      }
    }
  };
}
