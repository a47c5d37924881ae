/** The procedures in force, ready to be searched: read again only when something about them has changed. */
import type { Tx } from "../../infra/db.ts";
import type { Lexicon } from "./lexicon.ts";
import { titleOf, type ClarifyGroup } from "./record.ts";
import { ProcedureSearch } from "./search.ts";
import { listProcedures, readCatalogue, revisionOf, type KeptProcedure } from "./store.ts";

export interface Shelf {
  find: ProcedureSearch["find"];
  get(code: string): KeptProcedure | undefined;
  /** The question that tells apart what these words may mean, when they are all that was said. */
  groupFor(text: string): ClarifyGroup | null;
  /** Does the text name anything, or only ask ("còn lệ phí?")? */
  namesSomething(text: string): boolean;
  size: number;
}

export type ShelfOf = (tx: Tx) => Promise<Shelf>;

export function createShelf(lexicon: Lexicon): ShelfOf {
  let kept: { revision: string; shelf: Shelf } | null = null;
  return async (tx) => {
    const revision = await revisionOf(tx);
    if (kept?.revision !== revision) kept = { revision, shelf: await fill(tx, lexicon) };
    return kept.shelf;
  };
}

async function fill(tx: Tx, { words, asked }: Lexicon): Promise<Shelf> {
  const procedures = (await listProcedures(tx)).filter(({ withdrawnAt }) => withdrawnAt === null);
  const { clarifyGroups } = await readCatalogue(tx);
  const byCode = new Map(procedures.map((procedure) => [procedure.code, procedure]));
  const groups = clarifyGroups.flatMap((group) => {
    const codes = group.codes.filter((code) => byCode.has(code));
    return codes.length > 1 ? [{ ...group, codes }] : [];
  });
  const search = new ProcedureSearch(
    procedures.map(({ code, data }) => ({
      code,
      ways: [titleOf(data), data.name.slice(0, LONGEST_NAME), ...data.aliases, ...(asked[code] ?? [])],
    })),
    words,
  );
  return {
    find: (text, limit) => search.find(text, limit),
    get: (code) => byCode.get(code),
    groupFor(text) {
      const said = words.named(text).join(" ");
      if (!said) return null;
      return (
        groups.find(({ trigger }) => trigger.some((each) => words.named(each).join(" ") === said)) ?? null
      );
    },
    namesSomething: (text) => [...words.named(text), ...words.meant(text)].some((term) => search.knows(term)),
    size: procedures.length,
  };
}

/** Some official names are paragraphs: what they say after this many signs is the law's, nobody asks for it. */
const LONGEST_NAME = 200;
