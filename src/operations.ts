/** What a supervisor and a monitoring system ask: alive, ready, and how much of everything. */
import { Router } from "express";
import type pg from "pg";
import { log } from "./infra/log.ts";
import { registry } from "./infra/metrics.ts";
import { measureQueues } from "./queue-metrics.ts";

/** A database that takes longer than this to answer is not ready, ms. */
const PATIENCE = 3000;

/** Why a part is not ready, or "ok". */
export type Check = () => Promise<string> | string;

/** @param checks the parts of this process besides the database, by name. */
export function operations(pool: pg.Pool, checks: Record<string, Check>): Router {
  const router = Router();
  router.get("/healthz", (_, response) => {
    response.json({ status: "ok" });
  });
  router.get("/readyz", async (_, response) => {
    const parts = { database: () => checkDatabase(pool), ...checks };
    const answers = await Promise.all(
      Object.entries(parts).map(async ([name, check]) => [name, await check()] as const),
    );
    const isReady = answers.every(([, answer]) => answer === "ok");
    response
      .status(isReady ? 200 : 503)
      .json({ status: isReady ? "ready" : "not ready", parts: Object.fromEntries(answers) });
  });
  router.get("/metrics", async (_, response) => {
    await measureQueues(pool).catch((error: Error) => {
      log.warn({ err: error }, "the queues could not be measured");
    });
    response.type(registry.contentType).send(await registry.metrics());
  });
  return router;
}

async function checkDatabase(pool: pg.Pool): Promise<string> {
  const late = new Promise<string>((resolve) => {
    setTimeout(resolve, PATIENCE, `no answer within ${PATIENCE / 1000} s`).unref();
  });
  const answer = pool.query("SELECT 1").then(
    () => "ok",
    (error: Error) => error.message || "cannot be reached",
  );
  return Promise.race([answer, late]);
}
