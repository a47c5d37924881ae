/** Rows under headings, each column as wide as its longest cell. */
export function table(headings: string[], rows: (string | number | null | undefined)[][]): string {
  const cells = [headings, ...rows.map((row) => row.map((cell) => String(cell ?? "–")))];
  const widths = headings.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
