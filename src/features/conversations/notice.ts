import { vi } from "../../bilingual/index.ts";
import { settingGroup } from "../../infra/setting-groups.ts";

/** Which text of the first-contact notice a resident has read. */
export const firstContactNotice = settingGroup("conversations.notice", {
  title: vi`Thông báo lần đầu gặp`,
  meaning: vi`Lần đầu nhắn, người dân được báo ai vận hành, giữ gì, xóa thế nào; phiên bản và giờ báo được ghi lại làm bằng chứng.`,
  choices: {
    version: {
      ...{ kind: "text", label: vi`Phiên bản`, initial: "2026-11.1" },
      meaning: vi`Sửa nội dung thông báo thì đổi số này: mọi người được xem lại một lần, ở tin nhắn kế tiếp của họ.`,
      pattern: /^\d{4}-\d{2}(\.\d{1,3})?$/,
      form: vi`Năm-tháng, thêm .1, .2 nếu sửa nữa trong tháng: 2026-11 hoặc 2026-11.1.`,
    },
  },
});
