import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createTestAccount } from "../../channels/testing.ts";
import { ImportReport } from "../../infra/import/importer.ts";
import { useTestDatabase } from "../../infra/testing/database.ts";
import { importDossiers } from "./import.ts";
import { findLocal } from "./store.ts";

const database = useTestDatabase();
const folder = mkdtempSync(path.join(tmpdir(), "dossiers-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function load(name: string, content: string, check = false): Promise<ImportReport> {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  const report = new ImportReport();
  await importDossiers(file, { database, check, report, now: new Date() });
  return report;
}

test("a spreadsheet with an office's own column names is read; each bad row is named by line and reason", async () => {
  const content = `Mã hồ sơ;Trạng thái;Đơn vị;Ngày nhận;Hạn trả;Điện thoại;Ghi chú
H07.20-261101-0001;Đang xử lý;UBND phường An Hội;01/11/2026;05/12/2026;0912 345 678;"Bổ sung
bản sao"
000.00.19.h07 – 261102 – 0002;Đã trả kết quả;;2026-11-02;;;
H07.20-261131-0003;Đang xử lý;;;;;
H07.20-261101-0004;lạc đâu mất;;;;;
H07.20-261101-0005;Đang xử lý;;32/11/2026;;;
;Đang xử lý;;;;;
`;
  const dry = await load("ho-so.csv", content, true);
  expect(dry).toMatchObject({ added: 2, changed: 0 });
  expect(await database.db.dossier.count()).toBe(0);
  const report = await load("ho-so.csv", content);
  expect(report.bad).toEqual([
    { line: 5, reason: expect.stringMatching(/^code: holds a day that does not exist/) as string },
    { line: 6, reason: expect.stringMatching(/^state: "lạc đâu mất" is none of received/) as string },
    { line: 7, reason: expect.stringMatching(/^receivedOn: "32\/11\/2026" is no day/) as string },
    { line: 8, reason: expect.stringMatching(/^code: /) as string },
  ]);
  expect(await findLocal(database.db, "H07.20-261101-0001")).toMatchObject({
    ...{ state: "processing", statusText: "Đang xử lý", unit: "UBND phường An Hội" },
    ...{ receivedOn: "2026-11-01", dueOn: "2026-12-05", phoneEnding: "5678", sample: false },
  });
  expect(await findLocal(database.db, "000.00.19.H07-261102-0002")).toMatchObject({ state: "returned" });
});

test("the same file again changes nothing, and a moved state is a change", async () => {
  const row = (state: string, asOf: string) =>
    JSON.stringify({ code: "H07.20-261105-0009", state, dueOn: "2026-12-01", asOf });
  const first = row("received", "2026-11-20T08:00:00+07:00");
  expect(await load("ho-so.json", `[${first}]`)).toMatchObject({ added: 1 });
  expect(await load("ho-so.json", `{"dossiers": [${first}]}`)).toMatchObject({ unchanged: 1, added: 0 });
  const later = row("done", "2026-11-21T08:00:00+07:00");
  expect(await load("ho-so.jsonl", `${later}\n`)).toMatchObject({ changed: 1, bad: [] });
  // an export of the day before, loaded late, does not turn it back
  expect(await load("ho-so.json", `[${first}]`)).toMatchObject({ unchanged: 1 });
  expect(await findLocal(database.db, "H07.20-261105-0009")).toMatchObject({ state: "done" });
});

test("whoever follows a dossier has news waiting once an import moves it", async () => {
  const code = "H07.20-261106-0010";
  await load("ho-so.json", JSON.stringify([{ code, state: "received" }]));
  const { account } = await createTestAccount(database);
  const { id } = await database.db.resident.create({ data: { accountId: account.id, externalId: "lan" } });
  await database.db.dossierFollow.create({ data: { code, residentId: id, state: "received" } });
  await load("ho-so.json", JSON.stringify([{ code, state: "Yêu cầu bổ sung" }]));
  const follow = await database.db.dossierFollow.findFirstOrThrow({ where: { code } });
  expect(follow.pending).toMatchObject({ state: "supplement" });
});
