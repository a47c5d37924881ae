/** Reports in the light of the people who filed them: shown to them, and kept without them. */
import type { PersonalData } from "../feature.ts";
import { letGoOfReporter, reportsToShow } from "./store/personal-data.ts";

export const personalData: PersonalData = {
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
