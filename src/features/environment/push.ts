/**
 * POST /api/readings: a station, or the system behind many, tells us what it measured. One object or an array of up to
 * 1,000 `{"station","at","value"}`, with `Authorization: Bearer KEY`; the answer says for each row whether it was kept.
 */
import express, { Router } from "express";
import { rateLimit } from "express-rate-limit";
import { bearsKey } from "../../infra/bearer.ts";
import type { TakeReading } from "./readings.ts";

const MOST_ROWS = 1000;
/** @param keys those that may push; none: the interface is not there */
export function pushRouter(take: TakeReading, keys: string[]): Router {
  const router = Router();
  if (keys.length === 0) return router;
  const guard = rateLimit({ windowMs: 60_000, limit: 600, standardHeaders: true, legacyHeaders: false });
  router.post("/api/readings", guard, express.json({ limit: "1mb" }), async (request, response) => {
    if (!bearsKey(request.get("authorization"), keys)) {
      return response.status(401).json({ error: "The key is missing or unknown." });
    }
    const rows: unknown[] = Array.isArray(request.body) ? request.body : [request.body];
    if (rows.length > MOST_ROWS)
      return response.status(413).json({ error: `At most ${MOST_ROWS} rows at once.` });
    const refused: { row: number; reason: string }[] = [];
    for (const [row, value] of rows.entries()) {
      const reason = await take(value, "http");
      if (reason) refused.push({ row, reason });
    }
    response.status(refused.length === 0 ? 200 : 422).json({ kept: rows.length - refused.length, refused });
  });
  return router;
}
