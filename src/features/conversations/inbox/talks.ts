/** Reading talks for staff: the list, and one of them. Only of the units a person may see. */
import type { Channel, ChannelName } from "../../../channels/channel.ts";
import { readSettings } from "../../../channels/accounts.ts";
import type { AccountSettings, AttachmentType } from "../../../channels/channel.ts";
import type { CountsFor } from "./live.ts";
import { isSkill } from "../../../console/skills.ts";
import { Prisma, type Tx } from "../../../infra/db.ts";
import { foldDiacritics, hasDiacritics } from "../../../language/index.ts";

export const TABS = ["waiting", "mine", "mentions", "held", "bot", "closed"] as const;
export type Tab = (typeof TABS)[number];

export interface TalkFilter {
  tab: Tab;
  unit: string;
  channel: string;
  label: string;
  /** One of console/skills.ts; "mine": what the person knows about, and what anybody may take. */
  skill: string;
  words: string;
}

/** One line of the list. */
export interface TalkRow {
  id: bigint;
  state: "bot" | "waiting" | "staff" | "closed";
  waitingSince: Date | null;
  waitingReason: string | null;
  staffId: number | null;
  staffName: string | null;
  updatedAt: Date;
  lastInboundAt: Date | null;
  /** As they told us, or "Người dân" and the end of their number at the platform. */
  residentName: string;
  /** Known by name. */
  isNamed: boolean;
  channel: ChannelName;
  accountName: string;
  unitCode: string;
  unitName: string;
  skill: string | null;
  labels: string[];
  unread: number;
  /** The last thing said, and by whom. */
  preview: string;
  /** It was no words but one of these. */
  attached: AttachmentType | null;
  isOurs: boolean;
}

interface StoredRow extends Omit<TalkRow, "preview" | "attached" | "isOurs" | "unread" | "isNamed"> {
  unread: bigint;
  raw: unknown;
  heardAt: Date | null;
  said: string | null;
  saidAt: Date | null;
}

type Channels = Record<ChannelName, Channel>;

const WAITING = Prisma.sql`(c.state = 'waiting' OR (c.state = 'bot' AND c.waiting_since IS NOT NULL))`;

export async function findTalks(
  db: Tx,
  channels: Channels,
  staff: { id: number; units: string[]; skills: string[] },
  filter: TalkFilter,
  limit = 100,
): Promise<TalkRow[]> {
  const tab: Record<Tab, Prisma.Sql> = {
    waiting: WAITING,
    mine: Prisma.sql`c.state = 'staff' AND c.staff_id = ${staff.id}`,
    mentions: Prisma.sql`EXISTS (SELECT 1 FROM talk_mention m WHERE m.conversation_id = c.id AND m.staff_id = ${staff.id})`,
    held: Prisma.sql`c.state = 'staff' AND c.staff_id IS DISTINCT FROM ${staff.id}`,
    bot: Prisma.sql`c.state = 'bot' AND c.waiting_since IS NULL`,
    closed: Prisma.sql`c.state = 'closed'`,
  };
  const conditions = [
    // searching looks everywhere
    filter.words ? matching(filter.words) : tab[filter.tab],
    Prisma.sql`a.unit_code = ANY(${staff.units})`,
    ...(filter.unit ? [Prisma.sql`a.unit_code = ${filter.unit}`] : []),
    ...(filter.channel ? [Prisma.sql`a.channel = ${filter.channel}`] : []),
    ...(filter.label
      ? [
          Prisma.sql`EXISTS (SELECT 1 FROM talk_label l WHERE l.conversation_id = c.id AND l.label = ${filter.label})`,
        ]
      : []),
  ];
  if (filter.skill === "mine" && staff.skills.length > 0)
    conditions.push(Prisma.sql`(c.skill IS NULL OR c.skill = ANY(${staff.skills}))`);
  else if (isSkill(filter.skill)) conditions.push(Prisma.sql`c.skill = ${filter.skill}`);
  const order =
    filter.tab === "waiting" && !filter.words
      ? Prisma.sql`(c.waiting_reason = 'emergency') DESC NULLS LAST, c.waiting_since, c.id`
      : Prisma.sql`c.updated_at DESC, c.id DESC`;
  return read(
    db,
    channels,
    Prisma.sql`WHERE ${Prisma.join(conditions, " AND ")} ORDER BY ${order} LIMIT ${limit}`,
  );
}

/** The lines of these talks, whosever they are: the live list sends each only to who may see it. */
export const findTalksById = (db: Tx, channels: Channels, ids: bigint[]) =>
  read(db, channels, Prisma.sql`WHERE c.id = ANY(${ids})`);

