import express from "express";
import pg from "pg";
import request from "supertest";
import { createTestAccount } from "./channels/testing.ts";
import { enqueue, prepareJobs } from "./infra/jobs.ts";
import { useTestDatabase } from "./infra/testing/database.ts";
import { operations, type Check } from "./operations.ts";

const database = useTestDatabase();
beforeAll(() => prepareJobs(database.pool));

const ask = (path: string, checks: Record<string, Check> = {}, pool = database.pool) =>
  request(express().use(operations(pool, checks))).get(path);

test("ready when every part is", async () => {
  const { status, body } = await ask("/readyz", { process: () => "ok" });
  expect([status, body]).toEqual([200, { status: "ready", parts: { database: "ok", process: "ok" } }]);
});

test("not ready: it says which part, and why", async () => {
  const { status, body } = await ask("/readyz", { sender: () => "has not gone its round for 40 s" });
  expect(status).toBe(503);
  expect(body).toMatchObject({
    status: "not ready",
    parts: { database: "ok", sender: "has not gone its round for 40 s" },
  });
});

test("without its database it is alive but not ready, and its metrics are still told", async () => {
  const pool = new pg.Pool({ connectionString: "postgresql://nobody@127.0.0.1:9/none" });
  expect((await ask("/healthz", {}, pool)).status).toBe(200);
  const { status, body } = (await ask("/readyz", {}, pool)) as { status: number; body: { parts: object } };
  expect([status, body.parts]).toEqual([503, { database: expect.stringMatching(/ECONNREFUSED/) as string }]);
  expect((await ask("/metrics", {}, pool)).text).toMatch(/^gateway_events_accepted_minus_stored 0$/m);
  await pool.end();
});

test("metrics tell how long the queues are and how late", async () => {
  const { account } = await createTestAccount(database);
  const message = { accountId: account.id, recipient: { user: "1" }, author: "bot", content: { text: "dạ" } };
  await database.db.outboundMessage.createMany({
    data: [
      { ...message, dueAt: new Date(Date.now() - 60_000) },
      { ...message, state: "dead" },
    ],
  });
  await enqueue(database.db, "conversation.drain", { id: "1" }, { runAt: new Date(Date.now() - 30_000) });
  await database.db.incident.create({ data: { kind: "needs_reauth", message: "…" } });
  const { text } = await ask("/metrics");
  const value = (name: string) =>
    Number(
      text
        .split("\n")
        .find((line) => line.startsWith(`${name} `))
        ?.split(" ")[1],
    );
  expect(value('gateway_outbox_messages{state="pending"}')).toBe(1);
  expect(value('gateway_outbox_messages{state="dead"}')).toBe(1);
  expect(value('gateway_outbox_messages{state="unknown"}')).toBe(0);
  expect(value("gateway_outbox_lag_seconds")).toBeGreaterThan(59);
  expect(value('gateway_jobs{task="conversation.drain",state="waiting"}')).toBe(1);
  expect(value('gateway_job_lag_seconds{task="conversation.drain"}')).toBeGreaterThan(29);
  expect(value("gateway_incidents_open")).toBe(1);
  expect(value("gateway_senders_alive")).toBe(0);
});
