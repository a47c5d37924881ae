/** `npm run import -- procedures FILE`: the national record, with what changed since the last time in plain lines. */
import { z } from "zod";
import type { Tx } from "../../infra/db.ts";
import { readValid, reasonOf, type ImportContext, type Importer } from "../../infra/import/importer.ts";
import { openRows } from "../../infra/import/rows.ts";
import { changesBetween, isSame, type Change } from "./difference.ts";
import {
  clarifyGroupShape,
  procedureShape,
  titleOf,
  type ClarifyGroup,
  type ProcedureRecord,
} from "./record.ts";
import {
  findProcedure,
  keepCatalogue,
  keepVersion,
  lastImported,
  readCatalogue,
  removeSamples,
} from "./store.ts";

/** In the file's outer object, beside the rows. */
const headerShape = z.object({
  asOf: z.string().optional(),
  categories: z.record(z.string(), z.string()).optional(),
  clarifyGroups: z.array(z.unknown()).optional(),
});

/** All of it is one transaction: residents see the old data or the new. */
export const importProcedures: Importer = async (file, context) => {
  const { rows, header } = await openRows(file, "procedures");
  const records = new Map<string, { line: number; record: ProcedureRecord }>();
  for await (const { line, value } of readValid(rows, fromCsvToo, context.report)) {
    const twin = records.get(value.code);
    if (twin) context.report.refuse(line, `code: ${value.code} stands already on line ${twin.line}`);
    else records.set(value.code, { line, record: value });
  }
  const { asOf, categories, clarifyGroups } = readHeader(header, context);
  const dated = [...records.values()].map(({ record }) => ({
    ...record,
    asOf: record.asOf ?? monthOf(record, asOf),
  }));
  if (dated.length === 0) return;
  await keepOrRollBack(context, async (tx) => {
    const samples = await removeSamples(tx);
    if (samples > 0) context.report.note(`${samples} sample procedures make room for the real ones.`);
    for (const record of dated) await keepRecord(tx, record, context);
    const known = await readCatalogue(tx);
    await keepCatalogue(
      tx,
      { categories: categories ?? known.categories, clarifyGroups: clarifyGroups ?? known.clarifyGroups },
      context.now,
    );
  });
};

const LISTS = ["level", "mode", "notes", "legalBasis", "aliases", "flags"];

/** A CSV has no lists: there, lists are written with | between, methods and documents as JSON. */
const fromCsvToo = z.preprocess((row) => {
  const entries = Object.entries(row as Record<string, unknown>).map(([key, value]) => {
    if (typeof value !== "string") return [key, value];
    if (LISTS.includes(key))
      return [
        key,
        value
          .split("|")
          .map((each) => each.trim())
          .filter(Boolean),
      ];
    if (key === "methods" || key === "documents") return [key, parsed(value)];
    return [key, value];
  });
  return Object.fromEntries(entries) as unknown;
}, procedureShape);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text; // the schema says what is wrong with it
  }
}

interface Header {
  asOf?: string;
  categories?: Record<string, string>;
  clarifyGroups?: ClarifyGroup[];
}

function readHeader(header: Record<string, unknown>, { report }: ImportContext): Header {
  const read = headerShape.safeParse(header);
  if (!read.success) {
    report.refuse(1, reasonOf(read.error));
    return {};
  }
  const clarifyGroups = read.data.clarifyGroups?.flatMap((group, at) => {
    const shaped = clarifyGroupShape.safeParse(group);
    if (!shaped.success) report.refuse(1, `clarifyGroups.${at}: ${reasonOf(shaped.error)}`);
    return shaped.success ? [shaped.data] : [];
  });
  return { ...read.data, clarifyGroups };
}

/** Sources are named by their month ("crawl-2026-07"): the record's own date goes before the file's. */
function monthOf({ source }: ProcedureRecord, asOf: string | undefined): string | null {
  const match =
    /(20\d\d)-(\d\d)(?:-(\d\d))?/.exec(source.methods ?? source.name ?? "") ??
    /(20\d\d)-(\d\d)/.exec(asOf ?? "");
  return match ? [match[3], match[2], match[1]].filter(Boolean).join("/") : null;
}

class DryRun extends Error {}

async function keepOrRollBack({ check, database }: ImportContext, work: (tx: Tx) => Promise<void>) {
  try {
    await database.db.$transaction(
      async (tx) => {
        await work(tx);
        if (check) throw new DryRun();
      },
      { timeout: 120_000 },
    );
  } catch (error) {
    if (!(error instanceof DryRun)) throw error;
  }
}

/** What staff changed in the console stays, field by field; everything else follows the file. */
async function keepRecord(tx: Tx, incoming: ProcedureRecord, { report, now }: ImportContext): Promise<void> {
  const { code } = incoming;
  const kept = await findProcedure(tx, code);
  if (!kept) {
    await keepVersion(tx, { data: incoming, origin: "import", now });
    return report.keep("added");
  }
  const before = (await lastImported(tx, code)) ?? kept.data;
  if (isSame(before, incoming)) return report.keep("unchanged");
  const merged = merge(before, kept.data, incoming);
  const changes = changesBetween(kept.data, merged.record);
  report.note(inLines(incoming, changes, merged.held));
  await keepVersion(tx, { data: incoming, origin: "import", now });
  if (!isSame(merged.record, incoming)) {
    await keepVersion(tx, { data: merged.record, origin: "console", note: "Giữ phần cán bộ đã sửa", now });
  }
  report.keep("changed");
}

function merge(before: ProcedureRecord, now: ProcedureRecord, incoming: ProcedureRecord) {
  const held: string[] = [];
  const fields = Object.keys(incoming) as (keyof ProcedureRecord)[];
  const entries = fields.map((field) => {
    const editedHere = !isSame(now[field], before[field]);
    if (!editedHere) return [field, incoming[field]];
    if (!isSame(incoming[field], before[field]) && !isSame(incoming[field], now[field])) held.push(field);
    return [field, now[field]];
  });
  return { record: Object.fromEntries(entries) as ProcedureRecord, held };
}

function inLines(record: ProcedureRecord, changes: Change[], held: string[]): string {
  return [
    `${record.code} ${titleOf(record)}`,
    ...changes.flatMap(({ field, lines }) => lines.map((line) => `  ${field}: ${line}`)),
    ...held.map((field) => `  ${field}: the file says otherwise; what staff wrote was kept`),
  ].join("\n");
}
