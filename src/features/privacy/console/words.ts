/** Requests about personal data in the words of the office. */
import type { Tone } from "../../../console/components/index.ts";

export const KINDS: Record<string, string> = { export: "Nhận lại dữ liệu", erase: "Xóa dữ liệu" };

export const ORIGINS: Record<string, string> = {
  resident: "Người dân nhắn",
  withdrawal: "Rút đồng ý trên Zalo",
  facebook_callback: "Facebook chuyển tới",
};

export const STATES: Record<string, { name: string; tone: Tone }> = {
  received: { name: "Đang xử lý", tone: "info" },
  waiting_staff: { name: "Chờ cán bộ", tone: "warn" },
  done: { name: "Đã xong", tone: "good" },
  refused: { name: "Từ chối", tone: "quiet" },
};

export const isOpen = (state: string) => state === "received" || state === "waiting_staff";

const HOUR = 3_600_000;

/** "còn 3 ngày", "còn 5 giờ", "quá hạn 2 ngày" */
export function timeLeft(dueAt: Date, now: Date): { text: string; tone: Tone } {
  const hours = (dueAt.getTime() - now.getTime()) / HOUR;
  const span =
    Math.abs(hours) < 48 ? `${Math.ceil(Math.abs(hours))} giờ` : `${Math.floor(Math.abs(hours) / 24)} ngày`;
  if (hours < 0) return { text: `quá hạn ${span}`, tone: "bad" };
  return { text: `còn ${span}`, tone: hours < 24 ? "warn" : "quiet" };
}

/** What an erasure or a purge counted; a name that is new is shown as it is. */
const COUNTS: Record<string, string> = {
  messages: "tin nhắn",
  messagesIn: "tin đến",
  messagesOut: "tin đi",
  files: "tệp",
  memories: "mạch trò chuyện",
  requests: "yêu cầu cũ",
  reportsKept: "phản ánh giữ lại, không còn tên",
  subscriptions: "đăng ký nhận tin",
};

export function countsInWords(counts: Record<string, number>): string {
  const some = Object.entries(counts).filter(([, count]) => count > 0);
  if (some.length === 0) return "không có gì";
  return some.map(([name, count]) => `${count.toLocaleString("vi-VN")} ${COUNTS[name] ?? name}`).join(", ");
}
