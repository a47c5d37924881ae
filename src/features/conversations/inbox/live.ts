/**
 * The inbox as it happens: one listening connection per web process hears which talks changed (LISTEN talks), reads
 * their lines once for everybody, and sends each browser the lines of its own units as server-sent events. A
 * browser that was cut off reconnects by itself and asks for the whole list again.
 */
import type { Request, Response } from "express";
import type pg from "pg";
import { inLanguage, pageLanguage, type Language } from "../../../bilingual/index.ts";
import type { Database } from "../../../infra/db.ts";
import { log } from "../../../infra/log.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import type { TalkRow } from "./talks.ts";

/** Changes of one moment are read and sent together, ms. */
const GATHER = 80;
/** Figures may lag this much, ms. */
const COUNT_EVERY = 1000;
/** A comment now and then keeps proxies from closing the line; who was signed out meanwhile is let go, ms. */
const PULSE = 20_000;

interface Watcher {
  staffId: number;
  sid: string;
  units: Set<string>;
  /** In which they are sent lines. */
  language: Language;
  /** The same for all who see the same units in the same language: what they are sent is put together once. */
  scope: string;
  /** The talk on the screen, if any. */
  talk: string;
  /** The figures last sent. */
  counts: string;
  response: Response;
}

export interface Live {
  /**
   * Answers with a stream of events: "row" (a line of the list), "gone", "talk" (the open one changed), "counts" (the figures of
   * the tabs), "refresh".
   */
  watch(request: Request, response: Response, staff: SignedIn, talk: string): void;
  close(): Promise<void>;
}

export interface LiveParts {
  database: Database;
  readRows(ids: bigint[]): Promise<TalkRow[]>;
  /** The line as markup, with the facts the browser sorts it by. */
  drawRow(row: TalkRow): Promise<string>;
  /** How many stand in the tabs of everybody, read once for all. */
  readCounts(): Promise<CountsFor>;
}

/** The figures of the tabs, for one person and the units they see. */
export type CountsFor = (staffId: number, units: ReadonlySet<string>) => Record<string, number>;

