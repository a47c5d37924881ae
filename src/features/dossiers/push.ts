/**
 * POST /api/dossiers: another system tells us of dossiers the moment they change. One object or an array of up to 500,
 * with `Authorization: Bearer KEY`; the answer says for each row whether it was kept, and why not.
 */
import express, { Router } from "express";
import { rateLimit } from "express-rate-limit";
import { bearsKey } from "../../infra/bearer.ts";
import type { Db } from "../../infra/db.ts";
import { reasonOf } from "../../infra/import/importer.ts";
import { dossierShape } from "./shape.ts";
import { keepDossier } from "./store.ts";

const MOST_ROWS = 500;

/** @param keys those that may push; none: the interface is not there */
export function pushRouter(db: Db, keys: string[]): Router {
  const router = Router();
  if (keys.length === 0) return router;
  const guard = rateLimit({ windowMs: 60_000, limit: 120, standardHeaders: true, legacyHeaders: false });
  router.post("/api/dossiers", guard, express.json({ limit: "1mb" }), async (request, response) => {
    if (!bearsKey(request.get("authorization"), keys)) {
      return response.status(401).json({ error: "The key is missing or unknown." });
    }
    const rows: unknown[] = Array.isArray(request.body) ? request.body : [request.body];
    if (rows.length > MOST_ROWS)
      return response.status(413).json({ error: `At most ${MOST_ROWS} rows at once.` });
    const results = [];
    for (const [row, value] of rows.entries()) results.push({ row, ...(await keep(db, value)) });
    const isGood = results.every(({ result }) => result !== "refused");
    response.status(isGood ? 200 : 422).json({ results });
  });
  return router;
}

async function keep(db: Db, row: unknown) {
  const read = dossierShape.safeParse(row);
  if (!read.success) return { result: "refused" as const, reason: reasonOf(read.error) };
  const result = await db.$transaction((tx) => keepDossier(tx, read.data));
  return { result, code: read.data.code };
}
