/** The staff list's filters, read from an address and written back into one. */
import { z } from "zod";
import { OPEN_STATES, STATES, type ReportState } from "../states.ts";
import type { StaffFilter } from "../store.ts";

const text = z.string().trim().max(200).catch("").default("");
const ticked = z
  .string()
  .transform((value) => value === "on")
  .catch(false);
const shape = z.object({
  q: text,
  state: z
    .enum([...STATES, "open"])
    .or(z.literal(""))
    .catch(""),
  category: text,
  ward: text,
  unit: text,
  assignee: z.enum(["me", "nobody", ""]).catch(""),
  rating: z.enum(["1", "2", "3", ""]).catch(""),
  overdue: ticked,
  escalated: ticked,
  sort: z.enum(["newest", "due"]).catch("newest"),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});
export type ListQuery = z.output<typeof shape>;

export const readListQuery = (query: unknown): ListQuery => shape.parse(query ?? {});

/** The same list with these changes, as a query string; only what is not usual. */
export function queryWith(query: ListQuery, changes: Partial<ListQuery>): string {
  const written = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...query, ...changes })) {
    if (value === true) written.set(name, "on");
    else if (value && value !== "newest" && value !== 1) written.set(name, String(value));
  }
  return written.toString();
}

export function filterFrom(query: ListQuery, staffId: number): StaffFilter {
  const { q, state, category, ward, unit, assignee, rating, overdue, escalated, sort } = query;
  const states: readonly ReportState[] = state === "open" ? OPEN_STATES : state ? [state] : [];
  return {
    ...{ states, overdue, escalated, sort },
    words: q || undefined,
    categories: category ? [category] : undefined,
    wardCode: ward || undefined,
    unitCode: unit || undefined,
    assignee: assignee === "me" ? staffId : assignee || undefined,
    rating: rating ? Number(rating) : undefined,
  };
}
