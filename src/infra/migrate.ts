/**
 * Applies prisma/migrations with Prisma's schema engine compiled to WebAssembly: the same engine and the
 * same `_prisma_migrations` table as `prisma migrate deploy`, without a native binary to download.
 */
import { readFile, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as engine from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";
import { OperatorError } from "../config.ts";

export const prismaFolder = fileURLToPath(new URL("../../prisma", import.meta.url));

/** Two processes that start together must not migrate together. */
const MIGRATION_LOCK = 726_354_001;

/** Applies what is missing and returns the names applied. The engine is loaded only when something is. */
export async function migrate(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
    const migrations = await readMigrations();
    const applied = await appliedNames(client);
    if (migrations.every((migration) => applied.has(migration.path))) return [];
    return await withSchemaEngine(url, async (schemaEngine) => {
      const { appliedMigrationNames } = await schemaEngine.applyMigrations({
        filters: noFilters,
        migrationsList: migrationList(migrations),
      });
      return appliedMigrationNames;
    }).catch((error: Error) => {
      throw new OperatorError(
        `The database could not be brought up to date (${error.message.split("\n")[0]}). ` +
          "Nothing was taken from it; go back to the version before, or restore the backup taken before the update.",
      );
    });
  } finally {
    await client.end();
  }
}

/** Names of migrations that are not applied yet. */
export async function pendingMigrations(url: string): Promise<string[]> {
  const { known, applied } = await compareMigrations(url);
  return known.filter((name) => !applied.includes(name));
}

/** Names of migrations applied by a version of this program that is not this one. */
export async function appliedButUnknown(url: string): Promise<string[]> {
  const { known, applied } = await compareMigrations(url);
  return applied.filter((name) => !known.includes(name));
}

async function compareMigrations(url: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const known = (await readMigrations()).map(({ path: name }) => name);
    return { known, applied: [...(await appliedNames(client))] };
  } finally {
    await client.end();
  }
}

async function appliedNames(client: pg.Client): Promise<Set<string>> {
  const { rows: tables } = await client.query("SELECT to_regclass('_prisma_migrations') AS found");
  if (!(tables[0] as { found: string | null }).found) return new Set();
  const { rows } = await client.query<{ migration_name: string }>(
    "SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL",
  );
  return new Set(rows.map((row) => row.migration_name));
}

const noFilters: engine.SchemaFilter = { externalTables: [], externalEnums: [] };

async function readMigrations(): Promise<engine.MigrationDirectory[]> {
  const folder = path.join(prismaFolder, "migrations");
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: {
          tag: "ok" as const,
          value: await readFile(path.join(folder, name, "migration.sql"), "utf8"),
        },
      },
    })),
  );
}

/**
 * The statements that lead from one schema to another, by the engine.
 * @param url any database: the engine wants one, and changes nothing in it.
 * @param from text of a schema.prisma, or null for an empty database.
 */
export async function differenceOf(url: string, from: string | null, to: string): Promise<string> {
  const { stdout } = await withSchemaEngine(url, (schemaEngine) =>
    schemaEngine.diff({
      from: from === null ? { tag: "empty" } : datamodel(from),
      to: datamodel(to),
      ...{ script: true, exitCode: null, shadowDatabaseUrl: null, filters: noFilters },
    }),
  );
  return stdout ?? "";
}

const datamodel = (content: string) => ({
  tag: "schemaDatamodel" as const,
  files: [{ path: "schema.prisma", content }],
});

function migrationList(migrationDirectories: engine.MigrationDirectory[]): engine.MigrationList {
  return {
    baseDir: path.join(prismaFolder, "migrations"),
    lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
    shadowDbInitScript: "",
    migrationDirectories,
  };
}

/** The adapter cuts a script at every semicolon, through function bodies too; PostgreSQL itself takes it whole. */
function wholeScripts(
  factory: PrismaPg,
  url: string,
  opened: { dispose(): Promise<void> }[],
  failed: Error[],
): PrismaPg {
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    opened.push(adapter);
    adapter.executeScript = async (script) => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      try {
        await client.query(script);
      } catch (error) {
        failed.push(error as Error); // the engine would say "external connector error"
        throw error;
      } finally {
        await client.end();
      }
    };
    return adapter;
  };
  return factory;
}

async function withSchemaEngine<Result>(
  url: string,
  work: (schemaEngine: engine.SchemaEngine) => Promise<Result>,
): Promise<Result> {
  const wasm = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const bytes = await readFile(wasm.replace(/\.js$/, ".wasm"));
  const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": { ...engine } });
  const bindings = engine as unknown as { __wbg_set_wasm(exports: WebAssembly.Exports): void };
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();

  const connections: { dispose(): Promise<void> }[] = [];
  const failed: Error[] = [];
  const factory = wholeScripts(new PrismaPg({ connectionString: url }), url, connections, failed);
  const adapter = bindMigrationAwareSqlAdapterFactory(factory);
  const schema = await readFile(path.join(prismaFolder, "schema.prisma"), "utf8");
  const schemaEngine = await engine.SchemaEngine.new(
    { datamodels: [["schema.prisma", schema]] },
    () => {},
    adapter,
  );
  try {
    return await work(schemaEngine);
  } catch (error) {
    throw failed[0] ?? error;
  } finally {
    schemaEngine.free();
    await Promise.all(connections.map((connection) => connection.dispose()));
  }
}
