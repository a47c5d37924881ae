/** What staff call the states and turns of a talk. */
import { t, vi } from "../../../bilingual/index.ts";
import type { AttachmentType } from "../../../channels/channel.ts";
import type { StepKind } from "./holding.ts";
import type { Tab, TalkRow } from "./talks.ts";

export const TAB_NAMES: Record<Tab, string> = {
  waiting: vi`Đang chờ`,
  mine: vi`Của tôi`,
  mentions: vi`Nhắc tôi`,
  held: vi`Đồng nghiệp^tab`,
  bot: vi`Trợ lý trả lời`,
  closed: vi`Đã đóng`,
};

const REASONS: Record<string, string> = {
  asked: vi`Xin gặp cán bộ`,
  emergency: vi`Khẩn cấp`,
  missed: vi`Trợ lý chưa hiểu`,
  window_closed: vi`Trợ lý hết thời hạn trả lời`,
  taken_in_app: vi`Đang trả lời trong ứng dụng của nền tảng`,
  thread_control: vi`Ứng dụng khác đang giữ`,
  returned: vi`Trả lại hàng chờ`,
  complaint: vi`Góp ý thái độ phục vụ`,
};
export const reasonName = (reason: string | null) => (reason ? (t.of(REASONS[reason]) ?? t`Cần cán bộ`) : "");

export function stepWords(
  kind: StepKind,
  who: string | null,
  to: string | null,
  note: string | null,
): string {
  const person = who ?? t`Hệ thống`;
  switch (kind) {
    case "claimed":
      return t`${person} nhận trò chuyện`;
    case "assigned":
      return t`${person} giao cho ${to ?? ""}`;
    case "handed_on":
      return t`${person} chuyển cho ${to ?? ""}`;
    case "handed_back":
      return t`${person} giao lại cho trợ lý`;
    case "closed":
      return t`${person} đóng trò chuyện`;
    case "filed":
      return t`${person} ghi phản ánh`;
    case "waiting":
      return t`Chờ cán bộ`;
    case "returned":
      if (note === "signed_out") return t`Trả lại hàng chờ: người giữ đã đăng xuất`;
      if (note === "unanswered") return t`Trả lại hàng chờ: lâu chưa có trả lời`;
      return t`${person} trả lại hàng chờ`;
  }
}

/** "vừa xong", "5 phút", "2 giờ", "3 ngày"; the page keeps it going (public/inbox.js). */
export function since(at: Date, now: Date): string {
  const minutes = Math.floor((now.getTime() - at.getTime()) / 60_000);
  if (minutes < 1) return t`vừa xong`;
  if (minutes < 60) return t`${minutes} phút`;
  if (minutes < 48 * 60) return t`${Math.floor(minutes / 60)} giờ`;
  return t`${Math.floor(minutes / 1440)} ngày`;
}

const ATTACHED: Record<AttachmentType, string> = {
  image: vi`Hình`,
  gif: vi`Hình động`,
  sticker: vi`Nhãn dán`,
  audio: vi`Tin thoại`,
  video: vi`Video`,
  file: vi`Tệp`,
  link: vi`Liên kết`,
  contact: vi`Danh thiếp`,
  location: vi`Vị trí`,
};
export const attachedName = (type: AttachmentType) => t.of(ATTACHED[type]);

/** "Nguyễn Thị Lan"; who is known by no name has the word for it in the language of the page. */
export const shownName = ({ residentName, isNamed }: Pick<TalkRow, "residentName" | "isNamed">) =>
  isNamed ? residentName : residentName.replace("Người dân", t`Người dân`);

/** What public/inbox.js says; # stands for a number. */
export const scriptWords = () => ({
  now: t`vừa xong`,
  minute: t`${1} phút`,
  minutes: t`${"#"} phút`,
  hour: t`${1} giờ`,
  hours: t`${"#"} giờ`,
  days: t`${"#"} ngày`,
  left: t`còn ${"#"}`,
  over: t`đã hết hạn`,
  mentioned: t`Đồng nghiệp nhắc tới bạn trong một trò chuyện.`,
  waiting: t`${"#"} người dân đang chờ cán bộ.`,
  bellOn: t`Đang báo khi có người chờ. Bấm để tắt.`,
  bellOff: t`Báo khi có người chờ`,
  bellBlocked: t`Trình duyệt đang chặn thông báo của trang này.`,
  locked: t`Đồng nghiệp đang giữ: chỉ ghi chú nội bộ được`,
  reply: t`Trả lời người dân… gõ / để chọn câu mẫu, @ để nhắc đồng nghiệp trong ghi chú`,
  notSent: t`Chưa gửi được. Thử lại sau ít phút.`,
  cutOff: t`Mất kết nối, chưa gửi được. Nội dung vẫn còn ở đây.`,
  notFound: t`Chưa lấy được nội dung này. Thử lại sau.`,
  picture: t`Hình ${"#"}`,
  dropPicture: t`Bỏ hình ${"#"}`,
});
