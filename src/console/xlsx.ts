/** A table as a workbook. */
import writeXlsxFile from "write-excel-file/node";

/** Every word is a cell of type text: a spreadsheet takes none of them for a formula. */
export function toXlsx(sheet: string, head: string[], rows: (string | number | null)[][]): Promise<Buffer> {
  const cell = (value: string | number | null) =>
    typeof value === "number" ? { value, type: Number } : { value: value ?? "", type: String };
  const heads = head.map((value) => ({ value, type: String, fontWeight: "bold" as const }));
  const widest = (at: number) => Math.max(...[head, ...rows].map((row) => String(row[at] ?? "").length));
  const columns = head.map((_, at) => ({ width: Math.min(60, widest(at) + 2) }));
  return writeXlsxFile([heads, ...rows.map((row) => row.map(cell))], { columns, sheet }).toBuffer();
}
