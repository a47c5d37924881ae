/** Requests about personal data in the words of the office. */
import { pageLocale, t, vi } from "../../../bilingual/index.ts";
import type { Tone } from "../../../console/components/index.ts";

export const KINDS: Record<string, string> = { export: vi`Nhận lại dữ liệu`, erase: vi`Xóa dữ liệu` };

export const ORIGINS: Record<string, string> = {
  resident: vi`Người dân nhắn`,
  withdrawal: vi`Rút đồng ý trên Zalo`,
  facebook_callback: vi`Facebook chuyển tới`,
};

export const STATES: Record<string, { name: string; tone: Tone }> = {
  received: { name: vi`Đang xử lý`, tone: "info" },
  waiting_staff: { name: vi`Chờ cán bộ`, tone: "warn" },
  done: { name: vi`Đã xong`, tone: "good" },
  refused: { name: vi`Từ chối`, tone: "quiet" },
};

export const isOpen = (state: string) => state === "received" || state === "waiting_staff";

const HOUR = 3_600_000;

/** "còn 3 ngày", "còn 5 giờ", "quá hạn 2 ngày" */
export function timeLeft(dueAt: Date, now: Date): { text: string; tone: Tone } {
  const hours = (dueAt.getTime() - now.getTime()) / HOUR;
  const span =
    Math.abs(hours) < 48 ? t`${Math.ceil(Math.abs(hours))} giờ` : t`${Math.floor(Math.abs(hours) / 24)} ngày`;
  if (hours < 0) return { text: t`quá hạn ${span}`, tone: "bad" };
  return { text: t`còn ${span}`, tone: hours < 24 ? "warn" : "quiet" };
}

/** What an erasure or a purge counted; a name that is new is shown as it is. */
const COUNTS: Record<string, string> = {
  messages: vi`tin nhắn`,
  messagesIn: vi`tin đến`,
  messagesOut: vi`tin đi`,
  files: vi`tệp`,
  memories: vi`mạch trò chuyện`,
  requests: vi`yêu cầu cũ`,
  reportsKept: vi`phản ánh giữ lại, không còn tên`,
  subscriptions: vi`đăng ký nhận tin`,
};

export function countsInWords(counts: Record<string, number>): string {
  const some = Object.entries(counts).filter(([, count]) => count > 0);
  if (some.length === 0) return t`không có gì`;
  return some
    .map(([name, count]) => `${count.toLocaleString(pageLocale())} ${t.of(COUNTS[name]) ?? name}`)
    .join(", ");
}
