/** The dashboard's figures as lines of a table, for spreadsheets: the same as on the page, and nothing more. */
import writeXlsxFile from "write-excel-file/node";
import { t, vi } from "../../bilingual/index.ts";
import { toCsv } from "../../console/csv.ts";
import { told } from "./chart.tsx";
import type { Figures } from "./figures.ts";
import { ratingName, type Names } from "./panel.tsx";
import type { Told } from "./small-numbers.ts";
import { hours, monthName, share } from "./words.ts";

const HEAD = [vi`Bảng`, vi`Mục`, vi`Số`];
type Line = [table: string, item: string, value: string | number];

export function linesOf(figures: Figures, names: Names): Line[] {
  const { today, messages, reports, handling, answers, ratings, reached, rising } = figures;
  const month = monthName(figures.month);
  const value = (count: number) => count || told(0);
  const of = (table: string, rows: Told[], name: (key: string) => string = (key) => key) =>
    rows.map(({ key, count }): Line => [table, name(key), value(count)]);
  return [
    [t`Hôm nay`, t`Tin nhắn`, value(today.messages)],
    [t`Hôm nay`, t`Trợ lý tự hiểu`, share(today.understood)],
    [t`Hôm nay`, t`Đang chờ cán bộ`, value(today.waiting)],
    [t`Hôm nay`, t`Phản ánh mới`, value(today.filed)],
    [t`Hôm nay`, t`Phản ánh giải quyết xong`, value(today.resolved)],
    [t`Hôm nay`, t`Phản ánh đang quá hạn`, value(today.overdue)],
    [t`Chung`, t`Tin nhắn trợ lý đã đọc`, value(messages.total)],
    [t`Chung`, t`Trợ lý tự hiểu`, share(messages.understood)],
    [t`Chung`, t`Phản ánh`, value(reports.total)],
    [t`Chung`, t`Giải quyết đúng hạn`, share(figures.onTime)],
    [t`Chung`, t`Thời gian giải quyết, ${month} (trung vị)`, hours(handling?.median)],
    [t`Chung`, t`Thời gian giải quyết, ${month} (9 trên 10 nhanh hơn)`, hours(handling?.slowest)],
    ...answers.flatMap(({ key, median, slowest }): Line[] => [
      [t`Cán bộ trả lời, ${month} (giờ làm việc)`, t`${key || t`Tất cả`}: trung vị`, hours(median)],
      [
        t`Cán bộ trả lời, ${month} (giờ làm việc)`,
        t`${key || t`Tất cả`}: 9 trên 10 nhanh hơn`,
        hours(slowest),
      ],
    ]),
    ...of(t`Tin nhắn theo thời gian`, messages.days),
    ...of(t`Phản ánh theo thời gian`, reports.days),
    ...of(t`Phản ánh theo loại việc`, reports.categories, names.category),
    ...of(t`Phản ánh theo phường`, reports.wards, names.ward),
    ...of(t`Phản ánh theo tình trạng`, reports.states, names.state),
    ...of(t`Đánh giá`, ratings, ratingName),
    ...reached.map(({ code, title, count }): Line => [t`Thông báo`, `${code} ${title}`, value(count)]),
    ...rising.map(({ ward, category, count }): Line => [
      t`Tăng trong 7 ngày qua`,
      `${names.category(category)}, ${names.ward(ward)}`,
      count,
    ]),
  ];
}

export const asCsv = (lines: Line[]) => toCsv(HEAD.map(t.of), lines);

/** Every word is a cell of type text: a spreadsheet takes none of them for a formula. */
export function asXlsx(lines: Line[]): Promise<Buffer> {
  const cell = (value: string | number) =>
    typeof value === "number" ? { value, type: Number } : { value, type: String };
  const head = HEAD.map((title) => ({ value: t.of(title), type: String, fontWeight: "bold" as const }));
  const columns = [{ width: 28 }, { width: 48 }, { width: 18 }];
  return writeXlsxFile([head, ...lines.map((line) => line.map(cell))], {
    columns,
    sheet: t`Số liệu`,
  }).toBuffer();
}
