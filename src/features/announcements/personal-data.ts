/** What a resident asked to be told of. */
import type { PersonalData } from "../feature.ts";
import { askedBy, forgetAsker } from "./rumours/store.ts";
import { unsubscribe, wishesOf } from "./store.ts";
import { inWords, type NameTopics } from "./subscribing.ts";

export const personalData = (nameTopics: NameTopics): PersonalData => ({
  async activity(db) {
    return {
      ...{ what: "Đăng ký nhận thông báo: chủ đề, phường", purpose: "Gửi thông báo người dân muốn nhận" },
      ...{ basis: "Sự đồng ý riêng cho việc này (Luật 91/2025/QH15)", kept: "Tới khi nhắn “dừng”" },
      count: await db.subscription.count(),
    };
  },
  async show(db, residentId, say) {
    const wishes = await wishesOf(db, residentId);
    const names = await nameTopics(
      db,
      wishes.map(({ topic }) => topic),
    );
    const rows = wishes.map((wish) => ({
      at: null,
      what: say("privacy.consent.announcements"),
      text: inWords([wish], { say }, names),
    }));
    const asked = (await askedBy(db, residentId)).map(({ at, text }) => ({
      ...{ at, text, what: say("announcements.askedAbout") },
    }));
    return [{ title: say("privacy.consent.announcements"), rows: [...rows, ...asked] }];
  },
  async erase(tx, residentId) {
    await tx.announcementNotice.deleteMany({ where: { residentId } });
    await forgetAsker(tx, residentId);
    return { subscriptions: await unsubscribe(tx, residentId, { topics: [], wards: [] }) };
  },
});
