/** What the office calls the ways of an announcement, and what becomes of a copy. */
import { t, vi } from "../../../bilingual/index.ts";
import type { Fate } from "./store.ts";
import type { Plan, Way } from "./wanted.ts";

export const WAY_NAMES: Record<Way, { name: string; about: string }> = {
  message: {
    name: vi`Nhắn cho người đăng ký`,
    about: vi`Trong giờ nền tảng còn cho nhắn; người khác nhận khi họ nhắn lại.`,
  },
  template: {
    name: vi`Mẫu tin đã duyệt cho người quá giờ nhắn`,
    about: vi`Chỉ ở tài khoản có mẫu tin cho thông báo. Zalo tính phí từng tin.`,
  },
  article: {
    name: vi`Bài viết trên Zalo OA`,
    about: vi`Nằm trong mục bài viết của OA, không làm ai đổ chuông.`,
  },
  broadcast: {
    name: vi`Gửi bài viết tới mọi người quan tâm OA`,
    about: vi`Dùng một lượt trong hạn mức tháng của mỗi OA. Zalo không nhận từ 22 giờ tới 6 giờ, và không chọn được theo phường.`,
  },
  post: {
    name: vi`Bài đăng trên trang Facebook`,
    about: vi`Kèm ảnh bìa nếu có, và liên kết tới trang thông báo.`,
  },
};

/** In the order they are told: who gets it, then who does not. */
export const FATE_NAMES: Record<Fate, { gets: boolean; name: string }> = {
  now: { gets: true, name: vi`Nhận ngay` },
  template: { gets: true, name: vi`Nhận bằng mẫu tin đã duyệt` },
  broadcast: { gets: true, name: vi`Nhận qua bài viết gửi tới người quan tâm, không nhắn thêm` },
  later: { gets: true, name: vi`Nhận khi nhắn lại: đã quá giờ nền tảng cho nhắn` },
  capped: { gets: true, name: vi`Nhận khi nhắn lại: hôm nay đã đủ số tin` },
  busy: { gets: true, name: vi`Nhận khi nói chuyện xong với cán bộ` },
  stopped: { gets: true, name: vi`Chờ nối lại tài khoản với nền tảng` },
  double: { gets: false, name: vi`Trùng số điện thoại với người đã nhận ở tài khoản khác` },
  elsewhere: { gets: false, name: vi`Ngoài tài khoản và nền tảng đã chọn` },
  never: { gets: false, name: vi`Chưa nhắn tin cho tài khoản bao giờ` },
  withdrawn: { gets: false, name: vi`Đã rút lại đồng ý` },
};

/** One line a way, for the page of the announcement. */
export function waysInWords({ ways }: Plan): string[] {
  return (Object.keys(WAY_NAMES) as Way[])
    .filter((way) => ways.includes(way))
    .map((way) => t.of(WAY_NAMES[way].name));
}
