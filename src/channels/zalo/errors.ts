/**
 * Zalo's error codes as data: what each means for a message on its way out. Source: the official "mã lỗi" page as kept in
 * the reference of the OA API, §9; the classes are ours. HTTP is 200 even when `error` is not 0.
 */
import { DateTime } from "luxon";
import { vi } from "../../bilingual/index.ts";
import { ZONE } from "../../infra/clock.ts";
import { DeliveryError, type DeliveryErrorClass } from "../delivery-error.ts";

interface ZaloError {
  class: DeliveryErrorClass;
  meaning: string;
  mend?: string;
}

const RECONNECT = vi`Kết nối lại OA trong Bảng điều khiển → Tài khoản.`;

export const ZALO_ERRORS: Record<string, ZaloError> = {
  "-32": { class: "later", meaning: vi`quá hạn mức gọi của ứng dụng hoặc OA` },
  "-100": { class: "permanent", meaning: vi`mã tệp đính kèm đã hết hạn`, mend: vi`Tải tệp lên lại.` },
  "-200": { class: "later", meaning: vi`Zalo gửi không được` },
  "-201": { class: "permanent", meaning: vi`một trường không hợp lệ` },
  "-204": {
    class: "stop_account",
    meaning: vi`OA đã bị khóa hoặc xóa`,
    mend: vi`Hỏi bộ phận hỗ trợ của Zalo.`,
  },
  "-205": { class: "stop_account", meaning: vi`OA không tồn tại`, mend: vi`Kiểm tra lại OA ID.` },
  "-209": {
    class: "stop_account",
    meaning: vi`API không được hỗ trợ, hoặc ứng dụng chưa kích hoạt`,
    mend: vi`Kích hoạt ứng dụng ở developers.zalo.me.`,
  },
  "-210": { class: "permanent", meaning: vi`một tham số vượt giới hạn` },
  "-211": { class: "later", meaning: vi`đã hết hạn mức gửi`, mend: vi`Chờ kỳ sau, hoặc mua thêm hạn mức.` },
  "-212": {
    class: "stop_account",
    meaning: vi`ứng dụng chưa đăng ký API này`,
    mend: vi`Đăng ký API trong ứng dụng ở developers.zalo.me.`,
  },
  "-213": { class: "permanent", meaning: vi`người này chưa quan tâm OA hoặc không nhận được tin` },
  "-214": { class: "later", meaning: vi`bài viết còn đang xử lý` },
  "-216": { class: "refresh_token", meaning: vi`token không còn dùng được`, mend: RECONNECT },
  "-217": { class: "permanent", meaning: vi`người này chặn lời mời` },
  "-218": { class: "later", meaning: vi`người này đã hết lượt nhận tin` },
  "-219": { class: "stop_account", meaning: vi`ứng dụng đã bị gỡ hoặc khóa`, mend: RECONNECT },
  "-220": { class: "refresh_token", meaning: vi`token đã hết hạn`, mend: RECONNECT },
  "-221": { class: "stop_account", meaning: vi`OA chưa xác thực`, mend: vi`Xác thực OA ở oa.zalo.me.` },
  "-223": { class: "stop_account", meaning: vi`OA chưa cấp quyền cho API này`, mend: RECONNECT },
  "-224": {
    class: "stop_account",
    meaning: vi`gói dịch vụ của OA chưa đủ`,
    mend: vi`Nâng gói của OA ở oa.zalo.me.`,
  },
  "-227": { class: "permanent", meaning: vi`người này bị khóa hoặc không hoạt động hơn 45 ngày` },
  "-230": { class: "window_closed", meaning: vi`người này không nhắn trong 7 ngày qua` },
  "-232": { class: "window_closed", meaning: vi`chưa có tương tác, hoặc đã quá hạn` },
  "-233": { class: "permanent", meaning: vi`loại tin không hợp lệ hoặc không được hỗ trợ` },
  "-234": { class: "later", meaning: vi`không được gửi từ 22 giờ tới 6 giờ` },
  "-235": { class: "stop_account", meaning: vi`loại OA này không được hỗ trợ` },
  "-237": { class: "permanent", meaning: vi`nhóm đã bị khóa` },
  "-238": {
    class: "stop_account",
    meaning: vi`hạn mức mua ở Zalo Cloud có vấn đề`,
    mend: vi`Kiểm tra hạn mức ở Zalo Cloud.`,
  },
  "-240": { class: "permanent", meaning: vi`đường gọi này đã đóng (V2)`, mend: vi`Cập nhật phần mềm này.` },
  "-241": {
    class: "stop_account",
    meaning: vi`hạn mức mua ở Zalo Cloud có vấn đề`,
    mend: vi`Kiểm tra hạn mức ở Zalo Cloud.`,
  },
  "-242": {
    class: "stop_account",
    meaning: vi`appsecret_proof không đúng`,
    mend: vi`Kiểm tra khóa bí mật của ứng dụng.`,
  },
  "-244": { class: "permanent", meaning: vi`người này hạn chế loại tin này` },
  "-248": { class: "permanent", meaning: vi`trái quy định của nền tảng` },
  "-249": { class: "permanent", meaning: vi`mẫu tin này không gửi theo mã người dùng được` },
  "-320": {
    class: "stop_account",
    meaning: vi`cần có tài khoản Zalo Cloud`,
    mend: vi`Liên kết Zalo Cloud Account với ứng dụng.`,
  },
  "-321": {
    class: "stop_account",
    meaning: vi`tài khoản Zalo Cloud đã hết tiền`,
    mend: vi`Nạp tiền vào Zalo Cloud Account.`,
  },
  "-403": { class: "permanent", meaning: vi`OA không ở trong nhóm` },
  // template messages by phone (ZBS)
  "-108": { class: "permanent", meaning: vi`số điện thoại không hợp lệ` },
  "-114": { class: "permanent", meaning: vi`người này không nhận được` },
  "-115": { class: "stop_account", meaning: vi`hết số dư`, mend: vi`Nạp tiền vào tài khoản.` },
  "-117": { class: "permanent", meaning: vi`không có quyền dùng mẫu tin này` },
  "-118": { class: "permanent", meaning: vi`số này không có tài khoản Zalo` },
  "-119": { class: "permanent", meaning: vi`người này không nhận được` },
  "-1121": { class: "permanent", meaning: vi`thiếu tham số của mẫu tin` },
  "-1122": { class: "permanent", meaning: vi`tham số của mẫu tin không hợp lệ` },
  "-1124": { class: "permanent", meaning: vi`tham số của mẫu tin dài quá` },
  "-124": { class: "refresh_token", meaning: vi`token không còn dùng được`, mend: RECONNECT },
  "-126": { class: "permanent", meaning: vi`chỉ dùng ở chế độ phát triển` },
  "-127": { class: "permanent", meaning: vi`chế độ phát triển: chỉ quản trị viên nhận được` },
  "-131": { class: "permanent", meaning: vi`mẫu tin chưa được duyệt` },
  "-133": { class: "later", meaning: vi`không gửi ban đêm` },
  "-135": { class: "stop_account", meaning: vi`không có quyền gửi`, mend: vi`Kiểm tra gói của OA.` },
  "-1351": { class: "stop_account", meaning: vi`không có quyền gửi`, mend: vi`Kiểm tra gói của OA.` },
  "-136": {
    class: "stop_account",
    meaning: vi`chưa liên kết Zalo Cloud Account`,
    mend: vi`Liên kết Zalo Cloud Account.`,
  },
  "-137": {
    class: "stop_account",
    meaning: vi`Zalo Cloud Account thanh toán không được`,
    mend: vi`Kiểm tra Zalo Cloud Account.`,
  },
  "-139": { class: "permanent", meaning: vi`người này từ chối loại tin này` },
  "-141": { class: "permanent", meaning: vi`người này từ chối tin của OA` },
  "-144": { class: "later", meaning: vi`đã hết lượt gửi trong ngày` },
  "-1441": { class: "later", meaning: vi`đã hết lượt quảng bá trong ngày` },
  "-146": { class: "permanent", meaning: vi`mẫu tin đã bị khóa` },
  "-147": { class: "later", meaning: vi`mẫu tin đã hết lượt trong ngày` },
  "-1471": { class: "later", meaning: vi`mẫu tin đã hết lượt` },
  "-1472": { class: "later", meaning: vi`mẫu tin đã hết lượt` },
};

/** Codes whose wait is known: the night ban ends at 06:00 in Việt Nam, quotas come back with the day. */
const UNTIL_MORNING = new Set(["-133", "-144", "-1441", "-147", "-1471", "-1472", "-211", "-218", "-234"]);

/** An unknown code is permanent: a person sees it and may resend, while blind retries could go on for ever. */
export function zaloError(code: string, message: string, now: Date): DeliveryError {
  const known = ZALO_ERRORS[code];
  const words = known ? `${known.meaning} (Zalo: ${message})` : `Zalo: ${message}`;
  return new DeliveryError(
    known?.class ?? "permanent",
    code,
    known?.mend ? `${words}. ${known.mend}` : words,
    {
      ...(UNTIL_MORNING.has(code) ? { retryAt: nextMorning(now) } : {}),
      ...(known?.mend ? { mend: known.mend } : {}),
    },
  );
}

/** The next 06:05 in Việt Nam. */
export function nextMorning(now: Date): Date {
  const local = DateTime.fromJSDate(now, { zone: ZONE });
  const today = local.set({ hour: 6, minute: 5, second: 0, millisecond: 0 });
  return (today > local ? today : today.plus({ days: 1 })).toJSDate();
}
