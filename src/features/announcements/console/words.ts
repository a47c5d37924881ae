/** How the office names states, steps and refusals. */
import type { Tone } from "../../../console/components/index.ts";
import type { Deed, Refusal, State } from "../workflow.ts";

export const ROOT = "/console/announcements";

export const STATES: Record<State, { name: string; tone: Tone }> = {
  draft: { name: "Nháp", tone: "quiet" },
  pending: { name: "Chờ duyệt", tone: "warn" },
  approved: { name: "Đã duyệt", tone: "info" },
  published: { name: "Đã đăng", tone: "good" },
  recalled: { name: "Đã thu hồi", tone: "bad" },
};

export const STEPS: Record<string, string> = {
  ...{ written: "Soạn", submitted: "Trình duyệt", approved: "Duyệt", rejected: "Trả lại" },
  ...{ published: "Đăng", recalled: "Thu hồi", corrected: "Đã có bản đính chính" },
};

export const REFUSALS: Record<Exclude<Refusal, "not_found">, string> = {
  not_now: "Thông báo vừa đổi tình trạng, xem lại rồi làm tiếp.",
  own_work: "Người soạn không tự duyệt: nhờ một người khác duyệt.",
  approved_before: "Anh/chị đã duyệt rồi, cần một người nữa.",
  no_reason: "Cần ghi lý do.",
  not_ready: "Bài còn chỗ phải sửa trước khi đi tiếp.",
  changed: "Bài vừa được sửa, đọc lại rồi hãy duyệt.",
};

export const DONE: Record<Deed, string> = {
  submit: "Đã trình duyệt.",
  approve: "Đã duyệt.",
  reject: "Đã trả lại cho người soạn.",
  publish: "Đã đăng, đang nhắn cho người đăng ký.",
  recall: "Đã thu hồi, đang báo cho người đã nhận.",
};
