/** How the office names states, steps and refusals. */
import { vi } from "../../../bilingual/index.ts";
import type { Tone } from "../../../console/components/index.ts";
import type { Deed, Refusal, State } from "../workflow.ts";

export const ROOT = "/console/announcements";

export const STATES: Record<State, { name: string; tone: Tone }> = {
  draft: { name: vi`Nháp`, tone: "quiet" },
  pending: { name: vi`Chờ duyệt`, tone: "warn" },
  approved: { name: vi`Đã duyệt`, tone: "info" },
  published: { name: vi`Đã đăng`, tone: "good" },
  recalled: { name: vi`Đã thu hồi`, tone: "bad" },
};

export const STEPS: Record<string, string> = {
  ...{ written: vi`Soạn^step`, submitted: vi`Trình duyệt^step`, approved: vi`Duyệt^step` },
  ...{ rejected: vi`Trả lại^step`, published: vi`Đăng^step`, recalled: vi`Thu hồi^step` },
  ...{ corrected: vi`Đã có bản đính chính` },
};

export const REFUSALS: Record<Exclude<Refusal, "not_found">, string> = {
  not_now: vi`Thông báo vừa đổi tình trạng, xem lại rồi làm tiếp.`,
  own_work: vi`Người soạn không tự duyệt: nhờ một người khác duyệt.`,
  approved_before: vi`Anh/chị đã duyệt rồi, cần một người nữa.`,
  no_reason: vi`Cần ghi lý do.`,
  not_ready: vi`Bài còn chỗ phải sửa trước khi đi tiếp.`,
  changed: vi`Bài vừa được sửa, đọc lại rồi hãy duyệt.`,
};

export const DONE: Record<Deed, string> = {
  submit: vi`Đã trình duyệt.`,
  approve: vi`Đã duyệt.`,
  reject: vi`Đã trả lại cho người soạn.`,
  publish: vi`Đã đăng, đang nhắn cho người đăng ký.`,
  recall: vi`Đã thu hồi, đang báo cho người đã nhận.`,
};
