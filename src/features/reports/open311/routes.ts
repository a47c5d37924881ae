/**
 * Open311 GeoReport v2 (wiki.open311.org/GeoReport_v2) at /open311/v2: other programs read what is public and, with a
 * key, file reports. One jurisdiction: jurisdiction_id may be left out, and is checked when given.
 */
import { randomBytes } from "node:crypto";
import express, { Router, type ErrorRequestHandler, type Request, type Response } from "express";
import { rateLimit } from "express-rate-limit";
import { z } from "zod";
import type { Clock } from "../../../infra/clock.ts";
import type { Database, Tx } from "../../../infra/db.ts";
import { addEvent, codeOfToken, fileReport, findProgram, findRequests } from "../store.ts";
import { answer, answerProblems, Open311Error, refusal, type Format, type Value } from "./answer.ts";
import { asRequest, problemsOf, readPosted } from "./requests.ts";
import { serviceDefinition, serviceList, serviceOf } from "./services.ts";

export interface Open311Parts {
  database: Database;
  clock: Clock;
  publicUrl: string;
  /** Posted requests a minute from one address. */
  mostPosts?: number;
}

/** The interface changed last then. */
const CHANGED = "2026-11-25T00:00:00+07:00";
/** The standard's own bounds: without dates the last 90 days, at most 1,000 at once. */
const USUAL_DAYS = 90;
const MOST = 1000;

export function open311Routes({ database, clock, publicUrl, mostPosts = 60 }: Open311Parts): Router {
  const { db } = database;
  const address = `${publicUrl}/open311/v2`;
  const jurisdiction = new URL(publicUrl).hostname;
  const router = Router();
  router.use((_request, response, next) => {
    response.set({ "access-control-allow-origin": "*", "x-content-type-options": "nosniff" });
    next();
  });
  router.use(express.urlencoded({ extended: false, limit: "64kb" }));

  /** A route of the standard: its format is its suffix, what it throws is an answer. */
  function serve(
    method: "get" | "post",
    path: string,
    handle: (request: Request, response: Response, format: Format) => Promise<void>,
  ) {
    for (const format of ["json", "xml"] as const) {
      router[method](`${path}.${format}`, async (request, response) => {
        try {
          checkJurisdiction(request);
          await handle(request, response, format);
        } catch (error) {
          if (!(error instanceof Open311Error)) throw error;
          answerProblems(response, format, error);
        }
      });
    }
  }

  function checkJurisdiction({ query, body }: Request) {
    const given =
      query.jurisdiction_id ?? (body as { jurisdiction_id?: unknown } | undefined)?.jurisdiction_id;
    if (given !== undefined && given !== "" && given !== jurisdiction)
      throw refusal(404, "jurisdiction_id provided was not found");
  }

  serve("get", "/discovery", async (_request, response, format) => {
    const endpoint = {
      specification: "http://wiki.open311.org/GeoReport_v2",
      url: address,
      changeset: CHANGED,
      type: "production",
      formats: ["text/xml", "application/json"],
    };
    answer(response, format, 200, "discovery", {
      changeset: CHANGED,
      contact: `Xin khóa API ở cán bộ quản trị: ${publicUrl}/phan-anh`,
      key_service: `Mã jurisdiction_id: ${jurisdiction}`,
      endpoints: [endpoint],
    });
  });

  serve("get", "/services", async (_request, response, format) => {
    answer(response, format, 200, "services", serviceList());
  });

  serve("get", "/services/:code", async (request, response, format) => {
    const service = serviceOf(String(request.params.code));
    if (!service) throw refusal(404, "service_code provided was not found");
    answer(response, format, 200, "service_definition", serviceDefinition(service));
  });

  const limit = rateLimit({
    windowMs: 60_000,
    limit: mostPosts,
    standardHeaders: "draft-8",
    legacyHeaders: false,
    handler: (request, response) => {
      const format = request.path.endsWith(".json") ? "json" : "xml";
      answerProblems(response, format, refusal(429, "too many requests; try again in a minute"));
    },
  });
  for (const format of ["json", "xml"]) router.post(`/requests.${format}`, limit);
  serve("post", "/requests", async (request, response, format) => {
    const body = (request.body ?? {}) as Record<string, unknown>;
    const given = body.api_key ?? request.query.api_key;
    const program = typeof given === "string" && given ? await findProgram(db, given) : null;
    if (!program) throw refusal(403, "Missing or invalid api_key.");
    const token = program.moderated ? randomBytes(12).toString("hex") : null;
    const { report, mediaUrl } = readPosted(body, token);
    const filed = await database.transaction((tx) =>
      file(tx, { ...report, heldBack: program.moderated }, mediaUrl),
    );
    const notice = program.moderated
      ? "Cán bộ xem trước khi hiện công khai."
      : `Xem tại ${publicUrl}/phan-anh/${filed.code}`;
    // one or the other, never both
    const name: Record<string, Value> = token ? { token } : { service_request_id: filed.code };
    answer(response, format, 201, "service_requests", [
      { ...name, service_notice: notice, account_id: null },
    ]);
  });

  async function file(tx: Tx, report: Omit<Parameters<typeof fileReport>[1], "at">, mediaUrl: string | null) {
    const at = clock.now();
    const filed = await fileReport(tx, { ...report, at });
    if (mediaUrl) {
      const note = `Ảnh kèm theo: ${mediaUrl}`;
      await addEvent(tx, filed.id, { kind: "note", state: "received", by: {}, at, note });
    }
    return filed;
  }

  serve("get", "/tokens/:token", async (request, response, format) => {
    const token = String(request.params.token);
    const code = await codeOfToken(db, token);
    if (code === undefined) throw refusal(404, "token was not found");
    answer(response, format, 200, "service_requests", [{ service_request_id: code, token }]);
  });

  serve("get", "/requests", async (request, response, format) => {
    const found = await findRequests(db, readFilter(request.query, clock.now()));
    const list = found.map((report) => asRequest(report, publicUrl));
    answer(response, format, 200, "service_requests", list);
  });

  serve("get", "/requests/:code", async (request, response, format) => {
    const [report] = await findRequests(db, { codes: [String(request.params.code)], limit: 1, offset: 0 });
    if (!report) throw refusal(404, "service_request_id provided was not found");
    answer(response, format, 200, "service_requests", [asRequest(report, publicUrl)]);
  });

  router.use((request, response) => {
    const format = request.path.endsWith(".json") ? "json" : "xml";
    answerProblems(response, format, refusal(404, "there is nothing at this address"));
  });
  const unreadable: ErrorRequestHandler = (error: { status?: number }, request, response, next) => {
    if (!error.status || error.status >= 500) return next(error);
    const format = request.path.endsWith(".json") ? "json" : "xml";
    answerProblems(response, format, refusal(400, "the request could not be read"));
  };
  router.use(unreadable);
  return router;
}

