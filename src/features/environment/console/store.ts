/** Stations as staff keep them. */
import type { Db, Tx } from "../../../infra/db.ts";
import type { Reading, Station, StationWarning } from "../../../infra/generated/client.ts";

export interface ListedStation extends Station {
  last: Reading | null;
}

/** The stations of these units, with the last that each measured. */
export async function stationsIn(db: Db, units: string[]): Promise<ListedStation[]> {
  const rows = await db.station.findMany({
    where: { unitCode: { in: units } },
    include: { readings: { orderBy: { at: "desc" }, take: 1 } },
    orderBy: [{ kind: "asc" }, { name: "asc" }],
  });
  return rows.map(({ readings, ...station }) => ({ ...station, last: readings[0] ?? null }));
}

export interface WholeStation extends Station {
  /** Of the last three days before the newest, oldest first. */
  readings: Reading[];
  /** The newest first. */
  warnings: StationWarning[];
}

const SHOWN = 3 * 86_400_000;

export async function stationIn(db: Db | Tx, units: string[], code: string): Promise<WholeStation | null> {
  const station = await db.station.findFirst({
    where: { code, unitCode: { in: units } },
    include: {
      readings: { orderBy: { at: "desc" }, take: 1 },
      warnings: { orderBy: { at: "desc" }, take: 5 },
    },
  });
  const newest = station?.readings[0];
  if (!station || !newest) return station;
  const since = new Date(newest.at.getTime() - SHOWN);
  const readings = await db.reading.findMany({
    where: { stationCode: code, at: { gt: since } },
    orderBy: { at: "asc" },
  });
  return { ...station, readings };
}

export type StationEdit = Omit<Station, "code" | "offAt" | "sample" | "highSince">;

export async function isTaken(tx: Tx, code: string): Promise<boolean> {
  return (await tx.station.count({ where: { code } })) > 0;
}

export async function addStation(tx: Tx, code: string, edit: StationEdit): Promise<void> {
  await tx.station.create({ data: { code, ...edit } });
}

/** A bar that is another one now is waited for anew. @returns the fields that are different. */
export async function changeStation(tx: Tx, code: string, edit: StationEdit): Promise<string[]> {
  const before = await tx.station.findUniqueOrThrow({ where: { code } });
  const changed = (Object.keys(edit) as (keyof StationEdit)[]).filter(
    (field) => edit[field] !== before[field],
  );
  const isNewBar = changed.includes("warnFrom") || changed.includes("warnsLow");
  await tx.station.update({ where: { code }, data: { ...edit, ...(isNewBar ? { highSince: null } : {}) } });
  return changed;
}

export async function setStationOff(tx: Tx, code: string, at: Date | null): Promise<void> {
  await tx.station.update({ where: { code }, data: { offAt: at, ...(at ? { highSince: null } : {}) } });
}
