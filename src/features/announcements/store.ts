/** Announcements, who wants them, and what people ask about that nothing official says. */
import type { Announcement, Unit } from "../../infra/generated/client.ts";
import { nextCode } from "../../infra/codes.ts";
import type { Db, Tx } from "../../infra/db.ts";
import { foldWords } from "./likeness.ts";

export type Published = Announcement & {
  unit: Unit;
  replaces: Announcement | null;
  replaced: Announcement | null;
};
const SHOWN = { unit: true, replaces: true, replaced: true } as const;
/** What the public may see. */
const PUBLIC = { state: { in: ["published", "recalled"] } };

/** A correction nobody published yet is nobody's business outside the office. */
function publicly<Row extends Published>(notice: Row): Row {
  const isOut = notice.replaced && PUBLIC.state.in.includes(notice.replaced.state);
  return isOut ? notice : { ...notice, replaced: null };
}

export const nextAnnouncementCode = (tx: Tx, now: Date) => nextCode(tx, "TB", now);
export const searchTextOf = ({
  title,
  body,
  documentNumber,
}: Pick<Announcement, "title" | "body" | "documentNumber">) =>
  foldWords(`${documentNumber ?? ""} ${title} ${body}`);

export async function findPublished(db: Db | Tx, code: string): Promise<Published | null> {
  const found = await db.announcement.findFirst({
    where: { code: code.toUpperCase(), ...PUBLIC },
    include: SHOWN,
  });
  return found && publicly(found);
}

export interface Listing {
  topic?: string | undefined;
  wardCode?: string | undefined;
  /** Any words, bare or accented. */
  words?: string | undefined;
  skip?: number;
  take: number;
}

/** Newest first. */
export async function listPublished(db: Db | Tx, { topic, wardCode, words, skip = 0, take }: Listing) {
  const where = {
    state: "published",
    ...(topic ? { topic } : {}),
    ...(wardCode ? { OR: [{ wards: { has: wardCode } }, { wards: { isEmpty: true } }] } : {}),
    ...(words
      ? {
          AND: foldWords(words)
            .split(" ")
            .slice(0, 8)
            .map((word) => ({ searchText: { contains: word } })),
        }
      : {}),
  };
  // one after the other: a transaction has one connection
  const rows = await db.announcement.findMany({
    where,
    include: SHOWN,
    orderBy: [{ publishedAt: "desc" }, { id: "desc" }],
    skip,
    take,
  });
  const total = await db.announcement.count({ where });
  return { rows: rows.map(publicly), total };
}

/** Emergencies still in force, and their recall for a day. */
export async function openEmergencies(db: Db, now: Date): Promise<Published[]> {
  const yesterday = new Date(now.getTime() - 86_400_000);
  const rows = await db.announcement.findMany({
    where: {
      level: "emergency",
      archived: false,
      OR: [
        {
          state: "published",
          NOT: { replaced: { is: PUBLIC } },
          OR: [
            { validTo: null, publishedAt: { gt: new Date(now.getTime() - 3 * 86_400_000) } },
            { validTo: { gt: now } },
          ],
        },
        { state: "recalled", recalledAt: { gt: yesterday } },
      ],
    },
    include: SHOWN,
    orderBy: { id: "desc" },
    take: 50,
  });
  return rows.map(publicly);
}

const CANDIDATES = 60;

/** Notices that hold some of these words, by PostgreSQL's own ranking. @param words folded */
export async function candidates(tx: Db | Tx, words: string[]): Promise<Published[]> {
  const query = [...new Set(words)].slice(0, 60).join(" | ");
  if (!query) return [];
  const rows = await tx.$queryRaw<{ id: bigint }[]>`
    SELECT id FROM announcement
    WHERE state IN ('published', 'recalled') AND to_tsvector('simple', search_text) @@ to_tsquery('simple', ${query})
    ORDER BY ts_rank_cd(to_tsvector('simple', search_text), to_tsquery('simple', ${query}), 1) DESC, id DESC
    LIMIT ${CANDIDATES}`;
  const found = await tx.announcement.findMany({
    where: { id: { in: rows.map(({ id }) => id) } },
    include: SHOWN,
  });
  return found.map(publicly);
}

/** In how many notices each word stands: the measure of its weight. */
export async function frequencies(
  tx: Db | Tx,
  words: string[],
): Promise<{ counts: Map<string, number>; total: number }> {
  const [row] = await tx.$queryRaw<{ total: bigint }[]>`
    SELECT count(*) AS total FROM announcement WHERE state IN ('published', 'recalled')`;
  const rows = await tx.$queryRaw<{ word: string; count: bigint }[]>`
    SELECT word, (SELECT count(*) FROM announcement WHERE state IN ('published', 'recalled')
                    AND to_tsvector('simple', search_text) @@ plainto_tsquery('simple', word)) AS count
    FROM unnest(${[...new Set(words)]}::text[]) AS word`;
  return { counts: new Map(rows.map(({ word, count }) => [word, Number(count)])), total: Number(row!.total) };
}

// ── subscriptions ──

export interface Wish {
  topic: string;
  wardCode: string;
}

export const wishesOf = (tx: Tx, residentId: bigint): Promise<Wish[]> =>
  tx.subscription.findMany({
    where: { residentId },
    select: { topic: true, wardCode: true },
    orderBy: { id: "asc" },
  });

export async function subscribe(tx: Tx, residentId: bigint, wishes: Wish[]): Promise<void> {
  await tx.subscription.createMany({
    data: wishes.map((wish) => ({ residentId, ...wish })),
    skipDuplicates: true,
  });
}

/** Nothing named: all of it. */
export async function unsubscribe(
  tx: Tx,
  residentId: bigint,
  { topics, wards }: { topics: string[]; wards: string[] },
) {
  const { count } = await tx.subscription.deleteMany({
    where: {
      residentId,
      ...(topics.length > 0 ? { topic: { in: topics } } : {}),
      ...(wards.length > 0 ? { wardCode: { in: wards } } : {}),
    },
  });
  return count;
}
