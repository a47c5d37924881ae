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

export interface Queues {
  tasks: { task: string; waiting: number; running: number; failed: number; lag: number }[];
  /** Messages by state. */
  outbox: Record<string, number>;
  /** Accounts by status. */
  accounts: Record<string, number>;
  /** Seconds the oldest message that is due has waited. */
  outboxLag: number;
  stored: number;
  waiting: number;
  incidents: number;
  senders: number;
}

export async function readQueues(pool: pg.Pool): Promise<Queues> {
  const { rows: tasks } = await pool.query<Queues["tasks"][number]>(JOBS);
  const { rows: messages } = await pool.query<Counted>(OUTBOX);
  const { rows: accounts } = await pool.query<Counted>(ACCOUNTS);
  const { rows } = await pool.query<Omit<Queues, "tasks" | "outbox" | "accounts">>(REST);
  return { tasks, outbox: countsOf(messages), accounts: countsOf(accounts), ...rows[0]! };
}

export async function measureQueues(pool: pg.Pool): Promise<void> {
  const queues = await readQueues(pool);
  jobs.reset();
  jobLag.reset();
  for (const { task, waiting, running, failed, lag } of queues.tasks) {
    jobs.set({ task, state: "waiting" }, waiting);
    jobs.set({ task, state: "running" }, running);
    jobs.set({ task, state: "failed" }, failed);
    jobLag.set({ task }, lag);
  }
  for (const state of OUTBOX_STATES) outbox.set({ state }, queues.outbox[state] ?? 0);
  for (const status of ["needs_reauth", "stopped"])
    accountsDown.set({ status }, queues.accounts[status] ?? 0);
  outboxLag.set(queues.outboxLag);
  eventsStored.set(queues.stored);
  talksWaiting.set(queues.waiting);
  incidents.set(queues.incidents);
  senders.set(queues.senders);
}

interface Counted {
  name: string;
  count: number;
}

const countsOf = (rows: Counted[]) => Object.fromEntries(rows.map(({ name, count }) => [name, count]));

const JOBS = `
  SELECT task_identifier AS task,
    count(*) FILTER (WHERE locked_at IS NULL AND attempts < max_attempts)::int AS waiting,
    count(*) FILTER (WHERE locked_at IS NOT NULL)::int AS running,
    count(*) FILTER (WHERE locked_at IS NULL AND attempts >= max_attempts)::int AS failed,
    coalesce(extract(epoch FROM max(now() - run_at)
      FILTER (WHERE locked_at IS NULL AND attempts < max_attempts AND run_at <= now())), 0)::float8 AS lag
  FROM graphile_worker.jobs GROUP BY 1`;

const OUTBOX = `
  SELECT state AS name, count(*)::int FROM outbound_message WHERE state IN ('pending', 'sending', 'unknown') GROUP BY state
  UNION ALL SELECT 'dead', count(*)::int FROM outbound_message WHERE state = 'dead'`;

const ACCOUNTS = "SELECT status AS name, count(*)::int FROM account GROUP BY status";

// 7263: the senders' locks (src/channels/outbox.ts)
const REST = `
  SELECT
    (SELECT coalesce(extract(epoch FROM max(now() - due_at)), 0)::float8
     FROM outbound_message WHERE state = 'pending' AND due_at <= now()) AS "outboxLag",
    (SELECT count(*)::int FROM inbound_event WHERE state = 'stored' AND NOT receipt) AS stored,
    (SELECT count(*)::int FROM conversation WHERE state = 'waiting') AS waiting,
    (SELECT count(*)::int FROM incident WHERE closed_at IS NULL) AS incidents,
    (SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory' AND classid = 7263 AND objsubid = 2 AND granted
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) AS senders`;
