/** An office as a flat form, and back. Hours stand by weekday: a morning, a lunch break, an afternoon. */
import { z } from "zod";
import { t, vi } from "../../../bilingual/index.ts";
import type { Errors } from "../../../console/components/index.ts";
import { pointField, pointInField } from "../../../console/read-point.ts";
import type { Hours } from "../../../infra/office-time.ts";
import type { Stretches } from "../../../residents/work-time.ts";
import { KINDS, type Office } from "../store.ts";
import type { OfficeEdit } from "./store.ts";
import { WEEKDAYS } from "./words.ts";

export type Values = Record<string, string>;

/** The four times of a day: morning from and to, afternoon from and to. */
export const TIMES = ["from", "noon", "again", "to"] as const;
export type Time = (typeof TIMES)[number];
export const timeName = (day: number | "day", time: Time) => `hours.${day}.${time}`;

const optional = (most: number) =>
  z
    .string()
    .trim()
    .max(most, vi`Dài quá.`)
    .transform((text) => text || null);

const texts = z.object({
  name: z
    .string()
    .trim()
    .min(1, vi`Cần có tên.`)
    .max(160, vi`Tên dài quá.`),
  kind: z.enum(KINDS, vi`Chọn một loại trong danh sách.`),
  ward: optional(60),
  aliases: z
    .string()
    .max(1000, vi`Dài quá.`)
    .transform((text) => [...new Set(text.split("\n").map((line) => line.trim()))].filter(Boolean)),
  address: optional(200),
  addressNote: optional(200),
  phone: z
    .string()
    .trim()
    .refine((text) => text === "" || isPhone(text), vi`Số điện thoại gồm 3 đến 12 chữ số.`)
    .transform((text) => text || null),
  point: pointField,
  note: optional(400),
  source: z
    .string()
    .trim()
    .min(1, vi`Ghi nguồn: ai cho biết, văn bản nào.`)
    .max(200, vi`Dài quá.`),
});

const isPhone = (text: string) => /^\+?[\d .]+$/.test(text) && /^\d{3,12}$/.test(text.replace(/\D/g, ""));

export type ReadOffice = { edit: OfficeEdit; errors: null } | { edit: null; errors: Errors };

/** @param wards those this person may place an office in; "" stands for all */
export function readOffice(values: Values, wards: readonly string[]): ReadOffice {
  const read = texts.safeParse(
    Object.fromEntries(Object.keys(texts.shape).map((key) => [key, values[key] ?? ""])),
  );
  const errors: Errors = {};
  for (const { path, message } of read.error?.issues ?? []) errors[String(path[0])] ??= t.of(message);
  if (!wards.includes((values.ward ?? "").trim())) errors.ward = t`Chọn một phường trong danh sách.`;
  const hours = readWeek(values, errors);
  if (!read.success || Object.keys(errors).length > 0) return { edit: null, errors };
  const { point, ...rest } = read.data;
  const { latitude = null, longitude = null } = point ?? {};
  return { edit: { ...rest, latitude, longitude, hours }, errors: null };
}

/** @returns null when no day has hours: those of all offices hold. */
function readWeek(values: Values, errors: Errors): Hours[] | null {
  const byStretch = new Map<string, Hours>();
  WEEKDAYS.forEach((_, at) => {
    const { stretches, problem } = readTimes(values, at + 1);
    if (problem) errors[`hours.${at + 1}`] = problem;
    for (const { from, to } of stretches) {
      const known = byStretch.get(`${from}-${to}`);
      if (known) known.days.push(at + 1);
      else byStretch.set(`${from}-${to}`, { days: [at + 1], from, to });
    }
  });
  const hours = [...byStretch.values()];
  return hours.length > 0 ? hours : null;
}

/** What the four times of one day say. "Sáng tới" and "chiều từ" left out: no lunch break. */
export function readTimes(values: Values, day: number | "day"): { stretches: Stretches; problem?: string } {
  const [from, noon, again, to] = TIMES.map((time) => (values[timeName(day, time)] ?? "").trim());
  const given = [from, noon, again, to].filter(Boolean) as string[];
  const wrong = (problem: string) => ({ stretches: [], problem });
  if (given.length === 0) return { stretches: [] };
  if (given.some((time) => !/^([01]\d|2[0-3]):[0-5]\d$/.test(time))) return wrong(t`Giờ ghi như 07:30.`);
  if (given.some((time, at) => at > 0 && time <= given[at - 1]!))
    return wrong(t`Giờ sau phải trễ hơn giờ trước.`);
  const pairs = [
    [from, noon],
    [again, to],
  ].filter(([start, end]) => start && end);
  if (given.length === 4 || (given.length === 2 && pairs.length === 1))
    return { stretches: pairs.map(([start, end]) => ({ from: start!, to: end! })) };
  if (given.length === 2 && from && to) return { stretches: [{ from, to }] };
  return wrong(t`Thiếu một giờ: mỗi buổi có giờ bắt đầu và giờ hết.`);
}

export function valuesOf(office: Office): Values {
  const { name, kind, ward, aliases, address, addressNote, phone, note, source, hours } = office;
  const values: Values = {
    ...{ name, kind, ward: ward ?? "", aliases: aliases.join("\n"), source },
    ...{ address: address ?? "", addressNote: addressNote ?? "", phone: phone ?? "", note: note ?? "" },
    point: pointInField(office),
  };
  WEEKDAYS.forEach((_, at) => {
    const kept = (hours ?? []).filter(({ days }) => days.includes(at + 1));
    fillTimes(values, at + 1, kept);
  });
  return values;
}

function fillTimes(values: Values, day: number, kept: Stretches): void {
  const [first, second] = [...kept].sort((one, other) => one.from.localeCompare(other.from));
  // one stretch that runs over noon has no break
  const isWhole = first && !second && first.from < "12:00" && first.to > "13:00";
  const isAfternoon = first && !second && first.from >= "12:00";
  const morning = isAfternoon ? undefined : first;
  const afternoon = isAfternoon ? first : second;
  values[timeName(day, "from")] = morning?.from ?? "";
  values[timeName(day, "noon")] = isWhole ? "" : (morning?.to ?? "");
  values[timeName(day, "again")] = afternoon?.from ?? "";
  values[timeName(day, "to")] = isWhole ? first.to : (afternoon?.to ?? "");
}

const dayForm = z.object({
  day: z.iso.date(vi`Chọn một ngày.`),
  reason: z
    .string()
    .trim()
    .min(1, vi`Ghi lý do, người dân sẽ nghe.`)
    .max(120, vi`Dài quá.`),
});

export type ReadDay =
  { day: { day: string; name: string; hours: Stretches }; errors: null } | { day: null; errors: Errors };

/** A day against the usual: no times mean closed. @param today earlier days are refused */
export function readDay(values: Values, today: string): ReadDay {
  const read = dayForm.safeParse(values);
  const errors: Errors = {};
  for (const { path, message } of read.error?.issues ?? []) errors[String(path[0])] ??= t.of(message);
  if (read.success && read.data.day < today) errors.day = t`Ngày này đã qua.`;
  const { stretches, problem } = readTimes(values, "day");
  if (problem) errors["hours.day"] = problem;
  if (!read.success || Object.keys(errors).length > 0) return { day: null, errors };
  return { day: { day: read.data.day, name: read.data.reason, hours: stretches }, errors: null };
}
