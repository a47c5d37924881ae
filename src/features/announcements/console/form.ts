/** What is typed into the form of an announcement, read and checked. */
import { DateTime } from "luxon";
import { z } from "zod";
import { t, vi } from "../../../bilingual/index.ts";
import { ZONE } from "../../../infra/clock.ts";
import type { Announcement } from "../../../infra/generated/client.ts";
import { wardFile } from "../../../places/wards.ts";
import { isTopic } from "../topics.ts";

export const LEVELS = { normal: vi`Thường`, important: vi`Quan trọng`, emergency: vi`Khẩn cấp` } as const;

const optional = (most: number, what: string) =>
  z
    .string()
    .trim()
    .max(most, { error: () => t`${t.of(what)} dài quá ${most} chữ.` })
    .transform((text) => text || null);

/** A day of Việt Nam, "2026-11-28"; empty: none. */
const day = z
  .string()
  .trim()
  .transform((text, issue) => {
    if (!text) return null;
    const read = DateTime.fromFormat(text, "yyyy-MM-dd", { zone: ZONE });
    if (read.isValid) return read;
    issue.addIssue({ code: "custom", message: t`Ngày không đúng.` });
    return z.NEVER;
  });

const wardCodes = wardFile.wards.map(({ code }) => code);
const wards = z
  .union([z.string().transform((code) => [code]), z.array(z.string())])
  .default([])
  .transform((codes) => codes.filter((code) => wardCodes.includes(code)));

export const draftForm = z
  .object({
    title: z
      .string()
      .trim()
      .min(5, vi`Tiêu đề ngắn quá.`)
      .max(200, vi`Tiêu đề dài quá 200 chữ.`),
    body: z
      .string()
      .trim()
      .min(20, vi`Nội dung ngắn quá.`)
      .max(20_000, vi`Nội dung dài quá 20.000 chữ.`),
    documentNumber: optional(100, vi`Số, ký hiệu`),
    documentDate: day,
    signer: optional(120, vi`Tên người ký`),
    unitCode: z.string(),
    topic: z.string().refine(isTopic, vi`Chọn loại tin.`),
    wards,
    level: z.enum(Object.keys(LEVELS) as [keyof typeof LEVELS], vi`Chọn mức độ.`),
    validFrom: day,
    validTo: day,
  })
  .refine(({ validFrom, validTo }) => !validFrom || !validTo || validFrom <= validTo, {
    ...{ path: ["validTo"], message: vi`Ngày hết hiệu lực ở trước ngày bắt đầu.` },
  })
  .transform(({ body, ...rest }) => withDates({ ...rest, body: body.replace(/\r\n/g, "\n") }));

const orNone = <Kept extends z.ZodType>(field: Kept) => field.catch(null as never);

/** What is still being typed: anything that can be kept is kept, what is not a date yet is left out. */
export const unfinishedForm = z
  .object({
    title: z
      .string()
      .catch("")
      .transform((text) => text.trim().slice(0, 200)),
    body: z
      .string()
      .catch("")
      .transform((text) => text.trim().slice(0, 20_000).replace(/\r\n/g, "\n")),
    documentNumber: orNone(optional(100, "")),
    documentDate: orNone(day),
    signer: orNone(optional(120, "")),
    unitCode: z.string().catch(""),
    topic: z.string().refine(isTopic).catch("general"),
    wards: wards.catch([]),
    level: z.enum(Object.keys(LEVELS) as [keyof typeof LEVELS]).catch("normal"),
    validFrom: orNone(day),
    validTo: orNone(day),
  })
  .transform(withDates);

interface Days {
  documentDate: DateTime | null;
  validFrom: DateTime | null;
  validTo: DateTime | null;
}

/** A document's date is a day; validity is moments of Việt Nam. */
function withDates<Fields extends Days>({ documentDate, validFrom, validTo, ...rest }: Fields) {
  return {
    ...rest,
    documentDate: documentDate && new Date(`${documentDate.toISODate()}T00:00:00Z`),
    validFrom: validFrom && validFrom.startOf("day").toJSDate(),
    validTo: validTo && validTo.endOf("day").startOf("second").toJSDate(),
  };
}

export type Draft = Pick<
  Announcement,
  | "title"
  | "body"
  | "documentNumber"
  | "documentDate"
  | "signer"
  | "unitCode"
  | "topic"
  | "wards"
  | "level"
  | "validFrom"
  | "validTo"
>;

/** The form again, filled with what is kept. */
export function valuesOf(draft: Draft): Record<string, string> {
  const shown = (date: Date | null, zone: string = ZONE) =>
    date ? DateTime.fromJSDate(date, { zone }).toISODate()! : "";
  const { title, body, documentNumber, signer, unitCode, topic, level } = draft;
  return {
    ...{ title, body, unitCode, topic, level, documentNumber: documentNumber ?? "", signer: signer ?? "" },
    documentDate: shown(draft.documentDate, "utc"),
    ...{ validFrom: shown(draft.validFrom), validTo: shown(draft.validTo) },
  };
}
