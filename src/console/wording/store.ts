/** The versions of what the office words itself. A version is never changed: a new one is written after it. */
import type { Rewordings, Sentence } from "../../dialogue/wording.ts";
import type { Language } from "../../dialogue/types.ts";
import type { Db, Tx } from "../../infra/db.ts";

export interface WordingVersion {
  language: Language;
  version: number;
  /** null: back to what was shipped. */
  text: string | null;
  at: Date;
  who: string | null;
}

/** The last version of each sentence, without those that went back to what was shipped. */
export async function currentRewordings(db: Db): Promise<Rewordings> {
  const rows = await db.$queryRaw<{ key: string; language: Language; text: string | null }[]>`
    SELECT DISTINCT ON (key, language) key, language, text FROM wording_version
    ORDER BY key, language, version DESC`;
  const all = new Map<string, Partial<Sentence>>();
  for (const { key, language, text } of rows) {
    if (text !== null) all.set(key, { ...all.get(key), [language]: text });
  }
  return all;
}

/** Grows with every version written: what another process looks at to learn that something changed. */
export async function latestChange(db: Db): Promise<number> {
  const { _max } = await db.wordingVersion.aggregate({ _max: { id: true } });
  return _max.id ?? 0;
}

/** Newest first. */
export async function historyOf(db: Db, key: string): Promise<WordingVersion[]> {
  const rows = await db.wordingVersion.findMany({
    where: { key },
    orderBy: { id: "desc" },
    take: 200,
    include: { staff: { select: { name: true, email: true } } },
  });
  return rows.map(({ language, version, text, at, staff }) => ({
    ...{ language: language as Language, version, text, at },
    who: staff ? staff.name || staff.email : null,
  }));
}

/**
 * Writes the version after the one that was seen.
 * @param seen the version on the screen of who writes; 0: none yet.
 * @returns the version written, or null when somebody else wrote meanwhile.
 */
export async function writeVersion(
  tx: Tx,
  staffId: number,
  sentence: { key: string; language: Language; text: string | null },
  seen: number,
): Promise<number | null> {
  const version = seen + 1;
  const { key, language } = sentence;
  const last = await tx.wordingVersion.aggregate({ where: { key, language }, _max: { version: true } });
  if ((last._max.version ?? 0) !== seen) return null;
  const { count } = await tx.wordingVersion.createMany({
    data: [{ ...sentence, version, staffId }],
    skipDuplicates: true, // two at the very same moment: the second finds it taken
  });
  return count === 1 ? version : null;
}
