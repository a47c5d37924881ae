/**
 * Graph API errors as data: what each means for a message on its way out. Source: Messenger Platform error codes
 * (2026-03-18) and rate limiting (2026-03-23), as kept in the reference §5–6; the classes are ours.
 */
import { vi } from "../../bilingual/index.ts";
import { DeliveryError, type DeliveryErrorClass } from "../delivery-error.ts";

interface GraphError {
  code: number;
  subcode?: number;
  class: DeliveryErrorClass;
  meaning: string;
  mend?: string;
}

const RECONNECT = vi`Kết nối lại trang trong Bảng điều khiển → Tài khoản.`;

/** The first row that fits counts, so subcodes stand before their code. */
export const GRAPH_ERRORS: GraphError[] = [
  { code: 1, subcode: 99, class: "permanent", meaning: vi`lỗi không rõ, thử lại không qua` },
  { code: 1, subcode: 1357046, class: "permanent", meaning: vi`lỗi không rõ, thử lại không qua` },
  { code: 1, class: "later", meaning: vi`lỗi không rõ` },
  { code: 2, class: "later", meaning: vi`lỗi tạm thời` },
  { code: 4, class: "later", meaning: vi`quá hạn mức gọi của ứng dụng` },
  { code: 17, class: "later", meaning: vi`quá hạn mức gọi của người dùng` },
  { code: 32, class: "later", meaning: vi`quá hạn mức gọi của trang` },
  { code: 613, class: "later", meaning: vi`quá hạn mức gọi` },
  { code: 80001, class: "later", meaning: vi`quá hạn mức nghiệp vụ của trang` },
  { code: 80006, class: "later", meaning: vi`quá hạn mức nghiệp vụ của Messenger` },
  { code: 1200, class: "later", meaning: vi`tạm thời gửi không được` },
  { code: 10, subcode: 2018278, class: "window_closed", meaning: vi`đã quá giờ nền tảng cho trả lời` },
  {
    code: 10,
    subcode: 1893063,
    class: "stop_account",
    meaning: vi`trang đang bị hạn chế một thời gian`,
    mend: vi`Xem “Chất lượng Trang” trong Business Suite.`,
  },
  {
    code: 10,
    class: "stop_account",
    meaning: vi`thiếu quyền`,
    mend: vi`Cấp quyền pages_messaging cho ứng dụng.`,
  },
  { code: 200, class: "stop_account", meaning: vi`thiếu quyền`, mend: vi`Cấp quyền được nêu tên.` },
  { code: 210, class: "stop_account", meaning: vi`cần token của trang`, mend: RECONNECT },
  { code: 100, subcode: 2018001, class: "permanent", meaning: vi`trang không có người này` },
  { code: 100, class: "permanent", meaning: vi`một tham số không hợp lệ` },
  { code: 190, class: "stop_account", meaning: vi`token của trang sai hoặc đã hết hạn`, mend: RECONNECT },
  { code: 230, class: "permanent", meaning: vi`người này chưa đồng ý` },
  {
    code: 368,
    class: "stop_account",
    meaning: vi`bị khóa vì vi phạm chính sách`,
    mend: vi`Xem “Chất lượng Trang” trong Business Suite.`,
  },
  { code: 551, class: "permanent", meaning: vi`người này hiện không nhận được tin` },
];

/** An unknown code with a client status is permanent: a person sees it and may resend. */
export function graphError(
  {
    code,
    error_subcode: subcode,
    message,
  }: { code: number; error_subcode?: number | undefined; message: string },
  retryAt?: Date,
): DeliveryError {
  const known = GRAPH_ERRORS.find(
    (row) => row.code === code && (row.subcode === undefined || row.subcode === subcode),
  );
  const words = known ? `${known.meaning} (Facebook: ${message})` : `Facebook: ${message}`;
  const errorClass = known?.class ?? "permanent";
  return new DeliveryError(
    errorClass,
    subcode ? `${code}/${subcode}` : String(code),
    known?.mend ? `${words}. ${known.mend}` : words,
    {
      ...(retryAt && errorClass === "later" ? { retryAt } : {}),
      ...(known?.mend ? { mend: known.mend } : {}),
    },
  );
}
