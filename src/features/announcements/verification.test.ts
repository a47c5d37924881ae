/** How often the check of a rumour is right, on notices passed on in other words or altered, and on rumours about nothing official. */
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { useTestDatabase } from "../../infra/testing/database.ts";
import { loadEngine } from "../../language/index.ts";
import { ensureUnits } from "../../residents/units.ts";
import { searchTextOf } from "./store.ts";
import { check } from "./verify.ts";

interface Told {
  text: string;
  differs?: "days" | "hours" | "amounts" | "places";
}
interface Written {
  notices: { key: string; title: string; body: string; told: Told[] }[];
  rumours: string[];
}

const database = useTestDatabase();
const NOW = new Date("2026-11-26T09:00:00+07:00");
const written = parse(
  readFileSync(new URL("./testing/verification.yml", import.meta.url), "utf8"),
) as Written;
let engine: Awaited<ReturnType<typeof loadEngine>>;

beforeAll(async () => {
  engine = await loadEngine();
  await ensureUnits(database.db);
  await database.db.announcement.createMany({
    data: written.notices.map(({ key, title, body }) => ({
      ...{ code: key, title, body, unitCode: "DO-THI", state: "published" },
      ...{ publishedAt: new Date("2026-11-25T08:00:00+07:00") },
      searchText: searchTextOf({ title, body, documentNumber: null }),
    })),
  });
});

test("of a hundred notices passed on, 95 are found with just the difference they have", async () => {
  const told = written.notices.flatMap(({ key, told: all }) => all.map((each) => ({ key, ...each })));
  expect(told).toHaveLength(100);
  const wrong: string[] = [];
  let falselyTrue = 0;
  for (const { key, text, differs } of told) {
    const verdict = await check(database.db, text, engine, NOW);
    const kinds = verdict.kind === "official" ? verdict.differences.map(({ kind }) => kind) : [];
    const isFound = verdict.kind === "official" && verdict.notice.code === key;
    if (!isFound || kinds.join() !== (differs ?? "")) {
      wrong.push(`${text} → ${isFound ? `found, differs: ${kinds.join()}` : verdict.kind}`);
    }
    if (verdict.kind === "official" && differs && kinds.length === 0) falselyTrue++;
  }
  expect(wrong.length <= 5 ? [] : wrong).toEqual([]);
  expect(falselyTrue).toBe(0);
});

test("of a hundred rumours about nothing official, none is called official", async () => {
  expect(new Set(written.rumours).size).toBe(100);
  const called: string[] = [];
  for (const text of written.rumours) {
    if ((await check(database.db, text, engine, NOW)).kind === "official") called.push(text);
  }
  expect(called).toEqual([]);
});
