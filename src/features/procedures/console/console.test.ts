import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { openConsole, type ConsoleKit } from "../../../console/testing/kit.ts";
import { loadWording } from "../../../dialogue/wording.ts";
import { ImportReport } from "../../../infra/import/importer.ts";
import { useTestDatabase } from "../../../infra/testing/database.ts";
import { importProcedures } from "../import.ts";
import { procedureShape } from "../record.ts";
import { findProcedure, keepCatalogue } from "../store.ts";
import { readEdit, valuesOf } from "./edit-form.ts";
import { procedureConsole } from "./routes.tsx";

const database = useTestDatabase();
const now = new Date("2026-11-25T08:00:00+07:00");
const folder = mkdtempSync(path.join(tmpdir(), "procedures-console-"));
let office: ConsoleKit;

const CODE = "2.000635";
const HERE = `/console/procedures/${CODE}`;
const extract = {
  code: CODE,
  name: "Cấp bản sao Trích lục hộ tịch",
  shortName: "Bản sao trích lục",
  category: "ho-tich",
  level: ["Cấp tỉnh", "Cấp xã"],
  mode: ["in_person", "post"],
  methods: [
    { channel: "in_person", feeStatus: "amount", feeAmount: 8000, feeCurrency: "VND", note: "(/bản)" },
    { channel: "post", time: { value: null, unit: null, raw: "theo bưu chính" }, feeStatus: "set_elsewhere" },
  ],
  documents: [
    { name: "Tờ khai\nđiền đủ", originals: 1, template: "TK.docx" },
    { group: "Nhờ người khác", name: "Giấy ủy quyền", copies: 1 },
  ],
  legalBasis: ["123/2015/NĐ-CP"],
  url: `https://dichvucong.gov.vn/thu-tuc?maThuTuc=${CODE}`,
  asOf: "07/2026",
};
const record = procedureShape.parse(extract);

async function importAll(...procedures: object[]) {
  const file = path.join(folder, "procedures.json");
  writeFileSync(file, JSON.stringify({ procedures }));
  await importProcedures(file, { database, check: false, report: new ImportReport(), now });
}
const read = async () => (await findProcedure(database.db, CODE))!;
const form = async (changes: object = {}) => ({
  ...valuesOf((await read()).data),
  version: (await read()).version,
  ...changes,
});
const deeds = (action: string) =>
  database.db.auditEntry.count({ where: { action, subject: `procedure:${CODE}` } });

beforeAll(async () => {
  const parts = { db: database.db, say: loadWording().in("vi"), clock: { now: () => now } };
  office = await openConsole(database, { pages: [{ name: "procedures", router: procedureConsole(parts) }] });
  await keepCatalogue(
    database.db,
    { categories: { "ho-tich": "Hộ tịch", "dat-dai": "Đất đai" }, clarifyGroups: [] },
    now,
  );
});
beforeEach(async () => {
  await database.db.$executeRaw`TRUNCATE procedure CASCADE`;
  await importAll(extract);
});
afterAll(() => rmSync(folder, { recursive: true }));

test("a form nobody touched says exactly what was there", () => {
  expect(readEdit(valuesOf(record), record)).toEqual({ record, errors: null });
});

test("an edit becomes a version with what it changed, and residents get it", async () => {
  const editor = await office.signIn("editor", "PHU-KHUONG");
  const before = await editor.get(`${HERE}/edit`).expect(200);
  expect(before.text).toContain('value="8000"');
  const change = {
    "methods.0.fee": "10.000",
    "cases.1.documents.1.name": "Căn cước",
    note: "Nghị quyết mới",
  };
  const saved = await editor.post(`${HERE}/edit`, await form(change)).expect(303);
  expect(saved.headers.location).toBe(`${HERE}/versions#v2`);
  const { version, data, reviewedAt } = await read();
  expect({ version, reviewedAt }).toEqual({ version: 2, reviewedAt: now });
  expect(data.methods[0]).toMatchObject({ feeAmount: 10_000, note: "(/bản)" });
  expect(data.documents).toHaveLength(3);
  expect(data.documents[0]).toEqual(record.documents[0]);
  const { text } = await editor.get(`${HERE}/versions`).expect(200);
  expect(text).toMatch(/− trực tiếp: 8\.000 đồng[^]*\+ trực tiếp: 10\.000 đồng/);
  expect(text).toContain("+ [Nhờ người khác] Căn cước");
  expect(text).toContain("Nghị quyết mới");
  expect((await editor.get(HERE)).text).toMatch(/10\.000 đồng/);
  expect(await deeds("procedure.edit")).toBe(1);
});

test("a form that is wrong comes back as it was typed, and nothing is kept", async () => {
  const editor = await office.signIn("editor");
  const change = {
    ...{ name: " ", url: "javascript:alert(1)", "methods.0.fee": "mười ngàn" },
    ...{ "methods.2.channel": "online", "cases.0.documents.0.originals": "-1" },
  };
  const { text } = await editor.post(`${HERE}/edit`, await form(change)).expect(422);
  expect(text).toContain("còn 5 ô ghi chưa đúng");
  expect(text).toContain('value="mười ngàn"');
  for (const field of [
    "name",
    "url",
    "methods.0.fee",
    "methods.2.feeStatus",
    "cases.0.documents.0.originals",
  ])
    expect(text).toContain(`id="error-${field}"`);
  expect((await read()).version).toBe(1);
});

