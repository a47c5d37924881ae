/**
 * The jobs of a worker that was killed. graphile-worker gives them back after four hours; here every worker holds an
 * advisory lock in its name while it lives, and what is held in a name without a lock is given back in seconds.
 */
import type { WorkerEvents } from "graphile-worker";
import type pg from "pg";
import { log } from "./log.ts";

/** Advisory locks of workers: this class, the hash of their name. */
const WORKER_LOCKS = 7265;
const LOOK_EVERY = 2000;
/** A worker's lock may come a moment after its first job, s. */
const GRACE = 5;

/** @param events where the runner tells of the workers it makes. */
export function rescueJobs(pool: pg.Pool, events: WorkerEvents) {
  const names: string[] = [];
  let holder: pg.PoolClient | null = null;
  let looking = Promise.resolve();
  events.on("worker:create", ({ worker }) => void names.push(worker.workerId));

  async function look() {
    try {
      await holdNames();
      await pool.query({ name: "rescue-jobs", text: RESCUE, values: [WORKER_LOCKS, GRACE] });
    } catch (error) {
      log.warn({ err: error as Error }, "could not look for jobs of killed workers; trying again");
    }
  }

  /** On a connection of its own, taken anew when it was lost. */
  async function holdNames() {
    if (holder) return;
    const client = await pool.connect();
    client.on("error", () => {
      if (holder !== client) return;
      holder = null;
      client.release(true);
    });
    holder = client;
    await client.query("SELECT pg_advisory_lock_shared($1, hashtext(name)) FROM unnest($2::text[]) AS name", [
      WORKER_LOCKS,
      names,
    ]);
  }

  const timer = setInterval(() => void (looking = looking.then(look)), LOOK_EVERY);
  return {
    start: () => (looking = looking.then(look)),
    async stop() {
      clearInterval(timer);
      await looking;
      holder?.release(true); // its locks go with it
      holder = null;
    },
  };
}

const RESCUE = `
  WITH dead AS (
    SELECT DISTINCT locked_by FROM graphile_worker.jobs
    WHERE locked_at < now() - make_interval(secs => $2) AND NOT EXISTS (
      SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND classid = $1::int AND objsubid = 2 AND granted
        AND objid = hashtext(locked_by)::oid
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
  )
  SELECT graphile_worker.force_unlock_workers(array_agg(locked_by)) FROM dead HAVING count(*) > 0`;
