/** What staff read: refusals, events, priorities, how long until it is due. */
import { pageLanguage, t, vi } from "../../../bilingual/index.ts";
import type { Tone } from "../../../console/components/index.ts";
import { formatDateTime } from "../../../infra/clock.ts";
import { categories, categoryOf } from "../categories.ts";
import { PRIORITY_NAMES, STATE_NAMES } from "../labels.ts";
import { isOpen, type ReportState } from "../states.ts";
import type { HistoryEntry, StaffRefusal } from "../store.ts";

export const REFUSALS: Record<Exclude<StaffRefusal, "not_found">, string> = {
  not_now: vi`Phản ánh vừa đổi trạng thái, việc này không làm được nữa. Mời xem lại.`,
  words_missing: vi`Cần ghi nội dung: người dân phải biết vì sao.`,
  no_such_unit: vi`Không có đơn vị này.`,
  no_such_person: vi`Cán bộ này không thuộc đơn vị được giao.`,
  no_such_report: vi`Không có phản ánh mang mã này.`,
  same_report: vi`Không gộp được: chọn phản ánh chính, còn mở và khác phản ánh này.`,
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

export const categoryName = (code: string) => categoryOf(code).name[pageLanguage()];
export const categoryOptions = () =>
  categories.map(({ code, name }) => ({ value: code, label: name[pageLanguage()] }));
export const priorityName = (priority: number) => t.of(PRIORITY_NAMES[priority]) ?? t`Thường`;

/** "còn 5 giờ", "quá hạn 2 ngày"; null: no deadline counts (any more). */
export function dueWords(
  { state, dueAt }: { state: ReportState; dueAt: Date | null },
  now: Date,
): { text: string; tone: Tone } | null {
  if (!dueAt || !isOpen(state)) return null;
  const hours = (dueAt.getTime() - now.getTime()) / 3_600_000;
  const span =
    Math.abs(hours) < 36
      ? t`${Math.max(1, Math.round(Math.abs(hours)))} giờ`
      : t`${Math.round(Math.abs(hours) / 24)} ngày`;
  if (hours < 0) return { text: t`quá hạn ${span}`, tone: "bad" };
  return { text: t`còn ${span}`, tone: hours < 8 ? "warn" : "quiet" };
}

const RATINGS: Record<number, string> = { 3: vi`hài lòng`, 2: vi`tạm được`, 1: vi`chưa hài lòng` };
export const ratingName = (rating: number) => t.of(RATINGS[rating]) ?? "";

/** One line of the timeline. */
export function eventWords({ kind, state, data }: HistoryEntry): string {
  const text = (name: string) => (typeof data[name] === "string" ? data[name] : "");
  switch (kind) {
    case "filed":
      return t`Tiếp nhận phản ánh`;
    case "state":
      return text("unitName") && state === "assigned"
        ? t`Giao ${text("unitName")}`
        : t.of(STATE_NAMES[state]);
    case "routed":
      return t`Chuyển ${text("unitName")}`;
    case "category":
      return t`Xếp lại vào “${text("category") ? categoryName(text("category")) : ""}”, chuyển ${text("unitName")}`;
    case "assignee":
      return data.to === null ? t`Bỏ người phụ trách` : t`Đổi người phụ trách`;
    case "due":
      return t`Đổi hạn xử lý thành ${text("to") ? formatDateTime(new Date(text("to"))) : ""}`;
    case "note":
      return t`Ghi chú nội bộ`;
    case "update":
      return t`Báo cho người dân`;
    case "photo":
      return t`Thêm hình`;
    case "joined":
      return t`Thêm một người báo cùng việc`;
    case "merged":
      return text("mergedInto") ? t`Gộp vào ${text("mergedInto")}` : t`Nhận gộp ${text("from")}`;
    case "rated":
      return t`Người dân đánh giá: ${ratingName(Number(data.rating))}`;
    case "published":
      return data.isPublic ? t`Sửa phần công khai` : t`Ẩn khỏi trang công khai`;
    case "reminded":
      return t`Sắp tới hạn`;
    case "overdue":
      return t`Quá hạn, báo lên cấp trên`;
  }
}
