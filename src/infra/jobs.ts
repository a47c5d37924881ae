/**
 * Jobs in the same PostgreSQL (graphile-worker): a job is added in the transaction that makes it due, so
 * it exists exactly when its reason does. A task carries ids only and is harmless if run twice.
 */
import { EventEmitter } from "node:events";
import {
  Logger as GraphileLogger,
  run,
  runMigrations,
  type TaskList,
  type WorkerEvents,
} from "graphile-worker";
import type pg from "pg";
import type { Tx } from "./db.ts";
import { rescueJobs } from "./job-rescue.ts";
import { log } from "./log.ts";

/** What a feature or a channel contributes: its tasks, and when the clock starts some of them. */
export interface JobSet {
  tasks: Record<string, (payload: never) => Promise<unknown>>;
  /** Lines of a crontab in UTC: "*\/5 * * * * accounts:refresh"; a name in it has no dot. */
  crontab?: string[];
}

export interface JobOptions {
  /** One waiting job per key; adding it again replaces what waits. */
  key?: string;
  runAt?: Date;
  maxAttempts?: number;
  /** Smaller runs earlier; 0 by default. */
  priority?: number;
}

export async function enqueue(
  tx: Tx,
  task: string,
  payload: object,
  options: JobOptions = {},
): Promise<void> {
  await tx.$executeRaw`
    SELECT graphile_worker.add_job(${task}, ${JSON.stringify(payload)}::json,
      run_at := ${options.runAt ?? null}::timestamptz, max_attempts := ${options.maxAttempts ?? 25}::int,
      job_key := ${options.key ?? null}, priority := ${options.priority ?? 0}::int)`;
}

export async function prepareJobs(pool: pg.Pool): Promise<void> {
  await runMigrations({ pgPool: pool, logger: quietLogger() });
}

/** Runs what is due until it is stopped; then it finishes what is under way. */
export async function startJobs(
  pool: pg.Pool,
  sets: JobSet[],
  concurrency: number,
): Promise<{ stop(): Promise<void> }> {
  const events: WorkerEvents = new EventEmitter();
  const rescue = rescueJobs(pool, events);
  const runner = await run({
    pgPool: pool,
    concurrency,
    events,
    noHandleSignals: true,
    pollInterval: 1000,
    taskList: Object.assign({}, ...sets.map((set) => set.tasks)) as TaskList,
    crontab: sets.flatMap((set) => set.crontab ?? []).join("\n"),
    logger: quietLogger(),
  });
  await rescue.start();
  return {
    async stop() {
      await runner.stop();
      await rescue.stop();
    },
  };
}

/** The library's own log: its failures with the task's name and id, never its payload. */
function quietLogger() {
  return new GraphileLogger((scope) => (level: string, message) => {
    if (level === "error") log.error({ task: scope.taskIdentifier, job: scope.jobId }, message);
    if (level === "warning") log.warn({ task: scope.taskIdentifier, job: scope.jobId }, message);
  });
}
