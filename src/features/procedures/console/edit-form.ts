/** A procedure as a flat form, and back: rows are numbered in the names of the fields, an empty row says nothing. */
import { z } from "zod";
import { t, vi } from "../../../bilingual/index.ts";
import type { Errors } from "../../../console/components/index.ts";
import { one } from "../../../console/read-form.ts";
import {
  procedureShape,
  type Method,
  type MethodChannel,
  type ProcedureDocument,
  type ProcedureRecord,
} from "../record.ts";

/** What stands in the fields, by their names: "methods.0.fee", "cases.1.documents.0.name". */
export type Values = Record<string, string>;

const SPARE_DOCUMENTS = 2;
const LINES = ["level", "legalBasis", "aliases", "notes"] as const;
const TEXTS = ["name", "shortName", "category", "agency", "url", "asOf"] as const;

export function valuesOf(record: ProcedureRecord): Values {
  const values: Values = {};
  for (const field of TEXTS) values[field] = record[field] ?? "";
  for (const field of LINES) values[field] = record[field].join("\n");
  values.serviceLevel = record.serviceLevel ?? "";
  [...record.methods, null].forEach((method, at) => fillMethod(values, `methods.${at}`, method));
  [...casesOf(record.documents), { name: null, documents: [] }].forEach(({ name, documents }, at) => {
    values[`cases.${at}.name`] = name ?? "";
    const rows = [...documents, ...Array<null>(SPARE_DOCUMENTS).fill(null)];
    rows.forEach((document, row) => fillDocument(values, `cases.${at}.documents.${row}`, document));
  });
  return values;
}

function fillMethod(values: Values, key: string, method: Method | null): void {
  values[`${key}.channel`] = method?.channel ?? "";
  values[`${key}.time`] = inField(method?.time?.value);
  values[`${key}.unit`] = method?.time?.unit ?? "";
  values[`${key}.feeStatus`] = method?.feeStatus ?? "";
  values[`${key}.fee`] = inField(method?.feeAmount);
  values[`${key}.note`] = method?.note ?? "";
}

function fillDocument(values: Values, key: string, document: ProcedureDocument | null): void {
  values[`${key}.name`] = document?.name ?? "";
  values[`${key}.originals`] = inField(document?.originals);
  values[`${key}.copies`] = inField(document?.copies);
  values[`${key}.template`] = document?.template ?? "";
}

const inField = (value: number | null | undefined) =>
  value === null || value === undefined ? "" : String(value);

/** Papers in their order, those of one case together. */
function casesOf(documents: ProcedureDocument[]) {
  const cases: { name: string | null; documents: ProcedureDocument[] }[] = [];
  for (const document of documents) {
    const last = cases.at(-1);
    if (last?.name === document.group && last) last.documents.push(document);
    else cases.push({ name: document.group, documents: [document] });
  }
  return cases;
}

/** The numbers of the rows a form has: "methods.0.channel", "methods.1.channel" → [0, 1]. */
export function rowsOf(values: Values, list: string, field: string): number[] {
  const rows: number[] = [];
  while (`${list}.${rows.length}.${field}` in values) rows.push(rows.length);
  return rows;
}

export type ReadEdit = { record: ProcedureRecord; errors: null } | { record: null; errors: Errors };

/** What a form of values says the procedure is now; all that is not in the form stays as it was. */
export function readEdit(values: Values, before: ProcedureRecord): ReadEdit {
  const methods = readMethods(values, before.methods);
  const documents = readDocuments(values);
  const read = procedureShape.safeParse(
    {
      ...before,
      ...Object.fromEntries(TEXTS.map((field) => [field, orNull(values[field])])),
      ...Object.fromEntries(LINES.map((field) => [field, linesOf(values[field], before[field])])),
      serviceLevel: orNull(values.serviceLevel),
      methods: methods.map(({ method }) => method),
      mode: modeAfter(
        before,
        methods.map(({ method }) => method.channel as MethodChannel),
      ),
      documents: documents.map(({ document }) => document),
    },
    { error: z.locales.vi().localeError },
  );
  if (read.success) return { record: read.data, errors: null };
  const errors: Errors = {};
  for (const { path } of read.error.issues) {
    const [field, at, ...rest] = path.map(String);
    const row = { methods, documents }[field as "methods" | "documents"]?.[Number(at)];
    const name = row ? `${row.key}.${FORM_NAMES[rest.join(".")] ?? rest[0]}` : field!;
    errors[name] ??= problemWith(row ? name.split(".").at(-1)! : field!);
  }
  return { record: null, errors };
}

