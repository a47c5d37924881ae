import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { useTestDatabase } from "../src/infra/testing/database.ts";
import { runCommand } from "./testing/commands.ts";

const database = useTestDatabase();
const folder = mkdtempSync(path.join(tmpdir(), "import-"));
afterAll(() => rmSync(folder, { recursive: true }));

const run = (...args: string[]) =>
  runCommand("scripts/import.ts", args, {
    DATABASE_URL: database.url,
    DATA_DIR: folder,
    APP_KEY: Buffer.alloc(32, 7).toString("base64"),
  });

test("`import -- dossiers` keeps the good rows, names the bad ones, and says so in its exit code", async () => {
  const file = path.join(folder, "ho-so.csv");
  writeFileSync(
    file,
    "code,state,dueOn\nH07.20-261101-0001,processing,2026-12-01\nH07.20-261101-0002,???,\nH07.20-261101-0003,done,\n",
  );
  const kept = await run("dossiers", file);
  expect(kept).toMatchObject({ code: 1, out: "Kept: 2 new, 0 changed, 0 unchanged; 1 bad.\n" });
  expect(kept.errors).toMatch(/^line 3: state: "\?\?\?" is none of received, processing/);
  expect(await database.db.dossier.findMany({ orderBy: { code: "asc" } })).toMatchObject([
    { code: "H07.20-261101-0001", state: "processing" },
    { code: "H07.20-261101-0003", state: "done" },
  ]);
});

test("a file that is not there is told in a sentence", async () => {
  const { code, errors } = await run("dossiers", path.join(folder, "none.csv"));
  expect(code).toBe(2);
  expect(errors).toMatch(/^There is no file .*none\.csv\.$/m);
  expect(errors).not.toMatch(/ {4}at /);
});
