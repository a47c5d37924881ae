/**
 * POST /api/readings: a station, or the system behind many, tells us what it measured. One object or an array of up to
 * 1,000 `{"station","at","value"}`, with `Authorization: Bearer KEY`; the answer says for each row whether it was kept.
 */
import express, { Router } from "express";
import { rateLimit } from "express-rate-limit";
import { z } from "zod";
import { bearsKey } from "../../infra/bearer.ts";
import type { Db } from "../../infra/db.ts";
import { reasonOf } from "../../infra/import/importer.ts";
import { keepReading } from "./store.ts";

const MOST_ROWS = 1000;
/** A clock that runs ahead by more is wrong, ms. */
const AHEAD = 10 * 60_000;

const shape = z.object({
  station: z.string().trim().min(1).max(60),
  at: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
  value: z.number().min(-1000).max(100_000),
});

/** @param keys those that may push; none: the interface is not there */
export function pushRouter(db: Db, keys: string[]): Router {
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
      const reason = await keep(db, value);
      if (reason) refused.push({ row, reason });
    }
    response.status(refused.length === 0 ? 200 : 422).json({ kept: rows.length - refused.length, refused });
  });
  return router;
}

/** @returns why not, or null when it is kept. */
async function keep(db: Db, row: unknown): Promise<string | null> {
  const read = shape.safeParse(row);
  if (!read.success) return reasonOf(read.error);
  if (read.data.at.getTime() > Date.now() + AHEAD) return "at: lies in the future";
  return (await keepReading(db, read.data)) ? null : `station: "${read.data.station}" is not known`;
}
