/** The public list's filters: read from an address, written back into one, said in words. */
import { z } from "zod";
import { vi } from "../../../bilingual/index.ts";
import { wardFile } from "../../../places/wards.ts";
import { categories, groups } from "../categories.ts";
import type { ReportState } from "../states.ts";
import type { Box, PublicFilter } from "../store.ts";

/** What people ask for, and the states it stands for. */
export const STATUSES = {
  cho: { label: vi`Chờ xử lý`, states: ["received", "assigned", "reopened"] },
  dang: { label: vi`Đang xử lý`, states: ["in_progress"] },
  xong: { label: vi`Đã xử lý`, states: ["resolved", "closed"] },
  khong: { label: vi`Không tiếp nhận`, states: ["rejected"] },
} as const satisfies Record<string, { label: string; states: ReportState[] }>;
export type Status = keyof typeof STATUSES;

export const PERIODS = {
  "30": vi`30 ngày qua`,
  "90": vi`90 ngày qua`,
  "365": vi`Một năm qua`,
  "tat-ca": vi`Tất cả`,
};
type Period = keyof typeof PERIODS;
const USUAL: Period = "90";

export interface Chosen {
  /** A category's code, or "nhom:" and a group's. */
  kind: string;
  /** Code of a ward of today. */
  ward: string;
  status: Status | "";
  period: Period;
  box: Box | null;
}

const kinds = new Set([
  ...categories.map(({ code }) => code),
  ...Object.keys(groups).map((group) => `nhom:${group}`),
]);
const wards = new Set(wardFile.wards.map(({ code }) => code));
const degrees = z.string().transform((text, context) => {
  const edges = text.split(",").map(Number);
  if (edges.length === 4 && edges.every(Number.isFinite)) return edges as unknown as Box;
  context.addIssue("four numbers");
  return z.NEVER;
});

/** What cannot be read is left out: an old link still shows something. */
const shape = z.object({
  loai: z
    .string()
    .refine((kind) => kinds.has(kind))
    .catch(""),
  phuong: z
    .string()
    .refine((ward) => wards.has(ward))
    .catch(""),
  "tinh-trang": z
    .enum(Object.keys(STATUSES) as [Status])
    .or(z.literal(""))
    .catch(""),
  tu: z.enum(Object.keys(PERIODS) as [Period]).catch(USUAL),
  o: degrees.nullable().catch(null),
});

export function readChosen(query: unknown): Chosen {
  const { loai, phuong, tu, o, ...rest } = shape.parse(query ?? {});
  return { kind: loai, ward: phuong, status: rest["tinh-trang"], period: tu, box: o };
}

/** The same choice as an address's query, with these changes; only what is not usual. */
export function queryOf(chosen: Chosen, changes: Partial<Chosen> = {}): string {
  const { kind, ward, status, period, box } = { ...chosen, ...changes };
  const query = new URLSearchParams();
  if (kind) query.set("loai", kind);
  if (ward) query.set("phuong", ward);
  if (status) query.set("tinh-trang", status);
  if (period !== USUAL) query.set("tu", period);
  if (box) query.set("o", box.join(","));
  return query.toString();
}

export function filterOf({ kind, ward, status, period, box }: Chosen, now: Date): PublicFilter {
  const group = /^nhom:(.+)$/.exec(kind)?.[1];
  const inGroup = categories.filter((category) => category.group === group).map(({ code }) => code);
  return {
    categories: group ? inGroup : kind ? [kind] : [],
    wardCode: ward || null,
    states: status ? STATUSES[status].states : [],
    since: period === "tat-ca" ? null : new Date(now.getTime() - Number(period) * 86_400_000),
    box,
  };
}
