/** The dashboard's figures as lines of a table, for spreadsheets: the same as on the page, and nothing more. */
import writeXlsxFile from "write-excel-file/node";
import { toCsv } from "../../console/csv.ts";
import { told } from "./chart.tsx";
import type { Figures } from "./figures.ts";
import { ratingName, type Names } from "./panel.tsx";
import type { Told } from "./small-numbers.ts";
import { hours, monthName, share } from "./words.ts";

const HEAD = ["Bảng", "Mục", "Số"];
type Line = [table: string, item: string, value: string | number];

export function linesOf(figures: Figures, names: Names): Line[] {
  const { today, messages, reports, handling, answers, ratings, reached, rising } = figures;
  const month = monthName(figures.month);
  const value = (count: number) => count || told(0);
  const of = (table: string, rows: Told[], name: (key: string) => string = (key) => key) =>
    rows.map(({ key, count }): Line => [table, name(key), value(count)]);
  return [
    ["Hôm nay", "Tin nhắn", value(today.messages)],
    ["Hôm nay", "Trợ lý tự hiểu", share(today.understood)],
    ["Hôm nay", "Đang chờ cán bộ", value(today.waiting)],
    ["Hôm nay", "Phản ánh mới", value(today.filed)],
    ["Hôm nay", "Phản ánh giải quyết xong", value(today.resolved)],
    ["Hôm nay", "Phản ánh đang quá hạn", value(today.overdue)],
    ["Chung", "Tin nhắn trợ lý đã đọc", value(messages.total)],
    ["Chung", "Trợ lý tự hiểu", share(messages.understood)],
    ["Chung", "Phản ánh", value(reports.total)],
    ["Chung", "Giải quyết đúng hạn", share(figures.onTime)],
    ["Chung", `Thời gian giải quyết, ${month} (trung vị)`, hours(handling?.median)],
    ["Chung", `Thời gian giải quyết, ${month} (9 trên 10 nhanh hơn)`, hours(handling?.slowest)],
    ...answers.flatMap(({ key, median, slowest }): Line[] => [
      [`Cán bộ trả lời, ${month} (giờ làm việc)`, `${key || "Tất cả"}: trung vị`, hours(median)],
      [`Cán bộ trả lời, ${month} (giờ làm việc)`, `${key || "Tất cả"}: 9 trên 10 nhanh hơn`, hours(slowest)],
    ]),
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
