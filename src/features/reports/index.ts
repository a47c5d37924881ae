/** Residents report a problem in the street; officials assign it, mend it, and say so. */
import type { Feature } from "../feature.ts";
import { aftercareEffects, aftercareFlows } from "./aftercare.ts";
import { createDeeds } from "./deeds.ts";
import { reportFlow } from "./flow.ts";
import { guides } from "./guides.ts";
import { reportJobs } from "./jobs.ts";
import { lookups } from "./lookups.ts";
import { addFlow, correctFlow } from "./more-flows.ts";
import { personalData } from "./personal-data.ts";
import { tellStatus } from "./status.ts";
import { createTelling, type TellingParts } from "./telling.ts";

export function createReports(parts: TellingParts): Feature {
  const telling = createTelling(parts);
  return {
    name: "reports",
    flows: [reportFlow, addFlow, correctFlow, ...aftercareFlows],
    answers: { "report.status": tellStatus, ...guides },
    lookups,
    effects: { ...createDeeds(parts.publicUrl), ...aftercareEffects },
    news: telling.withAnswer,
    menu: [
      { intent: "report.other", label: "intents.report.other" },
      { intent: "report.status", label: "intents.report.status" },
    ],
    personalData,
    jobs: reportJobs(parts.database.db, parts.clock, telling.tell),
  };
}
