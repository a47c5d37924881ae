import fc from "fast-check";
import { readJson } from "./json.ts";
import type { Row } from "./rows.ts";

async function read(text: string, chunk: number): Promise<{ rows: Row[]; header: Record<string, unknown> }> {
  async function* pieces() {
    for (let at = 0; at < text.length; at += chunk) yield text.slice(at, at + chunk);
  }
  const header: Record<string, unknown> = {};
  const rows: Row[] = [];
  for await (const row of readJson(pieces(), "features", header)) rows.push(row);
  return { rows, header };
}

const anyRow = fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 4 });
const layouts: Record<string, (rows: object[]) => string> = {
  "a row a line": (rows) => `[\n${rows.map((row) => JSON.stringify(row)).join(",\n")}\n]`,
  "a row a line, commas first": (rows) => `[\n${rows.map((row) => JSON.stringify(row)).join("\n,")}\n]`,
  "indented, with \\r\\n": (rows) =>
    `[\r\n${rows.map((row) => `  ${JSON.stringify(row)}`).join(" ,\r\n")}\r\n]`,
  "all on one line": (rows) => JSON.stringify(rows),
  "spread over lines": (rows) => JSON.stringify(rows, null, 2),
};

test.each(Object.entries(layouts))(
  "%s, however it is cut up, gives the rows of JSON.parse",
  async (_how, write) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyRow, { maxLength: 6 }),
        fc.integer({ min: 1, max: 80 }),
        async (rows, chunk) => {
          const text = `{"crs":{"name":"EPSG::9210"},"features":${write(rows)},"count":${rows.length}}`;
          const found = await read(text, chunk);
          expect(found.rows.map((row) => ("value" in row ? row.value : row))).toEqual(
            JSON.parse(JSON.stringify(rows)),
          );
          expect(found.header).toEqual({ crs: { name: "EPSG::9210" }, count: rows.length });
        },
      ),
      { numRuns: 60 },
    );
  },
);

test("a spoiled line is named, and nothing between rows is passed over", async () => {
  const text = '{"features":[\n{"a":1},\n{"a":2,},\nrubbish\n{"a":3}\n]}';
  for (const chunk of [7, 1000]) {
    const { rows } = await read(text, chunk);
    expect(rows.filter((row) => "value" in row)[0]).toEqual({ line: 2, value: { a: 1 } });
    expect(rows.filter((row) => "problem" in row).map(({ line }) => line)).toEqual(
      expect.arrayContaining([3, 4]) as number[],
    );
  }
});
