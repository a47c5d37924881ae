/** Reports in the light of the people who filed them: shown to them, and kept without them. */
import type { PersonalData } from "../feature.ts";
import { letGoOfReporter, reportsOfSomebody, reportsToShow } from "./store/personal-data.ts";

export const personalData: PersonalData = {
  async activity(db) {
    return {
      ...{ what: "Phản ánh có tên người gửi", purpose: "Giải quyết phản ánh, báo lại kết quả" },
      basis: "Nhiệm vụ tiếp nhận phản ánh (Nghị định 49/2024/NĐ-CP) và sự đồng ý của người gửi",
      kept: "Theo quy định lưu trữ của cơ quan; xóa dữ liệu thì giữ phản ánh, bỏ tên",
      count: await reportsOfSomebody(db),
    };
  },
  async show(db, residentId, say) {
    const reports = await reportsToShow(db, residentId);
    const rows = reports.map(({ createdAt, code, description, place }) => ({
      at: createdAt,
      what: code,
      text: `${description} (${place})`,
    }));
    return [{ title: say("privacy.section.reports"), rows }];
  },
  erase: letGoOfReporter,
};
