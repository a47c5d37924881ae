/** What a supervisor and a monitoring system ask: alive, ready, and how much of everything. */
import { Router } from "express";
import type { Database } from "./infra/db.ts";
import { registry } from "./infra/metrics.ts";

/** A database that takes longer than this to answer is not ready, ms. */
const PATIENCE = 3000;

export function operations(database: Database, isStopping: () => boolean): Router {
  const router = Router();
  router.get("/healthz", (_, response) => {
    response.json({ status: "ok" });
  });
  router.get("/readyz", async (_, response) => {
    const checks = { database: await answers(database), running: !isStopping() };
    const isReady = Object.values(checks).every(Boolean);
    response.status(isReady ? 200 : 503).json({ status: isReady ? "ready" : "not ready", checks });
  });
  router.get("/metrics", async (_, response) => {
    response.type(registry.contentType).send(await registry.metrics());
  });
  return router;
}

async function answers(database: Database): Promise<boolean> {
  const late = new Promise<false>((resolve) => setTimeout(() => resolve(false), PATIENCE).unref());
  const answer = database.pool.query("SELECT 1").then(
    () => true,
    () => false,
  );
  return Promise.race([answer, late]);
}
