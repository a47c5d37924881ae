/** A procedure as it is kept, imported and edited: the shape of the national record, reduced to what is answered. */
import { z } from "zod";

const text = z.string().trim().min(1);
const maybe = text.nullish().transform((value) => value ?? null);
const list = z
  .array(text)
  .nullish()
  .transform((values) => values ?? []);
const count = z
  .number()
  .int()
  .min(0)
  .nullish()
  .transform((value) => value ?? null);

export const CHANNELS = ["in_person", "online", "post"] as const;
export type MethodChannel = (typeof CHANNELS)[number];

/**
 * What is known of a fee. Only "free_stated" may be called free: the portal shows «Miễn phí» wherever no
 * number is stored, which mostly means that the provincial council or another text sets it.
 */
export const FEE_STATUSES = [
  "amount",
  "free_stated",
  "set_elsewhere",
  "zero_recorded",
  "zero_recorded_with_note",
  "not_published",
  "unparsed",
] as const;
export type FeeStatus = (typeof FEE_STATUSES)[number];

const time = z.object({
  value: z
    .number()
    .positive()
    .nullish()
    .transform((value) => value ?? null),
  /** null: the portal shows a bare number; by custom working days. */
  unit: z
    .enum(["hour", "day", "working_day", "month"])
    .nullish()
    .transform((unit) => unit ?? null),
  raw: maybe,
});

const method = z
  .object({
    channel: z.enum(CHANNELS),
    time: time.nullish().transform((value) => value ?? null),
    feeStatus: z.enum(FEE_STATUSES),
    feeAmount: z
      .number()
      .min(0)
      .nullish()
      .transform((value) => value ?? null),
    feeCurrency: maybe,
    note: maybe,
  })
  .refine(({ feeStatus, feeAmount }) => feeStatus !== "amount" || feeAmount !== null, {
    message: 'is required when feeStatus is "amount"',
    path: ["feeAmount"],
  });

const document = z.object({
  /** The case it belongs to: "Giấy tờ phải nộp", "Đối với nhà ở riêng lẻ". */
  group: maybe,
  name: text,
  originals: count,
  copies: count,
  /** The form to fill in, as a file name or an address. */
  template: maybe,
});

const day = z.iso
  .date()
  .nullish()
  .transform((value) => value ?? null);

export const procedureShape = z.object({
  code: text.regex(/^\d\.\d{6}$/, "must look like 1.001193"),
  name: text,
  shortName: maybe,
  category: maybe,
  field: maybe,
  ministry: maybe,
  agency: maybe,
  level: list,
  decision: maybe,
  /** How much of it can be done on line: toan_trinh · mot_phan; null: not known. */
  serviceLevel: z
    .enum(["toan_trinh", "mot_phan"])
    .nullish()
    .transform((value) => value ?? null),
  mode: z
    .array(z.enum(CHANNELS))
    .nullish()
    .transform((values) => values ?? []),
  methods: z
    .array(method)
    .nullish()
    .transform((values) => values ?? []),
  documents: z
    .array(document)
    .nullish()
    .transform((values) => values ?? []),
  documentsTruncated: z
    .boolean()
    .nullish()
    .transform((value) => value ?? false),
  notes: list,
  legalBasis: list,
  url: z
    .url({ protocol: /^https?$/ })
    .nullish()
    .transform((value) => value ?? null),
  aliases: list,
  flags: list,
  /** Where each field comes from, and how sure it is, by field. */
  source: z
    .record(z.string(), z.string().nullable())
    .nullish()
    .transform((value) => value ?? {}),
  confidence: z
    .record(z.string(), z.string().nullable())
    .nullish()
    .transform((value) => value ?? {}),
  /** The data are of this month or day: "07/2026", "12/09/2026". */
  asOf: maybe,
  validFrom: day,
});

export type ProcedureRecord = z.output<typeof procedureShape>;
export type Method = ProcedureRecord["methods"][number];
export type ProcedureDocument = ProcedureRecord["documents"][number];

/** One question to ask when several procedures are near: asked when a trigger is all that was said. */
export const clarifyGroupShape = z.object({
  ask: text,
  codes: z.array(text).min(2),
  trigger: z.array(text).min(1),
});
export type ClarifyGroup = z.output<typeof clarifyGroupShape>;

/** How residents know it: never the paragraph that is its official name. */
export const titleOf = ({ shortName, name }: Pick<ProcedureRecord, "shortName" | "name">) =>
  shortName ?? name;

/** Where the data come from and of when, as a resident should read it. */
export function provenanceOf({ asOf, url }: ProcedureRecord): { asOf: string | null; isFromPortal: boolean } {
  return { asOf, isFromPortal: url !== null && /(?:^|\.)dichvucong\.gov\.vn$/.test(new URL(url).hostname) };
}
