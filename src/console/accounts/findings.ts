/** The findings about an account in the words of the office: what each line is, and who is to be called. */
import { t, vi } from "../../bilingual/index.ts";
import { settingGroup } from "../../infra/setting-groups.ts";
import type { Finding } from "../../infra/findings.ts";

/** owner: who administers the OA or the Page. technical: who runs the machine and the app. */
export type Who = "owner" | "technical";

const LINES: Record<string, { label: string; who: Who }> = {
  status: { label: vi`Trạng thái`, who: "owner" },
  token: { label: vi`Token`, who: "owner" },
  OA: { label: vi`Tên OA`, who: "owner" },
  Page: { label: vi`Trang`, who: "owner" },
  verified: { label: vi`Xác thực OA`, who: "owner" },
  package: { label: vi`Gói dịch vụ`, who: "owner" },
  quota: { label: vi`Hạn mức`, who: "owner" },
  sending: { label: vi`Gửi tin`, who: "technical" },
  webhook: { label: vi`Webhook`, who: "technical" },
  clock: { label: vi`Đồng hồ máy chủ`, who: "technical" },
  app: { label: vi`Ứng dụng`, who: "technical" },
  permissions: { label: vi`Quyền`, who: "technical" },
  fields: { label: vi`Sự kiện đăng ký`, who: "technical" },
};

export const labelOf = (what: string) => t.of(LINES[what]?.label) ?? what;
export const whoMends = ({ what }: Finding): Who => LINES[what]?.who ?? "technical";

/** Told beside what the people of the unit cannot mend themselves. */
export const contacts = settingGroup("contacts", {
  title: vi`Gọi ai khi có chuyện`,
  meaning: vi`Hiện bên cạnh mỗi trục trặc của tài khoản, để người trực biết gọi ai.`,
  choices: {
    technical: {
      ...{ kind: "text", label: vi`Nhóm kỹ thuật`, initial: "Nhóm kỹ thuật của tỉnh" },
      meaning: vi`Tên và số điện thoại của người lo máy chủ và ứng dụng.`,
      pattern: /^.{3,120}$/,
      form: vi`Từ 3 tới 120 ký tự, ví dụ: Anh Tâm, 0912 345 678.`,
    },
  },
});
