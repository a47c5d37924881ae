/** The findings about an account in the words of the office: what each line is, and who is to be called. */
import { settingGroup } from "../../infra/setting-groups.ts";
import type { Finding } from "../../infra/findings.ts";

/** owner: who administers the OA or the Page. technical: who runs the machine and the app. */
export type Who = "owner" | "technical";

const LINES: Record<string, { label: string; who: Who }> = {
  status: { label: "Trạng thái", who: "owner" },
  token: { label: "Token", who: "owner" },
  OA: { label: "Tên OA", who: "owner" },
  Page: { label: "Trang", who: "owner" },
  verified: { label: "Xác thực OA", who: "owner" },
  package: { label: "Gói dịch vụ", who: "owner" },
  quota: { label: "Hạn mức", who: "owner" },
  sending: { label: "Gửi tin", who: "technical" },
  webhook: { label: "Webhook", who: "technical" },
  clock: { label: "Đồng hồ máy chủ", who: "technical" },
  app: { label: "Ứng dụng", who: "technical" },
  permissions: { label: "Quyền", who: "technical" },
  fields: { label: "Sự kiện đăng ký", who: "technical" },
};

export const labelOf = (what: string) => LINES[what]?.label ?? what;
export const whoMends = ({ what }: Finding): Who => LINES[what]?.who ?? "technical";

/** Told beside what the people of the unit cannot mend themselves. */
export const contacts = settingGroup("contacts", {
  title: "Gọi ai khi có chuyện",
  meaning: "Hiện bên cạnh mỗi trục trặc của tài khoản, để người trực biết gọi ai.",
  choices: {
    technical: {
      ...{ kind: "text", label: "Nhóm kỹ thuật", initial: "Nhóm kỹ thuật của tỉnh" },
      meaning: "Tên và số điện thoại của người lo máy chủ và ứng dụng.",
      pattern: /^.{3,120}$/,
      form: "Từ 3 tới 120 ký tự, ví dụ: Anh Tâm, 0912 345 678.",
    },
  },
});
