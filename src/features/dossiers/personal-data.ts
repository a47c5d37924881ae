/** What following a dossier leaves behind: which codes somebody asked to be told of. */
import type { PersonalData } from "../feature.ts";

export const personalData: PersonalData = {
  async activity(db) {
    return {
      ...{ what: "Mã hồ sơ người dân nhờ theo dõi", purpose: "Báo khi hồ sơ có kết quả" },
      ...{
        basis: "Sự đồng ý của người dân (Luật 91/2025/QH15)",
        kept: "Tới khi thôi theo dõi hoặc xóa dữ liệu",
      },
      count: await db.dossierFollow.count(),
    };
  },
  async show(db, residentId, say) {
    const followed = await db.dossierFollow.findMany({
      where: { residentId },
      orderBy: { createdAt: "asc" },
    });
    const rows = followed.map(({ code, createdAt }) => ({ at: createdAt, what: code, text: "" }));
    return [{ title: say("dossiers.followedSection"), rows }];
  },
  async erase(tx, residentId) {
    const { count } = await tx.dossierFollow.deleteMany({ where: { residentId } });
    await tx.dossierTry.deleteMany({ where: { key: `resident:${residentId}` } });
    return { dossierFollows: count };
  },
};
