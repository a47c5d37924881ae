/**
 * A lamp tells of itself over the roads readings come by: `{"lamp":"NH-012","at":"…","state":"ok"}` or `"fault"`. What it
 * means for reports of that lamp is told to whoever keeps them, in the same transaction.
 */
import { z } from "zod";
import type { Clock } from "../../../infra/clock.ts";
import type { Database, Tx } from "../../../infra/db.ts";
import { AHEAD, takeRows, type Outcome, type TakeReading } from "../readings.ts";
import { keepLampState, lockLamp } from "./store.ts";

const shape = z.object({
  lamp: z.string().trim().toUpperCase().min(1).max(60),
  at: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
  state: z.enum(["ok", "fault"]),
});

export interface LampParts {
  database: Database;
  clock: Clock;
  /** It tells that it works: since when, and when it told so. */
  lampWorks(tx: Tx, told: { lampPole: string; since: Date; at: Date }): Promise<void>;
  /** It tells that it is out. */
  lampFails(tx: Tx, lampPole: string, at: Date): Promise<void>;
}

/** Has a state and no value: a lamp. By MQTT its topic may name it, as it does a station. */
export const isOfLamp = (row: unknown): row is { lamp?: unknown; station?: unknown } =>
  typeof row === "object" && row !== null && ("lamp" in row || ("state" in row && !("value" in row)));

export function createLamps({ database, clock, lampWorks, lampFails }: LampParts): TakeReading {
  const take = takeRows(database, shape, keep);
  return (row, by) => take(isOfLamp(row) ? { lamp: row.station, ...row } : row, by);

  async function keep(tx: Tx, { lamp: code, at, state }: z.output<typeof shape>): Promise<Outcome> {
    if (at.getTime() > clock.now().getTime() + AHEAD) return { refused: "at: lies in the future" };
    const lamp = await lockLamp(tx, code);
    if (!lamp) return { refused: `lamp: "${code}" is not known` };
    if (lamp.toldAt && lamp.toldAt >= at) return "known"; // told again, or late: the newer word holds
    const since = lamp.state === state && lamp.since ? lamp.since : at;
    await keepLampState(tx, code, { state, since, toldAt: at });
    if (state === "ok") await lampWorks(tx, { lampPole: code, since, at });
    else await lampFails(tx, code, at);
    return "kept";
  }
}
