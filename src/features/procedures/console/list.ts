/** Which procedures a list shows: filters out of an address, and the search over what is kept. */
import { z } from "zod";
import { titleOf } from "../record.ts";
import type { KeptProcedure } from "../store.ts";
import { folded, stateOf } from "./words.ts";

export const PAGE = 25;

const text = z.string().trim().max(200).catch("").default("");
const shape = z.object({
  q: text,
  category: text,
  state: z.enum(["unreviewed", "reviewed", "withdrawn", ""]).catch(""),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});
export type ListQuery = z.output<typeof shape>;

export const readListQuery = (query: unknown): ListQuery => shape.parse(query ?? {});

/** The same list with these changes, as a query string; only what is not usual. */
export function queryWith(query: ListQuery, changes: Partial<ListQuery>): string {
  const entries = Object.entries({ ...query, ...changes }).filter(([, value]) => value && value !== 1);
  return new URLSearchParams(entries.map(([name, value]) => [name, String(value)])).toString();
}

/** Every word must be in its code, names or other ways of calling it; marks do not matter. */
export function filtered(all: KeptProcedure[], { q, category, state }: ListQuery): KeptProcedure[] {
  const words = folded(q).split(/\s+/).filter(Boolean);
  return all
    .filter((each) => !category || each.data.category === category)
    .filter((each) => !state || stateOf(each) === state)
    .filter(({ code, data }) => {
      if (words.length === 0) return true;
      const known = folded([code, data.name, data.shortName ?? "", ...data.aliases].join(" "));
      return words.every((word) => known.includes(word));
    })
    .sort((one, other) => titleOf(one.data).localeCompare(titleOf(other.data), "vi"));
}
