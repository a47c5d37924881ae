/** What states and priorities are called on pages, and the colour each has everywhere. */
import { vi } from "../../bilingual/index.ts";
import type { ReportState } from "./states.ts";

export const STATE_NAMES: Record<ReportState, string> = {
  received: vi`Đã tiếp nhận`,
  assigned: vi`Đã chuyển xử lý`,
  in_progress: vi`Đang xử lý`,
  reopened: vi`Mở lại`,
  resolved: vi`Đã xử lý`,
  closed: vi`Đã đóng`,
  rejected: vi`Không tiếp nhận`,
  duplicate: vi`Trùng phản ánh khác`,
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

export const PRIORITY_NAMES: Record<number, string> = { 1: vi`Thấp`, 2: vi`Thường`, 3: vi`Cao`, 4: vi`Khẩn` };
