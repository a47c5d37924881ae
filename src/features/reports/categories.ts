/**
 * The 31 categories of reports, from intents/report-categories.yml: read once, checked whole. A resident's
 * sentence has an intent; the category is narrowed from it by the words used, or by one question at most.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { mentions } from "../../language/index.ts";

const file = path.resolve(import.meta.dirname, "../../../intents/report-categories.yml");

const named = z.object({ vi: z.string(), en: z.string() });
const categoryShape = z.strictObject({
  name: named,
  group: z.string(),
  intents: z.array(z.string()).min(1),
  words: z.array(z.string()),
  agency: z.string(),
  also: z.array(z.string()),
  targetHours: z.number().min(0),
  priority: z.enum(["emergency", "high", "normal", "low"]),
  duplicateRadius: z.number().min(0),
  handling: z.enum(["file", "guide"]).default("file"),
  public: z.boolean().default(true),
  call: z.string().nullable().default(null),
  pole: z.boolean().default(false),
});
const narrowingShape = z.union([
  z.strictObject({ usually: z.string() }),
  z.strictObject({ asks: named, otherwise: z.string(), choices: z.array(z.string()).min(2) }),
]);
const fileShape = z.strictObject({
  groups: z.record(z.string(), named),
  agencies: z.record(z.string(), z.object({ vi: z.string() })),
  categories: z.record(z.string(), categoryShape),
  guides: z.strictObject({
    child: z.array(z.string()),
    denunciation: z.array(z.string()),
    neighbours: z.array(z.string()),
  }),
  narrowing: z.record(z.string(), narrowingShape),
});

/**
 * One kind of problem. `targetHours`: hours to have it handled, 0 where a number must be called first; `duplicateRadius`:
 * metres within which an open report of the kind may be the same one, 0: never asked; `handling: "guide"`: told where to
 * turn, never filed in the open; `public: false`: not shown on public pages; `call`: the number that goes first; `pole`:
 * a lamp pole's code is asked.
 */
export type Category = z.output<typeof categoryShape> & { code: string };
export type Narrowing = z.output<typeof narrowingShape>;
export type Named = z.output<typeof named>;

/** @throws ZodError, or an Error naming a category that points nowhere. */
export function readCategories(text: string) {
  const { groups, agencies, categories, guides, narrowing } = fileShape.parse(parse(text));
  const all = Object.entries(categories).map(([code, category]): Category => ({ code, ...category }));
  const byCode = new Map(all.map((category) => [category.code, category]));
  for (const { code, group, agency, also } of all) {
    const unknown = [
      groups[group] ? [] : [group],
      [agency, ...also].filter((kind) => !agencies[kind]),
    ].flat();
    if (unknown.length > 0)
      throw new Error(`Category ${code} names what is not listed: ${unknown.join(", ")}.`);
  }
  for (const [intent, how] of Object.entries(narrowing)) {
    const unknown = ("usually" in how ? [how.usually] : [...how.choices, how.otherwise]).filter(
      (code) => !byCode.has(code),
    );
    if (unknown.length > 0)
      throw new Error(`${intent} narrows to unknown categories: ${unknown.join(", ")}.`);
  }
  return { groups, agencies, all, byCode, guides, narrowing };
}

const shipped = readCategories(readFileSync(file, "utf8"));

export const categories: readonly Category[] = shipped.all;
export const groups: Readonly<Record<string, Named>> = shipped.groups;
export const agencies: Readonly<Record<string, { vi: string }>> = shipped.agencies;

/** @throws when there is no such category: codes come from us, never from a resident. */
export function categoryOf(code: string): Category {
  const category = shipped.byCode.get(code);
  if (!category) throw new Error(`No category "${code}" in intents/report-categories.yml.`);
  return category;
}

export function isCategory(code: unknown): code is string {
  return typeof code === "string" && shipped.byCode.has(code);
}

/** Everything an intent may turn out to be. */
export function categoriesOf(intent: string): Category[] {
  return categories.filter(({ intents }) => intents.includes(intent));
}

/** The category an intent and the resident's words settle, or null: then `narrowingOf` has the question. */
export function settle(intent: string, text: string): string | null {
  const possible = categoriesOf(intent);
  if (possible.length === 1) return possible[0]!.code;
  const told = toldBy(text, possible);
  if (told.length === 1) return told[0]!.code;
  const how = shipped.narrowing[intent];
  if (how && "usually" in how) return told[0]?.code ?? how.usually;
  // “tui muốn báo ổ gà”: no intent of its own was heard, yet the words leave no doubt
  const [only, another] = intent === "report.other" && told.length === 0 ? toldBy(text, ORDINARY) : [];
  return only && !another ? only.code : null;
}

const toldBy = (text: string, among: readonly Category[]) =>
  among.filter(({ words }) => mentions(text, words));
const ORDINARY = categories.filter(
  ({ handling, priority }) => handling === "file" && priority !== "emergency",
);

/** The one question that tells the categories of an intent apart; null where none is needed. */
export function narrowingOf(
  intent: string,
): { asks: Named; choices: Category[]; otherwise: Category } | null {
  const how = shipped.narrowing[intent];
  if (!how || "usually" in how) return null;
  const { asks, choices, otherwise } = how;
  return { asks, choices: choices.map(categoryOf), otherwise: categoryOf(otherwise) };
}

export type Guide = keyof typeof shipped.guides;

/** A matter that must not be filed in the open, by the words that tell it; null: it may be filed. */
export function guideFor(text: string): Guide | null {
  const names = Object.keys(shipped.guides) as Guide[];
  return names.find((name) => mentions(text, shipped.guides[name])) ?? null;
}
