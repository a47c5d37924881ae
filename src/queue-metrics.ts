/** How long the queues are and how late, read from the database when somebody asks. */
import type pg from "pg";
import { Gauge } from "prom-client";
import { registry } from "./infra/metrics.ts";

const gauge = (name: string, help: string, labelNames: string[] = []) =>
  new Gauge({ name, help, labelNames, registers: [registry] });

const jobs = gauge("gateway_jobs", "Jobs by task and state: waiting, running, failed for good", [
  "task",
  "state",
]);
const jobLag = gauge("gateway_job_lag_seconds", "How long the oldest job that is due has waited", ["task"]);
const outbox = gauge("gateway_outbox_messages", "Messages not sent yet, and those a person must look at", [
  "state",
]);
const outboxLag = gauge("gateway_outbox_lag_seconds", "How long the oldest message that is due has waited");
const eventsStored = gauge("gateway_inbox_events_waiting", "Stored events whose turn has not been taken");
const talksWaiting = gauge("gateway_talks_waiting", "Talks that wait for a person");
const accountsDown = gauge("gateway_accounts_down", "Accounts that cannot send", ["status"]);
const incidents = gauge("gateway_incidents_open", "Open incidents");
const senders = gauge("gateway_senders_alive", "Worker processes that send");

/** A state that has none must read 0, not vanish. */
const OUTBOX_STATES = ["pending", "sending", "unknown", "dead"];

export async function measureQueues(pool: pg.Pool): Promise<void> {
  const { rows: tasks } = await pool.query<JobRow>(JOBS);
  jobs.reset();
  jobLag.reset();
  for (const { task, waiting, running, failed, lag } of tasks) {
    jobs.set({ task, state: "waiting" }, waiting);
    jobs.set({ task, state: "running" }, running);
    jobs.set({ task, state: "failed" }, failed);
    jobLag.set({ task }, lag);
  }
  const { rows: messages } = await pool.query<{ state: string; count: number }>(OUTBOX);
  for (const state of OUTBOX_STATES) {
    outbox.set({ state }, messages.find((row) => row.state === state)?.count ?? 0);
  }
  const { rows: down } = await pool.query<{ status: string; count: number }>(ACCOUNTS);
  for (const status of ["needs_reauth", "stopped"]) {
    accountsDown.set({ status }, down.find((row) => row.status === status)?.count ?? 0);
  }
  const [rest] = (await pool.query<Rest>(REST)).rows;
  outboxLag.set(rest!.lag);
  eventsStored.set(rest!.stored);
  talksWaiting.set(rest!.waiting);
  incidents.set(rest!.incidents);
  senders.set(rest!.senders);
}

interface JobRow {
  task: string;
  waiting: number;
  running: number;
  failed: number;
  lag: number;
}

interface Rest {
  lag: number;
  stored: number;
  waiting: number;
  incidents: number;
  senders: number;
}

const JOBS = `
  SELECT task_identifier AS task,
    count(*) FILTER (WHERE locked_at IS NULL AND attempts < max_attempts)::int AS waiting,
    count(*) FILTER (WHERE locked_at IS NOT NULL)::int AS running,
    count(*) FILTER (WHERE locked_at IS NULL AND attempts >= max_attempts)::int AS failed,
    coalesce(extract(epoch FROM max(now() - run_at)
      FILTER (WHERE locked_at IS NULL AND attempts < max_attempts AND run_at <= now())), 0)::float8 AS lag
  FROM graphile_worker.jobs GROUP BY 1`;

const OUTBOX = `
  SELECT state, count(*)::int FROM outbound_message WHERE state IN ('pending', 'sending', 'unknown') GROUP BY state
  UNION ALL SELECT 'dead', count(*)::int FROM outbound_message WHERE state = 'dead'`;

const ACCOUNTS = "SELECT status, count(*)::int FROM account GROUP BY status";

// 7263: the senders' locks (src/channels/outbox.ts)
const REST = `
  SELECT
    (SELECT coalesce(extract(epoch FROM max(now() - due_at)), 0)::float8
     FROM outbound_message WHERE state = 'pending' AND due_at <= now()) AS lag,
    (SELECT count(*)::int FROM inbound_event WHERE state = 'stored' AND NOT receipt) AS stored,
    (SELECT count(*)::int FROM conversation WHERE state = 'waiting') AS waiting,
    (SELECT count(*)::int FROM incident WHERE closed_at IS NULL) AS incidents,
    (SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory' AND classid = 7263 AND objsubid = 2 AND granted
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) AS senders`;
