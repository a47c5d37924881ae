/** What the platform still allows in a talk, until when, and what comes after: shown beside the answer box. */
import { t, vi } from "../../../bilingual/index.ts";
import type { AccountSettings, ChannelName, Reply } from "../../../channels/channel.ts";
import { FACEBOOK_WINDOWS } from "../../../channels/facebook/window.ts";
import { templateFor } from "../../../channels/templates.ts";
import { ZALO_WINDOWS } from "../../../channels/zalo/window.ts";

export interface ReplyWindow {
  /** free: as usual. special: allowed, but paid or under a rule. template: only the approved one. closed: nothing goes out. */
  state: "free" | "special" | "template" | "closed";
  /** When this ends; null: it does not end by itself. */
  until: Date | null;
  now: string;
  /** What happens at the end of it. */
  after: string;
}

const HOUR = 3_600_000;
const CLOSED: Omit<ReplyWindow, "until"> = {
  state: "closed",
  now: vi`Hết thời hạn trả lời`,
  after: vi`Chỉ gửi lại được khi người dân nhắn tin mới; cập nhật về phản ánh sẽ được báo ngay lúc đó.`,
};

type Rules = Pick<AccountSettings, "humanAgent" | "templates">;

export function replyWindow(
  channel: ChannelName,
  settings: Rules,
  lastInboundAt: Date | null,
  now: Date,
): ReplyWindow {
  const hours = lastInboundAt ? (now.getTime() - lastInboundAt.getTime()) / HOUR : Infinity;
  const rows = channel === "zalo" ? ZALO_WINDOWS : FACEBOOK_WINDOWS;
  const index = rows.findIndex(({ untilHours }) => hours <= untilHours);
  const row = rows[index]!;
  const mayAnswer = row.staff && (channel === "zalo" || index === 0 || settings.humanAgent);
  if (!lastInboundAt || !mayAnswer) return { ...pastWindow(settings), until: null };
  const until = new Date(lastInboundAt.getTime() + row.untilHours * HOUR);
  if (index === 0)
    return { state: "free", until, now: t`Trả lời tự do`, after: afterFree(channel, settings) };
  return {
    state: "special",
    until,
    now: channel === "zalo" ? t`Tin tính phí (quá 48 giờ)` : t`Chỉ cán bộ được trả lời (HUMAN_AGENT)`,
    after: settings.templates.staff_reply
      ? t`Sau đó chỉ gửi được bằng mẫu tin đã duyệt.`
      : t`Sau đó không gửi được nữa cho tới khi người dân nhắn lại.`,
  };
}

function pastWindow({ templates }: Rules): Omit<ReplyWindow, "until"> {
  if (!templates.staff_reply) return { ...CLOSED, now: t.of(CLOSED.now), after: t.of(CLOSED.after) };
  return {
    state: "template",
    now: t`Chỉ gửi được bằng mẫu tin đã duyệt`,
    after: t`Tối đa ${templates.staff_reply.longest} ký tự, không kèm tệp; người dân nhắn lại thì trả lời tự do.`,
  };
}

function afterFree(channel: ChannelName, { humanAgent, templates }: Rules): string {
  if (channel === "zalo") return t`Sau đó mỗi tin tính phí, tới hết 7 ngày.`;
  if (humanAgent) return t`Sau đó chỉ cán bộ được trả lời, tới hết 7 ngày.`;
  return templates.staff_reply
    ? t`Sau đó chỉ gửi được bằng mẫu tin đã duyệt (trang chưa có quyền HUMAN_AGENT).`
    : t`Sau đó không gửi được nữa cho tới khi người dân nhắn lại (trang chưa có quyền HUMAN_AGENT).`;
}

/** May words of one's own go now? */
export const isOpen = ({ state }: ReplyWindow) => state === "free" || state === "special";

/**
 * A staff member's answer as it can go now: their words, past the window their words in the approved template.
 * @returns why it cannot go, in words.
 */
export function answerFor(
  window: ReplyWindow,
  { settings, unitName }: { settings: AccountSettings; unitName: string },
  text: string,
  attached: Reply[],
): { replies: Reply[] } | { refused: string } {
  if (isOpen(window)) return { replies: [...attached, ...(text ? [{ text }] : [])] };
  const refused = `${window.now}. ${window.after}`;
  const choice = settings.templates.staff_reply;
  if (!choice || attached.length > 0 || [...text.normalize("NFC")].length > choice.longest)
    return { refused };
  const template = templateFor({ settings }, "staff_reply", { loi_nhan: text, don_vi: unitName })!;
  return { replies: [{ text, template }] };
}
