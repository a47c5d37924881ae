/** CSV as spreadsheets write it: `,`, `;` or tab between the fields, names of the columns in the first line. */
import { Readable } from "node:stream";
import { parse, type Info } from "csv-parse";
import type { Row } from "./rows.ts";

interface Record_ {
  record: string[];
  info: Info;
}

export async function* readCsv(text: AsyncGenerator<string>): AsyncGenerator<Row> {
  const parser = Readable.from(text).pipe(
    parse({
      delimiter: [",", ";", "\t"],
      bom: true,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
    }),
  );
  let columns: string[] | null = null;
  let last = 0;
  for await (const { record, info } of parser as AsyncIterable<Record_>) {
    const line = Math.max(last + 1, info.lines - linesIn(record) + 1);
    last = info.lines;
    if (!columns) columns = record.map((name) => name.trim());
    else yield asRow(columns, record, line);
  }
}

/** A quoted field may run over several lines; the row is named by its first. */
const linesIn = (record: string[]) =>
  record.reduce((count, field) => count + (field.match(/\n/g)?.length ?? 0), 1);

function asRow(columns: string[], fields: string[], line: number): Row {
  if (fields.length > columns.length && fields.slice(columns.length).some(Boolean)) {
    return { line, problem: `has ${fields.length} fields, the first line names ${columns.length}` };
  }
  const filled = columns.flatMap((name, at) => (name && fields[at] ? [[name, fields[at]]] : []));
  return { line, value: Object.fromEntries(filled) as Record<string, string> };
}
