/** What changed between two states of a procedure, in lines a person reads. */
import { t, vi } from "../../bilingual/index.ts";
import type { Method, ProcedureDocument, ProcedureRecord } from "./record.ts";
import { feeInBrief, timeInBrief } from "./facts.ts";

export interface Change {
  field: keyof ProcedureRecord;
  /** "− cũ" and "+ mới" lines, or "cũ → mới". */
  lines: string[];
}

/** Fields in the order of a record; `source`, `confidence` and `flags` are about the data, not the procedure. */
const COMPARED = [
  ...["name", "shortName", "category", "field", "ministry", "agency", "level", "decision", "serviceLevel"],
  ...[
    "mode",
    "methods",
    "documents",
    "documentsTruncated",
    "notes",
    "legalBasis",
    "url",
    "aliases",
    "asOf",
    "validFrom",
  ],
  ...["flags", "source", "confidence"],
] as (keyof ProcedureRecord)[];

export function changesBetween(before: ProcedureRecord, after: ProcedureRecord): Change[] {
  return COMPARED.flatMap((field) => {
    const [old, now] = [before[field], after[field]];
    if (isSame(old, now)) return [];
    return [{ field, lines: linesOf(old, now) }];
  });
}

/** Equal as data, whatever the order of the keys (PostgreSQL keeps its own). */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort()
      .map(([key, each]) => [key, sorted(each)]),
  );
}

function linesOf(old: unknown, now: unknown): string[] {
  if (!isList(old) || !isList(now)) return [`${inWords(old)} → ${inWords(now)}`];
  const [before, after] = [entriesOf(old), entriesOf(now)];
  const gone = before.filter((each) => !after.includes(each));
  const come = after.filter((each) => !before.includes(each));
  if (gone.length + come.length === 0) return [t`thứ tự khác`];
  return [...gone.map((each) => `− ${each}`), ...come.map((each) => `+ ${each}`)];
}

const isList = (value: unknown): value is object => typeof value === "object" && value !== null;

const entriesOf = (value: object): string[] =>
  Array.isArray(value)
    ? value.map(inWords)
    : Object.entries(value).map(([key, each]) => `${key}: ${inWords(each)}`);

function inWords(value: unknown): string {
  if (value === null || value === undefined || value === "") return t`(trống)`;
  if (typeof value === "boolean") return value ? t`có` : t`không`;
  if (typeof value === "string" || typeof value === "number") return String(value);
  if (typeof value !== "object") return JSON.stringify(value);
  if ("feeStatus" in value) return methodInWords(value as Method);
  if ("originals" in value) return documentInWords(value as ProcedureDocument);
  return JSON.stringify(value);
}

function methodInWords(method: Method): string {
  const parts = [timeInBrief(method.time), feeInBrief(method), method.note];
  return `${t.of(CHANNEL_NAMES[method.channel])}: ${parts.filter(Boolean).join("; ")}`;
}

export const CHANNEL_NAMES: Record<Method["channel"], string> = {
  in_person: vi`trực tiếp`,
  online: vi`trực tuyến`,
  post: vi`bưu chính`,
};

function documentInWords({ group, name, originals, copies, template }: ProcedureDocument): string {
  const counts = [originals ? t`${originals} bản chính` : "", copies ? t`${copies} bản sao` : ""].filter(
    Boolean,
  );
  return [
    group ? `[${group}]` : "",
    name,
    counts.length > 0 ? `(${counts.join(", ")})` : "",
    template ? t`mẫu ${template}` : "",
  ]
    .filter(Boolean)
    .join(" ");
}
