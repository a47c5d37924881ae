/** Stations and what they measured. */
import type { Reading, Station } from "../../infra/generated/client.ts";
import type { Db, Tx } from "../../infra/db.ts";

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
    where: { kind: { in: kinds } },
    include: { readings: { where: { at: { gt: since, lte: now } }, orderBy: { at: "asc" } } },
    orderBy: { code: "asc" },
  });
  return stations.filter(({ readings }) => readings.length > 0);
}

export interface NewReading {
  station: string;
  at: Date;
  value: number;
}

/** The same moment told again replaces what was told. @returns false for a station nobody has heard of. */
export async function keepReading(tx: Tx, { station, at, value }: NewReading): Promise<boolean> {
  if ((await tx.station.count({ where: { code: station } })) === 0) return false;
  await tx.reading.upsert({
    where: { stationCode_at: { stationCode: station, at } },
    create: { stationCode: station, at, value },
    update: { value },
  });
  return true;
}
