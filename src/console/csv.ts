/** A table for a spreadsheet: UTF-8 with its mark, and no cell that a spreadsheet would take for a formula. */

const FORMULA = /^\s*[=+\-@\t\r]/;

/** @param rows what may hold words of anybody. */
export function toCsv(columns: string[], rows: (string | number | null)[][]): string {
  return `\ufeff${[columns, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

function cell(value: string | number | null): string {
  if (typeof value === "number") return String(value);
  const text = value ?? "";
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
