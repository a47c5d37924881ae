/** What staff read: refusals, events, priorities, how long until it is due. */
import type { Tone } from "../../../console/components/index.ts";
import { formatDateTime } from "../../../infra/clock.ts";
import { categories, categoryOf } from "../categories.ts";
import { PRIORITY_NAMES, STATE_NAMES } from "../labels.ts";
import { isOpen, type ReportState } from "../states.ts";
import type { HistoryEntry, StaffRefusal } from "../store.ts";

export const REFUSALS: Record<Exclude<StaffRefusal, "not_found">, string> = {
  not_now: "Phản ánh vừa đổi trạng thái, việc này không làm được nữa. Mời xem lại.",
  words_missing: "Cần ghi nội dung: người dân phải biết vì sao.",
  no_such_unit: "Không có đơn vị này.",
  no_such_person: "Cán bộ này không thuộc đơn vị được giao.",
  no_such_report: "Không có phản ánh mang mã này.",
  same_report: "Không gộp được: chọn phản ánh chính, còn mở và khác phản ánh này.",
};

export const STATE_TONES: Record<ReportState, Tone> = {
  received: "warn",
  reopened: "warn",
  assigned: "info",
  in_progress: "info",
  resolved: "good",
  closed: "good",
  rejected: "quiet",
  duplicate: "quiet",
};

export const categoryName = (code: string) => categoryOf(code).name.vi;
export const categoryOptions = categories.map(({ code, name }) => ({ value: code, label: name.vi }));
export const priorityName = (priority: number) => PRIORITY_NAMES[priority] ?? "Thường";

/** "còn 5 giờ", "quá hạn 2 ngày"; null: no deadline counts (any more). */
export function dueWords(
  { state, dueAt }: { state: ReportState; dueAt: Date | null },
  now: Date,
): { text: string; tone: Tone } | null {
  if (!dueAt || !isOpen(state)) return null;
  const hours = (dueAt.getTime() - now.getTime()) / 3_600_000;
  const span =
    Math.abs(hours) < 36
      ? `${Math.max(1, Math.round(Math.abs(hours)))} giờ`
      : `${Math.round(Math.abs(hours) / 24)} ngày`;
  if (hours < 0) return { text: `quá hạn ${span}`, tone: "bad" };
  return { text: `còn ${span}`, tone: hours < 8 ? "warn" : "quiet" };
}

const RATINGS: Record<number, string> = { 3: "hài lòng", 2: "tạm được", 1: "chưa hài lòng" };
export const ratingName = (rating: number) => RATINGS[rating] ?? "";

/** One line of the timeline. */
export function eventWords({ kind, state, data }: HistoryEntry): string {
  const text = (name: string) => (typeof data[name] === "string" ? data[name] : "");
  switch (kind) {
    case "filed":
      return "Tiếp nhận phản ánh";
    case "state":
      return text("unitName") && state === "assigned" ? `Giao ${text("unitName")}` : STATE_NAMES[state];
    case "routed":
      return `Chuyển ${text("unitName")}`;
    case "category":
      return `Xếp lại vào “${text("category") ? categoryName(text("category")) : ""}”, chuyển ${text("unitName")}`;
    case "assignee":
      return data.to === null ? "Bỏ người phụ trách" : "Đổi người phụ trách";
    case "due":
      return `Đổi hạn xử lý thành ${text("to") ? formatDateTime(new Date(text("to"))) : ""}`;
    case "note":
      return "Ghi chú nội bộ";
    case "update":
      return "Báo cho người dân";
    case "photo":
      return "Thêm hình";
    case "joined":
      return "Thêm một người báo cùng việc";
    case "merged":
      return text("mergedInto") ? `Gộp vào ${text("mergedInto")}` : `Nhận gộp ${text("from")}`;
    case "rated":
      return `Người dân đánh giá: ${ratingName(Number(data.rating))}`;
    case "published":
      return data.isPublic ? "Sửa phần công khai" : "Ẩn khỏi trang công khai";
    case "reminded":
      return "Sắp tới hạn";
    case "overdue":
      return "Quá hạn, báo lên cấp trên";
  }
}