export function createLive({ database, readRows, drawRow, readCounts }: LiveParts): Live {
  const watchers = new Set<Watcher>();
  const changed = new Set<string>();
  let listener: pg.PoolClient | null = null;
  let connecting = false;
  let timer: NodeJS.Timeout | null = null;
  let counting: NodeJS.Timeout | null = null;
  let pulse: NodeJS.Timeout | null = null;
  let isClosed = false;

  async function listen() {
    if (listener || connecting || isClosed) return;
    connecting = true;
    try {
      const client = await database.pool.connect();
      client.on("notification", ({ payload }) => {
        if (payload) changed.add(payload);
        timer ??= setTimeout(() => void flush(), GATHER);
      });
      client.on("error", () => {
        listener = null;
        client.release(true);
        setTimeout(() => void listen(), 1000).unref();
      });
      await client.query("LISTEN talks");
      listener = client;
      // what was missed while nobody listened
      send([...watchers], "refresh", "");
    } catch (error) {
      log.warn({ err: error }, "the inbox could not listen to the database; trying again");
      setTimeout(() => void listen(), 1000).unref();
    } finally {
      connecting = false;
    }
  }

  async function flush() {
    timer = null;
    const ids = [...changed];
    changed.clear();
    if (watchers.size === 0 || ids.length === 0) return;
    try {
      const rows = await readRows(ids.map(BigInt));
      const languages = new Set([...watchers].map(({ language }) => language));
      const drawn = await Promise.all(
        [...languages].flatMap((language) => rows.map((row) => inLanguage(language, () => draw(row)))),
      );
      for (const group of byScope()) {
        const { units, language } = group[0]!;
        const lines = drawn
          .filter((line) => line.language === language && units.has(line.unit))
          .map(({ message }) => message);
        if (lines.length > 0) write(group, lines.join(""));
      }
      const open = new Set(rows.map(({ id }) => String(id)));
      const units = new Map(rows.map(({ id, unitCode }) => [String(id), unitCode]));
      for (const watcher of watchers)
        if (open.has(watcher.talk) && watcher.units.has(units.get(watcher.talk)!))
          write([watcher], messageOf("talk", watcher.talk));
      counting ??= setTimeout(() => void count(), COUNT_EVERY);
      // a talk that was erased: of no unit any more, and its number tells nothing
      const found = new Set(rows.map(({ id }) => String(id)));
      for (const id of ids) if (!found.has(id)) send([...watchers], "gone", id);
    } catch (error) {
      log.warn({ err: error }, "a change of the inbox could not be read");
      send([...watchers], "refresh", "");
    }
  }

  async function draw(row: TalkRow) {
    const line = JSON.stringify({ id: String(row.id), html: await drawRow(row) });
    return { unit: row.unitCode, language: pageLanguage(), message: messageOf("row", line) };
  }

  function byScope(): Watcher[][] {
    const groups = new Map<string, Watcher[]>();
    for (const watcher of watchers) {
      const group = groups.get(watcher.scope);
      if (group) group.push(watcher);
      else groups.set(watcher.scope, [watcher]);
    }
    return [...groups.values()];
  }

  /** To everybody whose figures changed. */
  async function count() {
    counting = null;
    try {
      const countsFor = await readCounts();
      for (const watcher of watchers) {
        const counts = JSON.stringify(countsFor(watcher.staffId, watcher.units));
        if (counts === watcher.counts) continue;
        watcher.counts = counts;
        write([watcher], messageOf("counts", counts));
      }
    } catch (error) {
      log.warn({ err: error }, "the figures of the inbox could not be read");
    }
  }

  const messageOf = (event: string, data: string) =>
    `event: ${event}\ndata: ${data.replaceAll("\n", " ")}\n\n`;
  const send = (to: Watcher[], event: string, data: string) => write(to, messageOf(event, data));

  /** Encoded once, sent to many. Who does not read is cut off rather than remembered for. */
  function write(to: Watcher[], message: string) {
    const bytes = Buffer.from(message);
    for (const { response } of to) {
      response.write(bytes);
      if (response.writableLength > 1_000_000) response.destroy();
    }
  }

  async function beat() {
    const open = [...watchers];
    if (open.length === 0) return;
    for (const { response } of open) response.write(": \n\n");
    const { rows } = await database.pool.query<{ sid: string }>(
      `SELECT sid FROM staff_session JOIN staff ON staff.id = (sess ->> 'staffId')::int
       WHERE sid = ANY($1) AND expire > now() AND disabled_at IS NULL`,
      [open.map(({ sid }) => sid)],
    );
    const alive = new Set(rows.map(({ sid }) => sid));
    for (const watcher of open) if (!alive.has(watcher.sid)) watcher.response.end();
  }

  return {
    watch(request, response, staff, talk) {
      response.set({ "content-type": "text/event-stream", "x-accel-buffering": "no" });
      response.flushHeaders();
      response.write(`retry: 1000\n\n`);
      const watcher: Watcher = {
        ...{ staffId: staff.id, sid: request.sessionID, units: new Set(staff.units) },
        ...{ language: pageLanguage(), scope: [pageLanguage(), ...[...staff.units].sort()].join(" ") },
        ...{ talk, counts: "", response },
      };
      watchers.add(watcher);
      response.on("close", () => watchers.delete(watcher));
      void listen();
      pulse ??= setInterval(() => void beat().catch(() => {}), PULSE).unref();
    },
    async close() {
      isClosed = true;
      if (pulse) clearInterval(pulse);
      if (timer) clearTimeout(timer);
      if (counting) clearTimeout(counting);
      for (const { response } of watchers) response.end();
      const client = listener;
      listener = null;
      client?.removeAllListeners("error");
      client?.on("error", () => {});
      client?.release(true);
    },
  };
}
