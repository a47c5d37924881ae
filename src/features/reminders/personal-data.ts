/** What somebody asked to be reminded of, in their words. */
import type { PersonalData } from "../feature.ts";

export const personalData: PersonalData = {
  async activity(db) {
    return {
      ...{ what: "Việc người dân nhờ nhắc và ngày nhắc", purpose: "Nhắc đúng ngày người dân chọn" },
      ...{ basis: "Sự đồng ý của người dân (Luật 91/2025/QH15)", kept: "30 ngày sau khi đã nhắc" },
      count: await db.reminder.count(),
    };
  },
  async show(db, residentId, say) {
    const all = await db.reminder.findMany({ where: { residentId }, orderBy: { dueAt: "asc" } });
    const rows = all.map(({ dueAt, what }) => ({ at: dueAt, what, text: "" }));
    return [{ title: say("reminders.section"), rows }];
  },
  async erase(tx, residentId) {
    const { count } = await tx.reminder.deleteMany({ where: { residentId } });
    return { reminders: count };
  },
};
