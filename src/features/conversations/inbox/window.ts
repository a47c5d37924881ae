/** What the platform still allows in a talk, until when, and what comes after: shown beside the answer box. */
import type { AccountSettings, ChannelName } from "../../../channels/channel.ts";
import { FACEBOOK_WINDOWS } from "../../../channels/facebook/window.ts";
import { ZALO_WINDOWS } from "../../../channels/zalo/window.ts";

export interface ReplyWindow {
  /** free: as usual. special: allowed, but paid or under a rule. closed: nothing goes out. */
  state: "free" | "special" | "closed";
  /** When this ends; null: it does not end by itself. */
  until: Date | null;
  now: string;
  /** What happens at the end of it. */
  after: string;
}

const HOUR = 3_600_000;
const CLOSED: Omit<ReplyWindow, "until"> = {
  state: "closed",
  now: "Hết thời hạn trả lời",
  after: "Chỉ gửi lại được khi người dân nhắn tin mới; cập nhật về phản ánh sẽ được báo ngay lúc đó.",
};

export function replyWindow(
  channel: ChannelName,
  settings: Pick<AccountSettings, "humanAgent">,
  lastInboundAt: Date | null,
  now: Date,
): ReplyWindow {
  const hours = lastInboundAt ? (now.getTime() - lastInboundAt.getTime()) / HOUR : Infinity;
  const rows = channel === "zalo" ? ZALO_WINDOWS : FACEBOOK_WINDOWS;
  const index = rows.findIndex(({ untilHours }) => hours <= untilHours);
  const row = rows[index]!;
  const mayAnswer = row.staff && (channel === "zalo" || index === 0 || settings.humanAgent);
  if (!lastInboundAt || !mayAnswer) return { ...CLOSED, until: null };
  const until = new Date(lastInboundAt.getTime() + row.untilHours * HOUR);
  if (index === 0) return { state: "free", until, now: "Trả lời tự do", after: afterFree(channel, settings) };
  return {
    state: "special",
    until,
    now: channel === "zalo" ? "Tin tính phí (quá 48 giờ)" : "Chỉ cán bộ được trả lời (HUMAN_AGENT)",
    after: "Sau đó không gửi được nữa cho tới khi người dân nhắn lại.",
  };
}

function afterFree(channel: ChannelName, { humanAgent }: Pick<AccountSettings, "humanAgent">): string {
  if (channel === "zalo") return "Sau đó mỗi tin tính phí, tới hết 7 ngày.";
  return humanAgent
    ? "Sau đó chỉ cán bộ được trả lời, tới hết 7 ngày."
    : "Sau đó không gửi được nữa cho tới khi người dân nhắn lại (trang chưa có quyền HUMAN_AGENT).";
}