const FORM_NAMES: Record<string, string> = {
  "time.value": "time",
  "time.unit": "unit",
  feeAmount: "fee",
};

const PROBLEMS: Record<string, string> = {
  name: vi`Cần ghi tên.`,
  url: vi`Cần một địa chỉ bắt đầu bằng https:// hoặc http://.`,
  time: vi`Cần một số lớn hơn 0.`,
  unit: vi`Chọn một đơn vị trong danh sách.`,
  channel: vi`Chọn một cách nộp trong danh sách.`,
  feeStatus: vi`Chọn điều biết được về lệ phí.`,
  fee: vi`Đã chọn “có mức thu” thì cần ghi số tiền, từ 0 đồng.`,
  originals: vi`Cần một số nguyên từ 0.`,
  copies: vi`Cần một số nguyên từ 0.`,
};
const problemWith = (field: string) => t.of(PROBLEMS[field]) ?? t`Ô này ghi chưa đúng.`;

function readMethods(values: Values, before: Method[]) {
  return rowsOf(values, "methods", "channel").flatMap((at) => {
    const key = `methods.${at}`;
    const channel = orNull(values[`${key}.channel`]);
    if (!channel) return [];
    const old = before[at];
    const value = numberIn(values[`${key}.time`]);
    const unit = orNull(values[`${key}.unit`]);
    const isOldTime = (old?.time?.value ?? null) === value && (old?.time?.unit ?? null) === unit;
    const feeStatus = values[`${key}.feeStatus`];
    const method = {
      channel,
      // "raw" is the portal's own words for it: they go when the time is another
      time: isOldTime ? (old?.time ?? null) : value === null ? null : { value, unit, raw: null },
      feeStatus,
      feeAmount: feeStatus === "amount" ? numberIn(values[`${key}.fee`]) : null,
      feeCurrency: feeStatus === "amount" ? (old?.feeCurrency ?? "VND") : null,
      note: orNull(values[`${key}.note`]),
    };
    const sameFee = old && old.feeStatus === feeStatus && feeStatus !== "amount";
    return [
      {
        key,
        method: sameFee ? { ...method, feeAmount: old.feeAmount, feeCurrency: old.feeCurrency } : method,
      },
    ];
  });
}

function readDocuments(values: Values) {
  return rowsOf(values, "cases", "name").flatMap((at) => {
    const group = orNull(values[`cases.${at}.name`]);
    return rowsOf(values, `cases.${at}.documents`, "name").flatMap((row) => {
      const key = `cases.${at}.documents.${row}`;
      const name = orNull(values[`${key}.name`]);
      if (!name) return [];
      const document = {
        ...{ group, name, template: orNull(values[`${key}.template`]) },
        ...{ originals: numberIn(values[`${key}.originals`]), copies: numberIn(values[`${key}.copies`]) },
      };
      return [{ key, document }];
    });
  });
}

/** What can be filed how follows the ways that were added and taken away. */
function modeAfter({ mode, methods }: ProcedureRecord, now: MethodChannel[]): MethodChannel[] {
  const before = methods.map(({ channel }) => channel);
  const kept = mode.filter((channel) => now.includes(channel) || !before.includes(channel));
  return [...new Set([...kept, ...now.filter((channel) => !before.includes(channel))])];
}

/** The fields of a posted form; a browser ends lines with \r\n. */
export function valuesIn(body: unknown): Values {
  const entries = Object.entries((body ?? {}) as Record<string, unknown>);
  return Object.fromEntries(entries.map(([name, value]) => [name, one(value).replaceAll("\r\n", "\n")]));
}

const orNull = (text: string | undefined) => text?.trim() || null;

/** Lines nobody touched stay as they are: an imported one may run over several. */
function linesOf(text: string | undefined, before: string[]): string[] {
  const lines = linesIn(text);
  return lines.join("\n") === linesIn(before.join("\n")).join("\n") ? before : lines;
}

const linesIn = (text: string | undefined) =>
  (text ?? "")
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

/** "8.000" is eight thousand, "1,5" is one and a half. NaN, which no shape takes, for what is no number. */
function numberIn(text: string | undefined): number | null {
  const written = text?.trim() ?? "";
  if (!written) return null;
  const plain = /^\d{1,3}(\.\d{3})+(,\d+)?$/.test(written) ? written.replaceAll(".", "") : written;
  return Number(plain.replace(",", "."));
}
