/** The migrations are written by hand where the schema language ends, so what they make is compared with what it says. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { differenceOf, prismaFolder } from "./migrate.ts";
import { useTestDatabase } from "./testing/database.ts";

const database = useTestDatabase();
const SAID = "as_the_schema_says";

test("the migrations make every table, column, key and index of schema.prisma, and no other column", async () => {
  const schema = await readFile(path.join(prismaFolder, "schema.prisma"), "utf8");
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    await client.query(`CREATE SCHEMA ${SAID}; SET search_path TO ${SAID}, public`);
    await client.query((await differenceOf(database.url, null, schema)).replace(/^CREATE SCHEMA .*$/m, ""));
    await client.query("SET search_path TO pg_catalog");
    const [columns, saidColumns] = [
      await namesOf(client, COLUMNS, "public"),
      await namesOf(client, COLUMNS, SAID),
    ];
    const tables = new Set(saidColumns.map((name) => name.split(".", 1)[0]));
    expect(saidColumns.length).toBeGreaterThan(300);
    expect(columns.filter((name) => tables.has(name.split(".", 1)[0]))).toEqual(saidColumns);
    expect(await namesOf(client, KEYS, "public")).toEqual(
      expect.arrayContaining(await namesOf(client, KEYS, SAID)),
    );
    expect(await namesOf(client, INDEXES, "public")).toEqual(
      expect.arrayContaining(await namesOf(client, INDEXES, SAID)),
    );
  } finally {
    await client.end();
  }
});

async function namesOf(client: pg.Client, query: string, schema: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(query, [schema]);
  return rows.map(({ name }) => name.replaceAll(`${schema}.`, "")).sort();
}

// Prisma leaves lists nullable; ours are not.
const COLUMNS = `
  SELECT concat_ws(' ', c.relname || '.' || a.attname, format_type(a.atttypid, a.atttypmod),
                   CASE WHEN a.attnotnull AND a.attndims = 0 THEN 'NOT NULL' END, pg_get_expr(d.adbin, d.adrelid)) AS name
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r'
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE c.relnamespace = $1::regnamespace AND a.attnum > 0 AND NOT a.attisdropped`;
const KEYS = `
  SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) AS name
  FROM pg_constraint WHERE connamespace = $1::regnamespace AND contype IN ('p', 'u', 'f')`;
const INDEXES = `
  SELECT regexp_replace(indexdef, ' INDEX \\S+ ON ', ' INDEX ON ') AS name FROM pg_indexes WHERE schemaname = $1`;
