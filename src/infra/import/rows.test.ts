import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { openRows, type Row } from "./rows.ts";

const folder = mkdtempSync(path.join(tmpdir(), "rows-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function rowsOf(content: string | Buffer, name = "file"): Promise<Row[]> {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  const rows: Row[] = [];
  for await (const row of (await openRows(file, "things")).rows) rows.push(row);
  return rows;
}

const lan = { line: 2, value: { name: "Chị Lan", ward: "Phú Khương" } };

describe("CSV", () => {
  test.each([
    ["a comma", "name,ward\nChị Lan,Phú Khương\n"],
    ["a semicolon", "name;ward\r\nChị Lan;Phú Khương\r\n"],
    ["a tab", "name\tward\nChị Lan\tPhú Khương"],
    ["a byte order mark", "\ufeffname,ward\nChị Lan,Phú Khương\n"],
    ["quotes", '"name","ward"\n"Chị Lan","Phú Khương"\n'],
  ])("with %s", async (_name, content) => {
    expect(await rowsOf(content)).toEqual([lan]);
  });

  test("in UTF-16, as a spreadsheet saves “Unicode text”", async () => {
    expect(await rowsOf(Buffer.from("\ufeffname\tward\r\nChị Lan\tPhú Khương\r\n", "utf16le"))).toEqual([
      lan,
    ]);
    expect(await rowsOf(Buffer.from("name\tward\r\nChị Lan\tPhú Khương\r\n", "utf16le"))).toEqual([lan]);
    const big = Buffer.from("\ufeffname,ward\nChị Lan,Phú Khương\n", "utf16le").swap16();
    expect(await rowsOf(big)).toEqual([lan]);
  });

  test("a row is named by the line it begins on, whatever stands in its fields", async () => {
    const rows = await rowsOf('name,note\nLan,"hai\ndòng"\n\nHai,x\nBa,y,z\n');
    expect(rows).toEqual([
      { line: 2, value: { name: "Lan", note: "hai\ndòng" } },
      { line: 5, value: { name: "Hai", note: "x" } },
      { line: 6, problem: "has 3 fields, the first line names 2" },
    ]);
  });

  test("an empty field is an absent one", async () => {
    expect(await rowsOf("name,ward\nLan,\n")).toEqual([{ line: 2, value: { name: "Lan" } }]);
  });
});

describe("JSON", () => {
  const pretty = JSON.stringify(
    { asOf: "2026", things: [{ name: "Lan" }, { name: "Hai", list: [1, { a: "]" }] }], end: {} },
    null,
    1,
  );

  test("rows of an object, each with its line, and what stands beside them", async () => {
    const file = path.join(folder, "object.json");
    writeFileSync(file, pretty);
    const { rows, header } = await openRows(file, "things");
    const found: Row[] = [];
    for await (const row of rows) found.push(row);
    expect(found).toEqual([
      { line: 4, value: { name: "Lan" } },
      { line: 7, value: { name: "Hai", list: [1, { a: "]" }] } },
    ]);
    expect(header).toEqual({ asOf: "2026", end: {} });
  });

  test("a bare array, and an object a line", async () => {
    const rows = [
      { line: 1, value: { name: "Lan" } },
      { line: 2, value: { name: "Hai" } },
    ];
    expect(await rowsOf('[{"name":"Lan"},\n{"name":"Hai"}]')).toEqual(rows);
    expect(await rowsOf('{"name":"Lan"}\n{"name":"Hai"}\n')).toEqual(rows);
  });

  test.each([
    ["a comma", (text: string) => text.replace('"Hai",', '"Hai"')],
    ["a closing bracket", (text: string) => text.replace(/Hai([^]*?)\n {2}\}/, "Hai$1")],
    ["a quote", (text: string) => text.replace('"Hai"', '"Hai')],
  ])("a row without %s is named, the others are read", async (_what, spoil) => {
    const list = [{ name: "Lan" }, { name: "Hai", age: 3 }, { name: "Ba" }, { name: "Tư" }];
    const rows = await rowsOf(spoil(JSON.stringify({ things: list }, null, 1)));
    expect(rows.filter((row) => "value" in row).map((row) => "value" in row && row.value.name)).toEqual([
      "Lan",
      "Ba",
      "Tư",
    ]);
    const bad = rows.filter((row) => "problem" in row);
    expect(bad).toHaveLength(1);
    expect([6, 7, 8, 9, 10]).toContain(bad[0]!.line);
  });

  test("anything that JSON can say is read as JSON reads it, however it is cut into chunks", async () => {
    const { readJson } = await import("./json.ts");
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.dictionary(fc.string(), fc.jsonValue())),
        fc.constantFrom(undefined, 1),
        fc.integer({ min: 1, max: 40 }),
        async (things, space, size) => {
          const text = JSON.stringify({ before: ["{"], things, after: "]" }, null, space);
          async function* chunks() {
            for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
          }
          const header: Record<string, unknown> = {};
          const rows: Row[] = [];
          for await (const row of readJson(chunks(), "things", header)) rows.push(row);
          expect(rows.map((row) => "value" in row && row.value)).toEqual(JSON.parse(JSON.stringify(things)));
          expect(header).toEqual({ before: ["{"], after: "]" });
        },
      ),
    );
  });
});

test("a file that is not there, is empty, or is no text is refused in one sentence", async () => {
  await expect(openRows(path.join(folder, "none"), "things")).rejects.toThrow(/There is no file/);
  await expect(rowsOf("")).rejects.toThrow(/is empty/);
  await expect(rowsOf(Buffer.from([0xc3, 0x28, 0xa0, 0xff, 0x31]))).rejects.toThrow(
    /neither UTF-8 nor UTF-16/,
  );
});