test("who edits what somebody else has changed meanwhile is told", async () => {
  const editor = await office.signIn("editor");
  const opened = await form({ shortName: "Trích lục" });
  await editor.post(`${HERE}/edit`, await form({ agency: "UBND phường" })).expect(303);
  await editor.post(`${HERE}/edit`, opened).expect(303);
  expect((await editor.get(HERE)).text).toContain("vừa được người khác sửa");
  expect((await read()).data).toMatchObject({ shortName: "Bản sao trích lục", agency: "UBND phường" });
});

test("an import keeps what was changed in the console, and follows the file in the rest", async () => {
  const editor = await office.signIn("unit_admin");
  await editor.post(`${HERE}/edit`, await form({ "methods.0.fee": "10000" })).expect(303);
  await importAll({ ...extract, legalBasis: ["07/2025/NĐ-CP"] });
  const { data, reviewedAt } = await read();
  expect(data.methods[0]!.feeAmount).toBe(10_000);
  expect(data.legalBasis).toEqual(["07/2025/NĐ-CP"]);
  expect(reviewedAt).toBeNull();
});

test("a version before is restored as a new one", async () => {
  const editor = await office.signIn("editor");
  await editor.post(`${HERE}/edit`, await form({ shortName: "Trích lục" })).expect(303);
  await editor.post(`${HERE}/versions/1/restore`).expect(303);
  expect(await read()).toMatchObject({ version: 3, data: { shortName: "Bản sao trích lục" } });
  await editor.post(`${HERE}/versions/9/restore`).expect(404);
  expect((await editor.get(`${HERE}/versions`)).text).toContain("Khôi phục phiên bản 1");
  expect(await deeds("procedure.restore")).toBe(1);
});

test("reviewed, withdrawn and brought back: each is seen in the list and written down", async () => {
  const editor = await office.signIn("editor");
  const list = async (state: string) =>
    (await editor.get(`/console/procedures?state=${state}`)).text.includes(CODE);
  expect(await list("unreviewed")).toBe(true);
  await editor.post(`${HERE}/review`, { version: 7 }).expect(303);
  expect(await list("reviewed")).toBe(false);
  await editor.post(`${HERE}/review`, { version: 1 }).expect(303);
  expect(await list("reviewed")).toBe(true);
  await editor.post(`${HERE}/withdraw`).expect(303);
  expect([await list("withdrawn"), await list("reviewed")]).toEqual([true, false]);
  await editor.post(`${HERE}/bring-back`).expect(303);
  expect(await list("withdrawn")).toBe(false);
  for (const deed of ["review", "withdraw", "bring_back"])
    expect([deed, await deeds(`procedure.${deed}`)]).toEqual([deed, 1]);
});

test("words find it with marks and without; a field that is another's hides it", async () => {
  const viewer = await office.signIn("viewer");
  const finds = async (query: object) =>
    (await viewer.agent.get("/console/procedures").query(query).expect(200)).text.includes(CODE);
  for (const q of ["trích lục", "trich luc", "LUC  ho tich", "2.000635", ""])
    expect(await finds({ q })).toBe(true);
  expect(await finds({ q: "khai tử" })).toBe(false);
  expect([await finds({ category: "ho-tich" }), await finds({ category: "dat-dai" })]).toEqual([true, false]);
});

test("a viewer reads and cannot edit", async () => {
  const viewer = await office.signIn("viewer");
  const { text } = await viewer.get(HERE).expect(200);
  expect(text).toContain("07/2026");
  expect(text).not.toContain(`${HERE}/edit`);
  await viewer.get(`${HERE}/edit`).expect(403);
  for (const deed of ["edit", "review", "withdraw", "bring-back", "versions/1/restore"])
    await viewer.post(`${HERE}/${deed}`, await form({ name: "Khác" })).expect(403);
  expect((await read()).version).toBe(1);
  await viewer.get("/console/procedures/9.999999").expect(404);
});

test("markup that was stored is shown as text on every page", async () => {
  const bad = '<img src=x onerror="alert(1)"></textarea>';
  const editor = await office.signIn("editor");
  const everywhere = { name: bad, shortName: bad, agency: bad, aliases: bad, legalBasis: bad, note: bad };
  const rows = { "methods.0.note": bad, "cases.0.documents.0.name": bad, "cases.1.name": bad, asOf: bad };
  await editor.post(`${HERE}/edit`, await form({ ...everywhere, ...rows })).expect(303);
  for (const page of ["/console/procedures", HERE, `${HERE}/edit`, `${HERE}/versions`]) {
    const { text } = await editor.get(page).expect(200);
    expect(text).toContain("&lt;img");
    // what is left without the values of attributes, where < is only a sign as long as the quotes hold
    expect(text.replace(/="[^"]*"/g, "")).not.toContain("<img src=x");
  }
});
