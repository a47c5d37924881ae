/**
 * The staff console, mounted at /console: who is signed in, what they may do, and the frame around every page.
 * How to add a page: README.md beside this file.
 */
import { AsyncResource } from "node:async_hooks";
import express, { Router } from "express";
import multer from "multer";
import type pg from "pg";
import { drawInChosenLanguage } from "../bilingual/choice.ts";
import type { Db } from "../infra/db.ts";
import type { WordingBook } from "../dialogue/wording.ts";
import type { SecretBox } from "../infra/secrets.ts";
import type { SettingsWatch } from "../infra/setting-groups.ts";
import { accountRoutes, type Connections } from "./accounts/routes.tsx";
import { auditRoutes } from "./audit/routes.tsx";
import { countWaiting } from "./counts.ts";
import { failureRoutes } from "./failures/routes.tsx";
import { securityHeaders } from "./headers.ts";
import { incidentRoutes } from "./incidents/routes.tsx";
import { meRoutes } from "./me/routes.tsx";
import { overviewRoutes, type Home } from "./overview.tsx";
import type { Shell } from "./page.tsx";
import { nothingHere, showProblem } from "./problem-pages.tsx";
import { listRoutes, mount, refuseUndeclared } from "./routes.ts";
import { requireSameOrigin, requireToken } from "./same-origin.ts";
import { sessions } from "./session.ts";
import { findSignedIn, loadSignedIn } from "./signed-in.ts";
import { staffRoutes } from "./staff/routes.tsx";
import { unitRoutes } from "./units/routes.tsx";
import type { Follower } from "../infra/follow.ts";
import { wordingRoutes } from "./wording/routes.tsx";
import { createAttempts } from "./sign-in/attempts.ts";
import { settingRoutes } from "./settings/routes.tsx";
import { signInRoutes } from "./sign-in/routes.tsx";

export interface ConsoleParts {
  db: Db;
  pool: pg.Pool;
  box: SecretBox;
  publicUrl: string;
  connections: Connections;
  settings: Pick<SettingsWatch, "groups" | "refresh">;
  wording: WordingBook;
  /** Looked at when something was reworded. */
  wordingWatch: Pick<Follower, "refresh">;
  /** Origins of the maps' pictures. */
  tileOrigins?: string[];
  /** Pages of the features, by the name they are mounted under: /console/<name>. */
  pages: { name: string; router: Router }[];
  /** Stands on the first page, under what waits. */
  home?: Home;
  /** There is a server that takes e-mail. */
  isMailOn?: boolean;
  /** Somebody signs out: what they hold is given back. */
  onSignOut?(staffId: number): Promise<void>;
}

/** What a form may bring: to signed-in people only. */
const UPLOADS = { fileSize: 12 * 1024 * 1024, files: 10, fields: 200 };

/** @throws when a route declares no right. */
export function createConsole(parts: ConsoleParts): Router {
  const { db, pool, box, publicUrl, pages } = parts;
  const isHttps = publicUrl.startsWith("https:");
  const attempts = createAttempts(pool);

  const routes = Router();
  const signIn = { db, box, attempts, onSignOut: parts.onSignOut ?? (async () => {}) };
  mount(routes, "/", signInRoutes(signIn));
  mount(routes, "/", meRoutes({ db, box, attempts, isHttps, isMailOn: parts.isMailOn ?? false }));
  mount(routes, "/", overviewRoutes(parts.home));
  mount(routes, "/accounts", accountRoutes(db, box, parts.connections, publicUrl));
  mount(routes, "/incidents", incidentRoutes(db));
  mount(routes, "/failures", failureRoutes(db));
  mount(routes, "/staff", staffRoutes(db, attempts));
  mount(routes, "/units", unitRoutes(db));
  mount(routes, "/wording", wordingRoutes(db, parts.wording, parts.wordingWatch));
  mount(routes, "/settings", settingRoutes(db, parts.settings));
  mount(routes, "/audit", auditRoutes(db));
  for (const { name, router } of pages) mount(routes, `/${name}`, router);
  refuseUndeclared(routes);

  const shell = createShell(db, routes);
  const upload = multer({ storage: multer.memoryStorage(), limits: UPLOADS });
  const console = Router();
  console.use(...securityHeaders(isHttps, parts.tileOrigins));
  console.use(sessions(pool, box.derive("console session"), isHttps), loadSignedIn(db));
  console.use(drawInChosenLanguage(isHttps, findSignedIn));
  console.use(requireSameOrigin(publicUrl));
  console.use(express.urlencoded({ extended: false, limit: "256kb" }));
  console.use((request, response, next) => {
    // bound: what a stream calls back has forgotten the request, and with it the language
    if (findSignedIn(response)) upload.any()(request, response, AsyncResource.bind(next));
    else next();
  });
  console.use(requireToken);
  console.use((_request, response, next) => {
    response.locals.shell = shell;
    next();
  });
  mount(console, "/", routes);
  console.use(nothingHere, showProblem);
  return console;
}

function createShell(db: Db, routes: Router): Shell {
  const paths = listRoutes(routes)
    .filter(({ method }) => method === "GET")
    .map(({ path }) => `/console${path}`.replace(/\/$/, ""));
  return {
    exists: (path) => paths.includes(path),
    counts: (staff) => countWaiting(db, staff),
  };
}
