import { useTestDatabase } from "../../infra/testing/database.ts";
import { wardAt } from "../../places/index.ts";
import { ensureUnits } from "../../residents/units.ts";
import { categoryOf } from "./categories.ts";
import { SAMPLE_REPORTS } from "./sample-reports.ts";
import { ensureSampleReports, ensureTemplates, fileReport } from "./store.ts";

const database = useTestDatabase();
const now = new Date("2026-11-25T10:00:00+07:00");

beforeAll(() => ensureUnits(database.db));

test("every sample stands well inside one of the five wards, and every ward has some", () => {
  const wards = SAMPLE_REPORTS.map((report) => wardAt(report));
  expect(wards.filter(({ ward }) => ward === null)).toEqual([]);
  expect(new Set(wards.map(({ ward }) => ward)).size).toBe(5);
});

test("the samples come once, marked, with their whole way behind them", async () => {
  await ensureSampleReports(database.db, now);
  await ensureSampleReports(database.db, now);
  const reports = await database.db.report.findMany({ include: { history: { orderBy: { id: "asc" } } } });
  expect(reports).toHaveLength(SAMPLE_REPORTS.length);
  for (const { sample, createdAt, state, stateAt, history, category } of reports) {
    expect(sample).toBe(true);
    expect(categoryOf(category)).toBeTruthy();
    expect(history[0]).toMatchObject({ kind: "filed", at: createdAt });
    expect(history.at(-1)).toMatchObject({ state, at: stateAt });
    expect(stateAt.getTime()).toBeLessThanOrEqual(now.getTime());
  }
});

test("the first real report continues the numbers of its month", async () => {
  const { code } = await fileReport(database.db, {
    ...{ category: categoryOf("noise"), description: "ồn", place: "An Hội", unitCode: "AN-HOI", at: now },
    reporter: { kind: "counter", staffId: 1, name: null, phone: null },
  });
  const samples = await database.db.report.count({
    where: { code: { startsWith: "PA-2611-" }, sample: true },
  });
  expect(code).toBe(`PA-2611-${String(samples + 1).padStart(5, "0")}`);
});

test("answer templates are there from the start, and what staff did to them stays", async () => {
  await ensureTemplates(database.db);
  const { id } = await database.db.reportTemplate.findFirstOrThrow();
  await database.db.reportTemplate.delete({ where: { id } });
  const left = await database.db.reportTemplate.count();
  await ensureTemplates(database.db);
  expect(await database.db.reportTemplate.count()).toBe(left);
});
