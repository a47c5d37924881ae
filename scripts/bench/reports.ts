/**
 * 100,000 reports in a real PostgreSQL: the board, the map feed, the duplicate search and what stands beside them, each
 * asked many times with changing questions. The plans of the three go to scripts/bench/plans/reports.txt.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import pg from "pg";
import {
  board,
  countPublic,
  findNearby,
  listForStaff,
  listPublic,
  mapPublic,
  type Box,
} from "../../src/features/reports/store.ts";
import { openDatabase } from "../../src/infra/db.ts";
import { startEmbeddedPostgres } from "../../src/infra/embedded-postgres.ts";
import { migrate } from "../../src/infra/migrate.ts";
import { ensureUnits } from "../../src/residents/units.ts";
import { median, temporaryFolder } from "./processes.ts";

const REPORTS = 100_000;
const TIMES = 60;
const CITY: Box = [106.32, 10.17, 106.44, 10.3];
const UNITS = ["DO-THI", "AN-HOI", "BEN-TRE", "PHU-KHUONG", "PHU-TAN", "SON-DONG"];
const CATEGORIES = ["street_light", "garbage", "road_damage", "flood_drainage", "noise", "tree", "sidewalk"];
const LIMIT = 100;

export async function bench() {
  const postgres = await startEmbeddedPostgres(temporaryFolder());
  await migrate(postgres.url);
  const { db, pool, close } = openDatabase(postgres.url);
  await ensureUnits(db);
  await fill(pool);

  const now = new Date();
  const yearAgo = new Date(now.getTime() - 365 * 86_400_000);
  const around = (size: number): Box => {
    const [x, y] = [random(106.34, 106.42), random(10.2, 10.28)];
    return [x - size, y - size, x + size, y + size];
  };
  const somewhere = () => ({ latitude: random(10.2, 10.28), longitude: random(106.34, 106.42) });
  const questions: Record<string, () => Promise<unknown>> = {
    "board, all units": () => board(db, UNITS, now),
    "board, one ward": () => board(db, [pick(UNITS)], now),
    "map feed, a street": () => mapPublic(db, { box: around(0.004) }, 0.0003),
    "map feed, a ward": () => mapPublic(db, { box: around(0.02) }, 0.002),
    "map feed, the city, 90 days": () => mapPublic(db, { box: CITY, since: daysAgo(90) }, 0.008),
    "map feed, the city, a year": () => mapPublic(db, { box: CITY, since: yearAgo }, 0.008),
    "map feed, the city, everything": () => mapPublic(db, { box: CITY }, 0.008),
    "the same again, 50 m": () => findNearby(db, pick(CATEGORIES), { point: somewhere() }, 50),
    "the same again, a pole": () =>
      findNearby(db, "street_light", { lampPole: `NH-${random(1, 999) | 0}` }, 50),
    "public list": () => listPublic(db, { categories: [pick(CATEGORIES)] }),
    "public counts, 90 days": () => countPublic(db, { since: daysAgo(90) }),
    "staff list, a word": () => listForStaff(db, UNITS, { words: "den hem" }, { page: 1, now }),
  };
  console.log(`${REPORTS.toLocaleString("en")} reports, ${TIMES} questions each, ms\n`);
  for (const [name, ask] of Object.entries(questions)) {
    await ask();
    const times: number[] = [];
    for (let time = 0; time < TIMES; time++) {
      const start = performance.now();
      await ask();
      times.push(performance.now() - start);
    }
    const worst = times.sort((one, other) => one - other)[Math.floor(TIMES * 0.95)]!;
    const middle = median(times);
    console.log(
      `${name.padEnd(34)} median ${middle.toFixed(1).padStart(6)}   p95 ${worst.toFixed(1).padStart(6)}`,
    );
    if (middle > LIMIT) process.exitCode = 1;
  }
  await keepPlans(postgres.url, {
    board: () => board(db, UNITS, now),
    "map feed, the city, 90 days": () => mapPublic(db, { box: CITY, since: daysAgo(90) }, 0.008),
    "map feed, a street": () => mapPublic(db, { box: around(0.004) }, 0.0003),
    "the same again": () => findNearby(db, "street_light", { point: somewhere(), lampPole: "NH-045" }, 50),
  });
  await close();
  await postgres.stop();
}

const random = (from: number, to: number) => from + Math.random() * (to - from);
const pick = <Item>(items: Item[]) => items[Math.floor(Math.random() * items.length)]!;
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

/** Three years of reports, one in ten still open, thicker towards the middle of the city. */
async function fill(pool: pg.Pool) {
  await pool.query(
    `INSERT INTO report (code, category, description, place, ward_code, street, house_number, lamp_pole, latitude,
                         longitude, state, unit_code, priority, due_at, is_public, search_text, created_at, state_at)
     SELECT 'PA-2600-' || lpad(n::text, 6, '0'), ($2::text[])[1 + n % 7], 'den hem toi', 'hem ' || n % 300,
            ($3::text[])[1 + n % 5], 'Duong ' || n % 40, (n % 200)::text, CASE WHEN n % 9 = 0 THEN 'NH-' || n % 999 END,
            10.24 + (random() + random() + random() - 1.5) * 0.04,
            106.38 + (random() + random() + random() - 1.5) * 0.05,
            CASE WHEN n % 10 > 0 THEN (ARRAY['closed', 'resolved', 'rejected'])[1 + n % 3]
                 ELSE (ARRAY['received', 'assigned', 'in_progress', 'reopened'])[1 + n / 10 % 4] END,
            ($4::text[])[1 + n % 6], 1 + n % 4, now() + (random() - 0.5) * interval '10 days', n % 20 > 0,
            'pa 2600 ' || n || CASE WHEN n % 50 = 0 THEN ' den hem toi thui' ELSE ' rac dau ngo' END,
            now() - n * interval '16 minutes', now() - n * interval '15 minutes'
     FROM generate_series(1, $1::int) n`,
    [REPORTS, CATEGORIES, ["28777", "28789", "28756", "28858", "28783"], UNITS],
  );
  await pool.query("VACUUM ANALYZE report");
}

/** How PostgreSQL finds the answers: the very statements the store sends, explained. */
async function keepPlans(url: string, questions: Record<string, () => Promise<unknown>>) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const plans: string[] = [];
  const told: string[] = [];
  const asked = pg.Client.prototype.query as (...args: unknown[]) => unknown;
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const question = args[0] as { text?: string; values?: unknown[] };
    if (question?.text?.trimStart().match(/^(?:SELECT|WITH)/)) told.push(JSON.stringify(question));
    return asked.apply(this, args);
  } as typeof pg.Client.prototype.query;
  try {
    for (const [name, ask] of Object.entries(questions)) {
      told.length = 0;
      await ask();
      for (const said of [...told]) {
        const { text, values } = JSON.parse(said) as { text: string; values: unknown[] };
        const { rows } = (await asked.call(
          client,
          `EXPLAIN (ANALYZE, COSTS OFF, BUFFERS OFF) ${text}`,
          values,
        )) as {
          rows: { "QUERY PLAN": string }[];
        };
        plans.push(`── ${name}\n${rows.map((row) => row["QUERY PLAN"]).join("\n")}\n`);
      }
    }
  } finally {
    pg.Client.prototype.query = asked as typeof pg.Client.prototype.query;
    await client.end();
  }
  const folder = fileURLToPath(new URL("plans", import.meta.url));
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/reports.txt`, plans.join("\n"));
  console.log(`\nPlans: ${folder}/reports.txt`);
}
