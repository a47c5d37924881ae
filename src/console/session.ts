/** Console sessions in the database, so that any web process knows them and an admin can end them. */
import connectPgSimple from "connect-pg-simple";
import session from "express-session";
import type pg from "pg";
import type { RequestHandler } from "express";
import type { Tx } from "../infra/db.ts";
import { log } from "../infra/log.ts";

declare module "express-session" {
  interface SessionData {
    staffId: number;
    csrf: string;
    flash: Flash[];
    /** When, from where and with which browser somebody signed in: for the list of their sessions. */
    startedAt: string;
    address: string;
    agent: string;
    /** The password was right; the code of the second step is still awaited. */
    pending: { staffId: number; since: number };
  }
}

export interface Flash {
  kind: "done" | "trouble";
  text: string;
}

/** A working day; then one signs in again. */
const LIFETIME = 12 * 3_600_000;

/** @param secrets sign the cookie; the first signs, all are accepted. */
export function sessions(pool: pg.Pool, secrets: string[], isHttps: boolean): RequestHandler {
  const Store = connectPgSimple(session);
  return session({
    // touching would write a row at every poll of every open page
    store: new Store({ pool, tableName: "staff_session", disableTouch: true, errorLog: noteFailure }),
    name: isHttps ? "__Host-console" : "console",
    secret: secrets,
    resave: false,
    saveUninitialized: false,
    proxy: isHttps,
    cookie: { httpOnly: true, sameSite: "lax", secure: isHttps, maxAge: LIFETIME, path: "/" },
  });
}

/** Signs a person out everywhere, or everywhere else. */
export async function endSessions(tx: Tx, staffId: number, exceptSid = ""): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM staff_session WHERE sess ->> 'staffId' = ${String(staffId)} AND sid <> ${exceptSid}`;
}

function noteFailure(...what: unknown[]) {
  log.warn(
    { err: what.find((part) => part instanceof Error) },
    "a console session could not be kept or read",
  );
}
