/** What staff call the states and turns of a talk. */
import type { StepKind } from "./holding.ts";
import type { Tab } from "./talks.ts";

export const TAB_NAMES: Record<Tab, string> = {
  waiting: "Đang chờ",
  mine: "Của tôi",
  mentions: "Nhắc tôi",
  held: "Đồng nghiệp",
  bot: "Trợ lý trả lời",
  closed: "Đã đóng",
};

const REASONS: Record<string, string> = {
  asked: "Xin gặp cán bộ",
  emergency: "Khẩn cấp",
  missed: "Trợ lý chưa hiểu",
  window_closed: "Trợ lý hết thời hạn trả lời",
  taken_in_app: "Đang trả lời trong ứng dụng của nền tảng",
  thread_control: "Ứng dụng khác đang giữ",
  returned: "Trả lại hàng chờ",
  complaint: "Góp ý thái độ phục vụ",
};
export const reasonName = (reason: string | null) => (reason ? (REASONS[reason] ?? "Cần cán bộ") : "");

export function stepWords(
  kind: StepKind,
  who: string | null,
  to: string | null,
  note: string | null,
): string {
  const person = who ?? "Hệ thống";
  switch (kind) {
    case "claimed":
      return `${person} nhận trò chuyện`;
    case "assigned":
      return `${person} giao cho ${to}`;
    case "handed_on":
      return `${person} chuyển cho ${to}`;
    case "handed_back":
      return `${person} giao lại cho trợ lý`;
    case "closed":
      return `${person} đóng trò chuyện`;
    case "filed":
      return `${person} ghi phản ánh`;
    case "waiting":
      return "Chờ cán bộ";
    case "returned":
      if (note === "signed_out") return "Trả lại hàng chờ: người giữ đã đăng xuất";
      if (note === "unanswered") return "Trả lại hàng chờ: lâu chưa có trả lời";
      return `${person} trả lại hàng chờ`;
  }
}

/** "vừa xong", "5 phút", "2 giờ", "3 ngày"; the page keeps it going (public/inbox.js). */
export function since(at: Date, now: Date): string {
  const minutes = Math.floor((now.getTime() - at.getTime()) / 60_000);
  if (minutes < 1) return "vừa xong";
  if (minutes < 60) return `${minutes} phút`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} giờ`;
  return `${Math.floor(minutes / 1440)} ngày`;
}
