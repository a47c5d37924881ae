/** The check's findings in the words of the office: what each line is, and what to do when it is not well. */
import type { Finding } from "../../infra/findings.ts";

interface Words {
  label: string;
  mend?: string;
}

const WORDS: Record<string, Words> = {
  status: { label: "Trạng thái", mend: "Khắc phục nguyên nhân rồi kết nối lại." },
  token: { label: "Token", mend: "Bấm “Kết nối lại” ở trang này." },
  OA: { label: "Tên OA", mend: "Kiểm tra token có đúng của OA này không." },
  Page: { label: "Trang", mend: "Kiểm tra token có đúng của trang này không." },
  verified: {
    label: "Xác thực OA",
    mend: "Xác thực OA tại oa.zalo.me; chưa xác thực thì phần lớn API bị khóa.",
  },
  package: { label: "Gói dịch vụ", mend: "Gia hạn gói của OA tại oa.zalo.me; hết gói thì API ngừng." },
  quota: { label: "Hạn mức", mend: "Chờ kỳ sau, hoặc mua thêm hạn mức." },
  webhook: { label: "Webhook", mend: "Kiểm tra địa chỉ webhook trong trang của nhà phát triển." },
  clock: { label: "Đồng hồ máy chủ", mend: "Chỉnh giờ máy chủ bằng NTP." },
  app: { label: "Ứng dụng", mend: "Thêm lại trang với khóa bí mật của đúng ứng dụng." },
  permissions: { label: "Quyền", mend: "Xin các quyền này trong App Review rồi tạo token trang mới." },
  fields: { label: "Sự kiện đăng ký", mend: "Bấm “Lưu” ở phần kết nối để đăng ký lại." },
};

export const labelOf = ({ what }: Finding) => WORDS[what]?.label ?? what;
export const mendOf = ({ what, state }: Finding) => (state === "ok" ? undefined : WORDS[what]?.mend);
