/** Stations and what they measured. */
import { DateTime } from "luxon";
import { ZONE } from "../../infra/clock.ts";
import type { Db, Tx } from "../../infra/db.ts";
import type { Reading, Station, StationWarning } from "../../infra/generated/client.ts";

export type { Station, StationWarning };

export type StationKind = "salinity" | "water_level" | "rain" | "air";

export interface Measured extends Station {
  /** The last three days, oldest first. */
  readings: Reading[];
}

const SHOWN_DAYS = 3;

/** Stations of these kinds that measured something lately. */
export async function measured(tx: Db | Tx, kinds: string[], now: Date): Promise<Measured[]> {
  const since = new Date(now.getTime() - SHOWN_DAYS * 86_400_000);
  const stations = await tx.station.findMany({
    where: { kind: { in: kinds }, offAt: null },
    include: { readings: { where: { at: { gt: since, lte: now } }, orderBy: { at: "asc" } } },
    orderBy: { code: "asc" },
  });
  return stations.filter(({ readings }) => readings.length > 0);
}

// ── readings ──

/** Its readings are taken one after the other: each is held against what came before it. */
export async function lockStation(tx: Tx, code: string): Promise<Station | null> {
  await tx.$executeRaw`SELECT 1 FROM station WHERE code = ${code} FOR NO KEY UPDATE`;
  return tx.station.findUnique({ where: { code } });
}

/**
 * The same moment told again with another value replaces what was told. @returns "known" when nothing is new, "newest" when
 * no later reading is there.
 */
export async function keepReading(
  tx: Tx,
  stationCode: string,
  { at, value }: { at: Date; value: number },
): Promise<"known" | "newest" | "earlier"> {
  const known = await tx.reading.findUnique({ where: { stationCode_at: { stationCode, at } } });
  if (known?.value === value) return "known";
  await tx.reading.upsert({
    where: { stationCode_at: { stationCode, at } },
    create: { stationCode, at, value },
    update: { value },
  });
  const later = await tx.reading.findFirst({
    where: { stationCode, at: { gt: at } },
    select: { at: true },
  });
  return later ? "earlier" : "newest";
}

export async function setHighSince(tx: Tx, code: string, highSince: Date | null): Promise<void> {
  await tx.station.update({ where: { code }, data: { highSince } });
}

export async function lastWarningAt(tx: Tx, stationCode: string): Promise<Date | null> {
  const last = await tx.stationWarning.findFirst({ where: { stationCode }, orderBy: { at: "desc" } });
  return last?.at ?? null;
}

// ── warnings ──

/** The topic that stands for one station among a resident's subscriptions. */
export const topicOfStation = (code: string) => `station:${code}`;

/**
 * A warning, and a notice for everybody who follows the station or its topic: once to a person who writes to several
 * units, where they wrote last.
 * @returns its id.
 */
export async function addWarning(
  tx: Tx,
  warning: Omit<StationWarning, "id">,
  topic: string,
): Promise<bigint> {
  const { id } = await tx.stationWarning.create({ data: warning });
  await tx.$executeRaw`
    INSERT INTO station_notice (warning_id, resident_id)
    SELECT DISTINCT ON (coalesce(r.phone, 'resident ' || r.id)) ${id}::bigint, r.id
    FROM resident r JOIN conversation c ON c.resident_id = r.id
    WHERE r.withdrawn_at IS NULL AND EXISTS (
      SELECT 1 FROM subscription s
      WHERE s.resident_id = r.id AND s.topic IN ('', ${topic}, ${topicOfStation(warning.stationCode)}))
    ORDER BY coalesce(r.phone, 'resident ' || r.id), c.last_inbound_at DESC NULLS LAST, r.id`;
  return id;
}

const WHOLE = { station: true } as const;
export type WholeWarning = StationWarning & { station: Station };

export const findWarning = (db: Db | Tx, id: bigint): Promise<WholeWarning | null> =>
  db.stationWarning.findUnique({ where: { id }, include: WHOLE });

export async function toBeTold(db: Db, warningId: bigint, after: bigint, take: number): Promise<bigint[]> {
  const rows = await db.stationNotice.findMany({
    ...{ where: { warningId, toldAt: null, residentId: { gt: after } }, select: { residentId: true } },
    ...{ orderBy: { residentId: "asc" }, take },
  });
  return rows.map(({ residentId }) => residentId);
}

/** @returns false when somebody was faster: it has been told. */
export async function markTold(tx: Tx, warningId: bigint, residentId: bigint, at: Date): Promise<boolean> {
  const { count } = await tx.stationNotice.updateMany({
    where: { warningId, residentId, toldAt: null },
    data: { toldAt: at },
  });
  return count > 0;
}

/** Warnings this resident was told of since the day began. */
export const countTold = (tx: Tx, residentId: bigint, now: Date): Promise<number> =>
  tx.stationNotice.count({
    where: {
      residentId,
      toldAt: { gte: DateTime.fromJSDate(now, { zone: ZONE }).startOf("day").toJSDate() },
    },
  });

/** What still waits for this resident and is not yesterday's water. */
export async function pendingWarnings(tx: Tx, residentId: bigint, since: Date): Promise<WholeWarning[]> {
  const rows = await tx.stationNotice.findMany({
    where: { residentId, toldAt: null, warning: { at: { gt: since } } },
    include: { warning: { include: WHOLE } },
    orderBy: { warningId: "desc" },
    take: 3,
  });
  return rows.map(({ warning }) => warning);
}

// ── following one station ──

export async function followStation(tx: Tx, residentId: bigint, code: string): Promise<void> {
  await tx.subscription.createMany({
    data: [{ residentId, topic: topicOfStation(code) }],
    skipDuplicates: true,
  });
}

export async function unfollowStation(tx: Tx, residentId: bigint, code: string): Promise<void> {
  await tx.subscription.deleteMany({ where: { residentId, topic: topicOfStation(code) } });
}

export async function followedStations(tx: Tx, residentId: bigint): Promise<string[]> {
  const rows = await tx.subscription.findMany({
    where: { residentId, topic: { startsWith: topicOfStation("") } },
    select: { topic: true },
  });
  return rows.map(({ topic }) => topic.slice(topicOfStation("").length));
}

/** "station:MAN-AN-THUAN" → "Trạm An Thuận", for who lists what somebody follows. */
export async function stationNames(tx: Db | Tx, topics: string[]): Promise<Map<string, string>> {
  const prefix = topicOfStation("");
  const codes = topics.flatMap((topic) => (topic.startsWith(prefix) ? [topic.slice(prefix.length)] : []));
  if (codes.length === 0) return new Map();
  const rows = await tx.station.findMany({
    where: { code: { in: codes } },
    select: { code: true, name: true },
  });
  return new Map(rows.map(({ code, name }) => [topicOfStation(code), name]));
}

export const findStation = (tx: Db | Tx, code: string): Promise<Station | null> =>
  tx.station.findUnique({ where: { code } });
