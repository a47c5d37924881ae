/** Before all tests: one PostgreSQL in a temporary folder, with one migrated database to copy from. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";

export default async function startDatabase() {
  const { startEmbeddedPostgres } = await import("../embedded-postgres.ts");
  const { migrate } = await import("../migrate.ts");
  const { prepareJobs } = await import("../jobs.ts");
  process.env.LOG_LEVEL ??= "silent"; // of what goes wrong on purpose, tests say more than logs
  const folder = mkdtempSync(path.join(tmpdir(), "hoi-phuong-test-"));
  const postgres = await startEmbeddedPostgres(folder, ["-c", "fsync=off", "-c", "full_page_writes=off"]);
  const pool = new pg.Pool({ connectionString: postgres.url });
  await migrate(postgres.url);
  await prepareJobs(pool);
  await pool.end();
  process.env.TEST_DATABASE_URL = postgres.url;
  Object.assign(globalThis, { testPostgres: postgres, testPostgresFolder: folder });
}