const list = z
  .string()
  .transform((text) =>
    text
      .split(",")
      .map((item) => item.trim())
      .filter(Boolean),
  )
  .pipe(z.array(z.string()).min(1).max(1000))
  .optional();
const when = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .optional();
const filterShape = z.object({
  service_request_id: list,
  service_code: list,
  status: z
    .string()
    .transform((text) => text.split(",").map((item) => item.trim()))
    .pipe(z.array(z.enum(["open", "closed"])))
    .optional(),
  start_date: when,
  end_date: when,
  updated_after: when,
  updated_before: when,
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  page_size: z.coerce.number().int().min(1).max(MOST).default(MOST),
});

/** @throws Open311Error */
function readFilter(query: unknown, now: Date) {
  const read = filterShape.safeParse(query);
  if (!read.success) throw new Open311Error(problemsOf(read.error));
  const {
    service_request_id: codes,
    service_code: categories,
    status,
    start_date,
    end_date,
    ...rest
  } = read.data;
  const usual = codes || start_date || rest.updated_after ? undefined : daysBefore(end_date ?? now);
  return {
    ...{ codes, categories, status, from: start_date ?? usual, until: end_date },
    ...{ updatedFrom: rest.updated_after, updatedUntil: rest.updated_before },
    ...{ limit: rest.page_size, offset: (rest.page - 1) * rest.page_size },
  };
}

const daysBefore = (date: Date) => new Date(date.getTime() - USUAL_DAYS * 86_400_000);
