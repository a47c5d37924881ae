/** A publisher's sign of life: an advisory lock in its number, on a connection of its own. Killed, the lock goes with it. */
import type pg from "pg";
import { PUBLISHER_LOCKS } from "./store.ts";

export function createPublisherLock(pool: pg.Pool) {
  const id = Math.floor(Math.random() * 2 ** 31);
  let holding: Promise<pg.PoolClient> | null = null;

  async function take(): Promise<pg.PoolClient> {
    const client = await pool.connect();
    client.on("error", () => {
      holding = null;
      client.release(true);
    });
    await client.query("SELECT pg_advisory_lock($1, $2)", [PUBLISHER_LOCKS, id]);
    return client;
  }

  return {
    id,
    /** Before anything is claimed. */
    async held(): Promise<void> {
      holding ??= take().catch((error: unknown) => {
        holding = null;
        throw error;
      });
      await holding;
    },
    async close(): Promise<void> {
      const client = await holding;
      holding = null;
      client?.release(true); // the lock goes with the connection
    },
  };
}
