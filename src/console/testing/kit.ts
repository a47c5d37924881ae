/** For tests: a console on a test database, staff of any role, and browsers without a screen that sign in. */
import express, { type Router } from "express";
import supertest from "supertest";
import { createAccountRegistry } from "../../channels/accounts.ts";
import { testBox } from "../../channels/testing.ts";
import { createFacebookClient } from "../../channels/facebook/client.ts";
import { createZaloClient } from "../../channels/zalo/client.ts";
import { createZaloTokens } from "../../channels/zalo/tokens.ts";
import { readConfig } from "../../config.ts";
import { loadWording } from "../../dialogue/wording.ts";
import type { Database } from "../../infra/db.ts";
import { ensureUnits } from "../../residents/units.ts";
import { createAssets } from "../assets.ts";
import { createConsole, type ConsoleParts } from "../index.ts";
import { hashPassword } from "../passwords.ts";
import { PASSWORD } from "./sign-in.ts";

/** What a browser says with every form of our own pages. */
export const SAME_ORIGIN = { "sec-fetch-site": "same-origin" };

export type Browser = Awaited<ReturnType<ConsoleKit["signIn"]>>;
export type ConsoleKit = Awaited<ReturnType<typeof openConsole>>;

let people = 0;

export async function openConsole(database: Database, extra: Partial<ConsoleParts> = {}) {
  await ensureUnits(database.db);
  const app = express();
  const router: Router = createConsole({
    ...{ db: database.db, pool: database.pool, box: testBox },
    ...{ publicUrl: "http://localhost:3000", pages: [], connections: connectionsTo(database) },
    settings: { groups: [], refresh: async () => {} },
    ...{ wording: loadWording(), wordingWatch: { refresh: async () => {} } },
    ...extra,
  });
  app.use("/assets", createAssets());
  app.use("/console", router);
  const passwordHash = await hashPassword(PASSWORD);

  async function person(role = "admin", unitCode = "DO-THI", changes: object = {}) {
    const email = `${role}${++people}@hoiphuong.test`;
    const name = "Nguyễn Thị Mỹ Hạnh";
    return database.db.staff.create({
      data: { email, name, passwordHash, role, unitCode, mustChange: false, ...changes },
    });
  }

  /** Signs somebody in, made for the occasion unless their e-mail is given. */
  async function signIn(role = "admin", unitCode = "DO-THI", email?: string) {
    const known = email ?? (await person(role, unitCode)).email;
    const agent = supertest.agent(app);
    await agent
      .post("/console/sign-in")
      .set(SAME_ORIGIN)
      .type("form")
      .send({ email: known, password: PASSWORD })
      .expect(303);
    const csrf = /name="_csrf" value="([^"]+)"/.exec((await agent.get("/console/me")).text)?.[1] ?? "";
    return {
      agent,
      csrf,
      email: known,
      get: (path: string) => agent.get(path),
      post: (path: string, fields: object = {}) =>
        agent
          .post(path)
          .set(SAME_ORIGIN)
          .type("form")
          .send({ _csrf: csrf, ...fields }),
    };
  }

  return { app, router, person, signIn };
}

/** Real clients; the platforms themselves are faked by who needs them. */
function connectionsTo({ db }: Database): ConsoleParts["connections"] {
  const config = readConfig({});
  return {
    registry: createAccountRegistry(db, testBox),
    care: { connect: async () => {} },
    check: async () => [],
    zaloTokens: createZaloTokens(config, createZaloClient(config)),
    facebook: createFacebookClient(config),
    pageProfile: {},
  };
}
