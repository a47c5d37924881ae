/** What the operators choose about broadcasts and schedules. */
import { vi } from "../../../bilingual/index.ts";
import { settingGroup } from "../../../infra/setting-groups.ts";

export const broadcastSettings = settingGroup("announcements.broadcast", {
  title: vi`Gửi bài Zalo tới người quan tâm`,
  meaning: vi`Zalo không chọn được theo phường. Mã tỉnh thành sau sáp nhập chưa được Zalo công bố rõ: thử trước khi dùng.`,
  choices: {
    cities: {
      ...{ kind: "text", label: vi`Chỉ gửi tới mã tỉnh thành`, initial: "" },
      pattern: /^(?:\d{1,2}(?:,\d{1,2})*)?$/,
      form: vi`Các số cách nhau bằng dấu phẩy, hoặc để trống.`,
      meaning: vi`Để trống: mọi người quan tâm OA.`,
    },
  },
});
