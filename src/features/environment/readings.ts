/** Every reading comes in here, pushed over HTTP or MQTT: checked, kept once, and held against the station's bar. */
import { z } from "zod";
import type { Clock } from "../../infra/clock.ts";
import type { Database, Tx } from "../../infra/db.ts";
import { reasonOf } from "../../infra/import/importer.ts";
import { readingsTaken } from "../../infra/metrics.ts";
import { keepReading, lastWarningAt, lockStation, setHighSince, type Station } from "./store.ts";
import { stepOf } from "./warning.ts";

/** A clock that runs ahead by more is wrong, ms. */
export const AHEAD = 10 * 60_000;

const shape = z.object({
  station: z.string().trim().min(1).max(60),
  at: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
  value: z.number().min(-1000).max(100_000),
});

export interface ReadingParts {
  database: Database;
  clock: Clock;
  /** Writes down, in the reading's own transaction, that people are to be warned. */
  warn(tx: Tx, station: Station, reading: { at: Date; value: number }): Promise<void>;
}

/** @returns why it was refused, or null when it is kept. */
export type TakeReading = (row: unknown, by: "http" | "mqtt") => Promise<string | null>;

export type Outcome = "kept" | "known" | { refused: string };

/** Rows of one shape, each in a transaction of its own, and counted by what came of it. */
export function takeRows<Shape extends z.ZodType>(
  database: Database,
  shape: Shape,
  keep: (tx: Tx, row: z.output<Shape>) => Promise<Outcome>,
): TakeReading {
  return async (row, by) => {
    const read = shape.safeParse(row);
    const outcome: Outcome = read.success
      ? await database.transaction((tx) => keep(tx, read.data))
      : { refused: reasonOf(read.error) };
    readingsTaken.inc({ by, outcome: typeof outcome === "string" ? outcome : "refused" });
    return typeof outcome === "string" ? null : outcome.refused;
  };
}

export function createReadings({ database, clock, warn }: ReadingParts): TakeReading {
  return takeRows(database, shape, keep);

  async function keep(tx: Tx, { station: code, at, value }: z.output<typeof shape>): Promise<Outcome> {
    const now = clock.now();
    if (at.getTime() > now.getTime() + AHEAD) return { refused: "at: lies in the future" };
    const station = await lockStation(tx, code);
    if (!station) return { refused: `station: "${code}" is not known` };
    const kept = await keepReading(tx, code, { at, value });
    if (kept === "known") return "known";
    if (kept === "newest" && !station.offAt) {
      const step = stepOf(station, { lastAt: await lastWarningAt(tx, code) }, { at, value }, now);
      if (step === "warn") await warn(tx, station, { at, value });
      if (step !== null) await setHighSince(tx, code, step === "clear" ? null : at);
    }
    return "kept";
  }
}