async function read(db: Tx, channels: Channels, rest: Prisma.Sql): Promise<TalkRow[]> {
  const rows = await db.$queryRaw<StoredRow[]>`
    SELECT c.id, c.state, c.waiting_since AS "waitingSince", c.waiting_reason AS "waitingReason",
           c.staff_id AS "staffId", coalesce(nullif(s.name, ''), s.email) AS "staffName", c.updated_at AS "updatedAt",
           c.last_inbound_at AS "lastInboundAt", coalesce(nullif(r.display_name, ''), 'Người dân …' || right(r.external_id, 4)) AS "residentName",
           a.channel, a.name AS "accountName",
           a.unit_code AS "unitCode", u.name AS "unitName", c.skill,
           ARRAY(SELECT l.label FROM talk_label l WHERE l.conversation_id = c.id ORDER BY l.label) AS labels,
           CASE WHEN c.state IN ('waiting', 'staff') OR c.waiting_since IS NOT NULL THEN
             (SELECT count(*) FROM inbound_event e WHERE e.conversation_id = c.id
                AND e.kind IN ('message', 'postback') AND e.received_at > coalesce(c.read_at, '-infinity'))
           ELSE 0 END AS unread,
           heard.raw, heard.received_at AS "heardAt", said.text AS said, said.created_at AS "saidAt"
    FROM conversation c
    JOIN resident r ON r.id = c.resident_id
    JOIN account a ON a.id = r.account_id
    JOIN unit u ON u.code = a.unit_code
    LEFT JOIN staff s ON s.id = c.staff_id
    LEFT JOIN LATERAL (
      SELECT e.raw, e.received_at FROM inbound_event e
      WHERE e.conversation_id = c.id AND e.kind IN ('message', 'postback', 'echo') AND NOT e.receipt
      ORDER BY e.occurred_at DESC LIMIT 1) heard ON true
    LEFT JOIN LATERAL (
      SELECT m.content ->> 'text' AS text, m.created_at FROM outbound_message m
      WHERE m.conversation_id = c.id ORDER BY m.id DESC LIMIT 1) said ON true
    ${rest}`;
  return rows.map(({ raw, heardAt, said, saidAt, unread, ...row }) => {
    // of who waits, their own words matter, not our promise
    const isWaiting = row.waitingSince !== null && heardAt !== null;
    const isOurs = saidAt !== null && !isWaiting && (heardAt === null || saidAt > heardAt);
    const { text, attached } = isOurs
      ? { text: said ?? "", attached: null }
      : heard(channels[row.channel], raw);
    const isNamed = !row.residentName.startsWith("Người dân …");
    return {
      ...row,
      isNamed,
      unread: Number(unread),
      isOurs,
      preview: text.replace(/\s+/g, " ").slice(0, 160),
      attached,
    };
  });
}

function heard(channel: Channel, raw: unknown): { text: string; attached: AttachmentType | null } {
  const event = raw ? channel.parse(raw) : null;
  if (event?.kind === "postback") return { text: event.title, attached: null };
  if (event?.kind !== "message" && event?.kind !== "echo") return { text: "", attached: null };
  return { text: event.text, attached: event.text ? null : (event.attachments[0]?.type ?? null) };
}

