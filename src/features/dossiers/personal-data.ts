/** What following a dossier leaves behind: which codes somebody asked to be told of. */
import type { PersonalData } from "../feature.ts";

export const personalData: PersonalData = {
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
