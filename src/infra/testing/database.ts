/** A database of its own for a test file: a copy of the migrated one, dropped at the end. */
import { randomBytes } from "node:crypto";
import pg from "pg";
import { openDatabase, type Database } from "../db.ts";

/** Call it at the top of a test file; the database is there from the first test to the last. */
export function useTestDatabase(connections = 10): Database {
  const name = `test_${randomBytes(6).toString("hex")}`;
  const database = {} as Database;

  beforeAll(async () => {
    await admin(`CREATE DATABASE ${name} TEMPLATE ${templateName()}`);
    const url = new URL(process.env.TEST_DATABASE_URL!);
    url.pathname = `/${name}`;
    Object.assign(database, openDatabase(url.href, connections));
  });
  afterAll(async () => {
    await database.close();
    await admin(`DROP DATABASE ${name} WITH (FORCE)`);
  });
  return database;
}

const templateName = () => new URL(process.env.TEST_DATABASE_URL!).pathname.slice(1);

async function admin(statement: string) {
  const url = new URL(process.env.TEST_DATABASE_URL!);
  url.pathname = "/postgres";
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock(1)"); // CREATE DATABASE copies the template one at a time
    await client.query(statement);
  } finally {
    await client.end();
  }
}
