/** A station as a form, and back. */
import { z } from "zod";
import { t, vi } from "../../../bilingual/index.ts";
import type { Errors } from "../../../console/components/index.ts";
import { pointField, pointInField } from "../../../console/read-point.ts";
import type { Station } from "../store.ts";
import type { StationEdit } from "./store.ts";
import { KIND_NAMES } from "./words.ts";

export type Values = Record<string, string>;

const needed = (most: number) =>
  z
    .string()
    .trim()
    .min(1, vi`Cần điền ô này.`)
    .max(most, vi`Dài quá.`);

/** "1,5" and "1.5" are one and a half; empty: null. */
const figure = z
  .string()
  .trim()
  .refine((text) => text === "" || /^-?\d{1,6}([.,]\d{1,4})?$/.test(text), vi`Ghi một số, ví dụ 1,5.`)
  .transform((text) => (text === "" ? null : Number(text.replace(",", "."))));

const shape = z.object({
  code: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z0-9][A-Z0-9-]{1,39}$/, vi`Mã gồm chữ không dấu, số và gạch nối, ví dụ MAN-AN-THUAN.`),
  name: needed(80),
  kind: z.enum(Object.keys(KIND_NAMES) as [keyof typeof KIND_NAMES], vi`Chọn một loại trong danh sách.`),
  unit: needed(12),
  source: needed(120),
  point: pointField,
  warnFrom: figure,
  clearFrom: figure,
  warns: z.enum(["high", "low"]),
  unitCode: z.string(),
});

export type ReadStation =
  { code: string; edit: StationEdit; errors: null } | { code: null; edit: null; errors: Errors };

/** @param units the station may belong to */
export function readStation(values: Values, units: string[]): ReadStation {
  const read = shape.safeParse(
    Object.fromEntries(Object.keys(shape.shape).map((name) => [name, values[name] ?? ""])),
  );
  const errors: Errors = {};
  for (const { path, message } of read.error?.issues ?? []) errors[String(path[0])] ??= t.of(message);
  if (!units.includes(values.unitCode ?? "")) errors.unitCode = t`Chọn một đơn vị trong danh sách.`;
  if (read.success) {
    const { point, warnFrom, clearFrom, warns } = read.data;
    if (!point) errors.point = t`Cần ghim nơi đặt trạm.`;
    if (clearFrom !== null && warnFrom === null) errors.clearFrom = t`Chưa có mức cảnh báo.`;
    else if (clearFrom !== null && (warns === "low" ? clearFrom < warnFrom! : clearFrom > warnFrom!))
      errors.clearFrom =
        warns === "low"
          ? t`Mức hết cảnh báo phải cao hơn mức cảnh báo.`
          : t`Mức hết cảnh báo phải thấp hơn mức cảnh báo.`;
  }
  if (!read.success || Object.keys(errors).length > 0) return { code: null, edit: null, errors };
  const { code, point, warns, ...rest } = read.data;
  return { code, edit: { ...rest, ...point!, warnsLow: warns === "low" }, errors: null };
}

export function valuesOf(station: Station): Values {
  const { code, name, kind, unit, source, warnFrom, clearFrom, warnsLow, unitCode } = station;
  const written = (value: number | null) => (value === null ? "" : String(value).replace(".", ","));
  return {
    ...{ code, name, kind, unit, source, unitCode, point: pointInField(station) },
    ...{ warnFrom: written(warnFrom), clearFrom: written(clearFrom), warns: warnsLow ? "low" : "high" },
  };
}
