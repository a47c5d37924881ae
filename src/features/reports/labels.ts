/** What states and priorities are called on pages, and the colour each has everywhere. */
import type { ReportState } from "./states.ts";

export const STATE_NAMES: Record<ReportState, string> = {
  received: "Đã tiếp nhận",
  assigned: "Đã chuyển xử lý",
  in_progress: "Đang xử lý",
  reopened: "Mở lại",
  resolved: "Đã xử lý",
  closed: "Đã đóng",
  rejected: "Không tiếp nhận",
  duplicate: "Trùng phản ánh khác",
};

/** A colour name of ours (pages/public/site.css) and of Tabler's. */
export const STATE_COLOURS: Record<ReportState, string> = {
  received: "yellow",
  assigned: "cyan",
  in_progress: "blue",
  reopened: "orange",
  resolved: "green",
  closed: "teal",
  rejected: "secondary",
  duplicate: "secondary",
};

export const PRIORITY_NAMES: Record<number, string> = { 1: "Thấp", 2: "Thường", 3: "Cao", 4: "Khẩn" };
