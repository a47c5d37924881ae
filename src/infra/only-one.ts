/** Work that one process at a time does, of however many there are: whoever holds the lock in the database. */
import type pg from "pg";
import { log } from "./log.ts";

/** A process that died is followed by another within this, ms. */
const TRIES_EVERY = 5_000;

/**
 * Starts the work once no other process does it, and stops it when the lock is lost with its connection.
 * @param name the same in every process
 * @param start begins the work; @returns what ends it
 */
export function onlyOne(
  pool: pg.Pool,
  name: string,
  start: () => { close(): Promise<void> },
  triesEvery = TRIES_EVERY,
): { close(): Promise<void> } {
  let isClosed = false;
  let holding: { client: pg.PoolClient; work: { close(): Promise<void> } } | null = null;
  let trying: Promise<void> | null = null;

  async function tryOnce(): Promise<void> {
    if (holding || isClosed) return;
    const client = await pool.connect();
    try {
      const { rows } = await client.query<{ held: boolean }>(
        "SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS held",
        [name],
      );
      if (!rows[0]!.held || isClosed) return client.release(isClosed);
    } catch (error) {
      client.release(true);
      throw error;
    }
    const work = start();
    holding = { client, work };
    client.once("error", () => {
      holding = null;
      client.release(true);
      void work.close();
    });
  }

  const attempt = () => {
    trying ??= tryOnce()
      .catch((error: Error) => log.warn({ err: error, work: name }, "could not ask whether another does it"))
      .finally(() => (trying = null));
  };
  attempt();
  const timer = setInterval(attempt, triesEvery).unref();
  return {
    async close() {
      isClosed = true;
      clearInterval(timer);
      await trying;
      await holding?.work.close();
      holding?.client.release(true); // the lock goes with the connection
    },
  };
}

/** Waits until no other process does it, then does it. @param name the same in every process */
export async function inTurn<Result>(
  pool: pg.Pool,
  name: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  try {
    await client.query("SELECT pg_advisory_lock(hashtextextended($1, 0))", [name]);
    return await work();
  } finally {
    client.release(true); // the lock goes with the connection
  }
}