/** In names, phones, labels, notes and messages; every word, the last as far as it is typed. */
function matching(words: string): Prisma.Sql {
  const text = words.trim().slice(0, 100);
  const bare = `%${foldDiacritics(text).replace(/[\\%_]/g, "\\$&")}%`;
  const exact = `%${text
    .normalize("NFD")
    .toLowerCase()
    .replace(/[\\%_]/g, "\\$&")}%`;
  const lexemes = foldDiacritics(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  const query = lexemes.map((word) => `${word}:*`).join(" & ");
  const isAccented = hasDiacritics(text);
  // taken apart into letter and mark, so that lower() needs no locale
  const asTyped = (column: Prisma.Sql) =>
    isAccented
      ? Prisma.sql`AND lower(translate(normalize(${column}, NFD), 'Đ', 'đ')) LIKE ${exact}`
      : Prisma.empty;
  const digits = text.replace(/[^\d]/g, "");
  return Prisma.sql`(
    (bare(r.display_name) LIKE ${bare} ${asTyped(Prisma.sql`r.display_name`)})
    OR (${digits.length >= 4} AND r.phone LIKE ${`%${digits}%`})
    OR EXISTS (SELECT 1 FROM talk_label l WHERE l.conversation_id = c.id AND bare(l.label) LIKE ${bare})
    OR EXISTS (SELECT 1 FROM talk_note n WHERE n.conversation_id = c.id AND bare(n.text) LIKE ${bare})
    OR (${query} <> '' AND c.id IN (
      SELECT e.conversation_id FROM inbound_event e
      WHERE e.kind = 'message'
        AND to_tsvector('simple'::regconfig, bare(heard_words(e.raw))) @@ to_tsquery('simple', ${query})
        ${asTyped(Prisma.sql`heard_words(e.raw)`)}
      ORDER BY e.id DESC LIMIT 2000)))`;
}

export interface Talk extends TalkRow {
  residentId: bigint;
  residentExternalId: string;
  phone: string | null;
  address: string | null;
  language: string;
  firstSeen: Date;
  accountId: number;
  settings: AccountSettings;
  dialogue: unknown;
}

/** @returns null when there is none, or it is another unit's. */
export async function findTalk(
  db: Tx,
  channels: Channels,
  units: string[],
  id: bigint,
): Promise<Talk | null> {
  const stored = await db.conversation.findFirst({
    where: { id, resident: { account: { unitCode: { in: units } } } },
    include: { resident: { include: { account: true } } },
  });
  const [row] = stored ? await findTalksById(db, channels, [id]) : [];
  if (!stored || !row) return null;
  const { resident } = stored;
  return {
    ...row,
    ...{ residentId: resident.id, residentExternalId: resident.externalId, phone: resident.phone },
    ...{ address: resident.address, language: resident.language, firstSeen: resident.createdAt },
    ...{ accountId: resident.accountId, settings: readSettings(resident.account.settings) },
    dialogue: stored.dialogue,
  };
}

/** How many stand in each tab. */
export async function countTabs(
  db: Tx,
  staff: { id: number; units: string[] },
): Promise<Record<Tab, number>> {
  const [row] = await db.$queryRaw<Record<"waiting" | "mine" | "held" | "mentions", bigint>[]>`
    SELECT (SELECT count(DISTINCT m.conversation_id) FROM talk_mention m WHERE m.staff_id = ${staff.id} AND m.seen_at IS NULL) AS mentions,
           count(*) FILTER (WHERE ${WAITING}) AS waiting,
           count(*) FILTER (WHERE c.state = 'staff' AND c.staff_id = ${staff.id}) AS mine,
           count(*) FILTER (WHERE c.state = 'staff' AND c.staff_id IS DISTINCT FROM ${staff.id}) AS held
    FROM conversation c JOIN resident r ON r.id = c.resident_id JOIN account a ON a.id = r.account_id
    WHERE (c.state IN ('waiting', 'staff') OR c.waiting_since IS NOT NULL) AND a.unit_code = ANY(${staff.units})`;
  const { waiting = 0n, mine = 0n, held = 0n, mentions = 0n } = row ?? {};
  return {
    ...{ waiting: Number(waiting), mine: Number(mine), held: Number(held), mentions: Number(mentions) },
    ...{ bot: 0, closed: 0 },
  };
}

/** The same figures for everybody in two questions, however many look on. */
export async function countForAll(db: Tx): Promise<CountsFor> {
  const talks = await db.$queryRaw<
    { unit: string; isWaiting: boolean; staffId: number | null; count: number }[]
  >`
    SELECT a.unit_code AS unit, ${WAITING} AS "isWaiting", c.staff_id AS "staffId", count(*)::int AS count
    FROM conversation c JOIN resident r ON r.id = c.resident_id JOIN account a ON a.id = r.account_id
    WHERE c.state IN ('waiting', 'staff') OR c.waiting_since IS NOT NULL GROUP BY 1, 2, 3`;
  const calls = await db.$queryRaw<{ staffId: number; count: number }[]>`
    SELECT staff_id AS "staffId", count(DISTINCT conversation_id)::int AS count
    FROM talk_mention WHERE seen_at IS NULL GROUP BY 1`;
  const mentions = new Map(calls.map(({ staffId, count }) => [staffId, count]));
  return (staffId, units) => {
    const counts = { waiting: 0, mine: 0, held: 0, mentions: mentions.get(staffId) ?? 0 };
    for (const talk of talks) {
      if (!units.has(talk.unit)) continue;
      counts[talk.isWaiting ? "waiting" : talk.staffId === staffId ? "mine" : "held"] += talk.count;
    }
    return counts;
  };
}

export const markRead = async (db: Tx, id: bigint, at: Date) =>
  db.$executeRaw`UPDATE conversation SET read_at = ${at} WHERE id = ${id} AND (read_at IS NULL OR EXISTS (
    SELECT 1 FROM inbound_event e WHERE e.conversation_id = ${id} AND e.received_at > conversation.read_at))`;

export async function labelsInUse(db: Tx, units: string[]): Promise<string[]> {
  const rows = await db.$queryRaw<{ label: string }[]>`
    SELECT DISTINCT l.label FROM talk_label l JOIN conversation c ON c.id = l.conversation_id
    JOIN resident r ON r.id = c.resident_id JOIN account a ON a.id = r.account_id
    WHERE a.unit_code = ANY(${units}) ORDER BY l.label LIMIT 200`;
  return rows.map(({ label }) => label);
}
