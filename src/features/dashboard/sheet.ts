/** The dashboard's figures as lines of a table, for spreadsheets: what is hidden on the page is hidden here. */
import writeXlsxFile from "write-excel-file/node";
import { toCsv } from "../../console/csv.ts";
import { told } from "./chart.tsx";
import type { Figures } from "./figures.ts";
import { hours, ratingName, share, type Names } from "./panel.tsx";
import type { Shown } from "./small-numbers.ts";

const HEAD = ["Bảng", "Mục", "Số"];
type Line = [table: string, item: string, value: string | number];

export function linesOf(figures: Figures, names: Names): Line[] {
  const { messages, reports, handling, ratings, reached, rising } = figures;
  const value = (count: number | null) => count ?? told(null);
  const of = (table: string, rows: Shown[], name: (key: string) => string = (key) => key) =>
    rows.map(({ key, count }): Line => [table, name(key), value(count)]);
  return [
    ["Chung", "Tin nhắn trợ lý đã đọc", value(messages.total)],
    ["Chung", "Trợ lý tự hiểu", share(messages.understood)],
    ["Chung", "Phản ánh", value(reports.total)],
    ["Chung", "Đang quá hạn", value(reports.overdue)],
    ["Chung", "Giải quyết đúng hạn", share(handling.onTime)],
    ["Chung", "Thời gian giải quyết (trung vị)", hours(handling.median)],
    ["Chung", "Thời gian giải quyết (9 trên 10 nhanh hơn)", hours(handling.slowest)],
    ...of("Tin nhắn theo thời gian", messages.days),
    ...of("Phản ánh theo thời gian", reports.days),
    ...of("Phản ánh theo loại việc", reports.categories, names.category),
    ...of("Phản ánh theo phường", reports.wards, names.ward),
    ...of("Phản ánh theo tình trạng", reports.states, names.state),
    ...of("Đánh giá", ratings, ratingName),
    ...reached.map(({ code, title, count }): Line => ["Thông báo", `${code} ${title}`, value(count)]),
    ...rising.map(({ ward, category, count }): Line => [
      "Tăng trong 7 ngày qua",
      `${names.category(category)}, ${names.ward(ward)}`,
      count,
    ]),
  ];
}

export const asCsv = (lines: Line[]) => toCsv(HEAD, lines);

/** Every word is a cell of type text: a spreadsheet takes none of them for a formula. */
export function asXlsx(lines: Line[]): Promise<Buffer> {
  const cell = (value: string | number) =>
    typeof value === "number" ? { value, type: Number } : { value, type: String };
  const head = HEAD.map((value) => ({ value, type: String, fontWeight: "bold" as const }));
  const columns = [{ width: 28 }, { width: 48 }, { width: 18 }];
  return writeXlsxFile([head, ...lines.map((line) => line.map(cell))], {
    columns,
    sheet: "Số liệu",
  }).toBuffer();
}
