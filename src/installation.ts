/**
 * What every program of this project stands on, the service and the command line alike: the database (ours or
 * the operator's), migrated; the key that opens secrets; the units every installation begins with.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { randomBytes } from "node:crypto";
import path from "node:path";
import pg from "pg";
import { OperatorError, type Config } from "./config.ts";
import { firstAdmin } from "./console/first-admin.ts";
import { openDatabase, type Database } from "./infra/db.ts";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "./infra/embedded-postgres.ts";
import { prepareJobs } from "./infra/jobs.ts";
import { migrate } from "./infra/migrate.ts";
import { createSecretBox, type SecretBox } from "./infra/secrets.ts";
import { ensureUnits } from "./residents/units.ts";
import { checkKey } from "./secrets-at-rest.ts";

export interface Installation {
  database: Database;
  box: SecretBox;
  /** The admin's one-time password, on the very first start only. */
  firstPassword: string | null;
  close(): Promise<void>;
}

export interface Opening {
  /** For the service: jobs, units and the first admin as well. */
  prepare: boolean;
  /** Changes nothing: no migration, no mark. The database may be empty, or of another key. */
  onlyLook?: boolean;
}

/** @throws OperatorError in one sentence: the database cannot be reached, the folder not written … */
export async function openInstallation(config: Config, opening: Opening): Promise<Installation> {
  const embedded = config.DATABASE_URL ? null : await startEmbeddedPostgres(config.DATA_DIR);
  try {
    return await open(config, embedded, opening);
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

async function open(
  config: Config,
  embedded: EmbeddedPostgres | null,
  { prepare, onlyLook = false }: Opening,
): Promise<Installation> {
  const url = embedded?.url ?? config.DATABASE_URL!;
  await checkReachable(url);
  const database = openDatabase(url);
  try {
    const isNew = !onlyLook && (await migrate(url)).length > 0;
    if (prepare || isNew) {
      await prepareJobs(database.pool);
      await ensureUnits(database.db);
    }
    const box = createSecretBox(readAppKey(config));
    if (!onlyLook) await checkKey(database.db, box);
    const firstPassword = prepare ? await firstAdmin(database.db) : null;
    return {
      database,
      box,
      firstPassword,
      async close() {
        await database.close();
        await embedded?.stop();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function checkReachable(url: string) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  try {
    await client.connect();
  } catch (error) {
    const { host, pathname } = new URL(url);
    throw new OperatorError(
      `The database ${pathname.slice(1)} at ${host} cannot be reached (${(error as Error).message || "no answer"}). ` +
        "Check DATABASE_URL, and that PostgreSQL runs there and lets this machine in.",
    );
  } finally {
    await client.end().catch(() => {});
  }
}

/** APP_KEY, or in demo mode one made for this folder and kept in it. */
function readAppKey(config: Config): string {
  if (config.APP_KEY) return config.APP_KEY;
  const file = path.join(config.DATA_DIR, "app-key");
  if (!existsSync(file)) {
    mkdirSync(config.DATA_DIR, { recursive: true });
    writeFileSync(file, randomBytes(32).toString("base64"), { mode: 0o600 });
  }
  return readFileSync(file, "utf8").trim();
}
