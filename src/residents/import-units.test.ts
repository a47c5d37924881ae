import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ImportReport } from "../infra/import/importer.ts";
import { useTestDatabase } from "../infra/testing/database.ts";
import { importUnits } from "./import-units.ts";
import { ensureUnits } from "./units.ts";

const database = useTestDatabase();
const folder = mkdtempSync(path.join(tmpdir(), "units-"));
beforeAll(() => ensureUnits(database.db));
afterAll(() => rmSync(folder, { recursive: true }));

async function importText(content: string, check = false): Promise<ImportReport> {
  const file = path.join(folder, "units.csv");
  writeFileSync(file, content);
  const report = new ImportReport();
  await importUnits(file, { database, check, report, now: new Date() });
  return report;
}

test("a child may stand before its parent, and what is wrong is named by its line", async () => {
  const content =
    "code;name;parent\nkp-3;Khu phố 3;kp-lon\nKP-LON;Khu lớn;PHU-KHUONG\nX Y;Sai mã;\nLAC;Lạc;KHONG-CO\nKP-3;Trùng;\n";
  const dry = await importText(content, true);
  expect(dry).toMatchObject({ added: 2, changed: 0 });
  expect(await database.db.unit.count({ where: { code: "KP-3" } })).toBe(0);
  const report = await importText(content);
  expect(report.bad).toEqual([
    { line: 4, reason: expect.stringMatching(/^code: must be letters/) },
    { line: 6, reason: "code: KP-3 stands already on line 2" },
    { line: 5, reason: expect.stringMatching(/^parent: there is no unit KHONG-CO/) },
  ]);
  expect(await database.db.unit.findUnique({ where: { code: "KP-3" } })).toMatchObject({
    parentCode: "KP-LON",
  });
  expect(await importText(content)).toMatchObject({ added: 0, changed: 0, unchanged: 2 });
});
