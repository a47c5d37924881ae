/** Residents report a problem in the street; officials assign it, mend it, and say so. */
import { noMail, type Mailer } from "../../infra/mail.ts";
import type { Feature } from "../feature.ts";
import { aftercareEffects, aftercareFlows } from "./aftercare.ts";
import { createDeeds } from "./deeds.ts";
import { reportFlow } from "./flow.ts";
import { followsUp, recognises } from "./follow-up.ts";
import { guides } from "./guides.ts";
import { createInsert } from "./insert.ts";
import { reportJobs } from "./jobs.ts";
import type { FindLamp } from "./lamp.ts";
import { createLookups } from "./lookups.ts";
import { addFlow, correctFlow } from "./more-flows.ts";
import { personalData } from "./personal-data.ts";
import { tellStatus } from "./status.ts";
import { createTelling, type TellingParts } from "./telling.ts";

export { createFiling } from "./for-resident.ts";

/** “PA-2611-00042”, with or without its dashes, as the language engine reads it. */
const REPORT_CODE = /(?<![\p{L}\p{N}])pa\s?[-–—._]?\s?\d{4}\s?[-–—._]?\s?\d{5}(?![\p{L}\p{N}])/iu;

export { proposeClosing, withdrawProposals } from "./store.ts";

export interface ReportParts extends TellingParts {
  /** Absent: nobody is mailed of deadlines. */
  mailer?: Mailer;
  /** Of whom lamps are known; absent: of nobody. */
  findLamp?: FindLamp;
}

export function createReports(given: ReportParts): Feature {
  const { findLamp = async () => null, mailer = noMail, ...parts } = given;
  const telling = createTelling(parts);
  return {
    name: "reports",
    flows: [reportFlow, addFlow, correctFlow, ...aftercareFlows],
    answers: { "report.status": tellStatus, ...guides },
    codes: [{ pattern: REPORT_CODE, intent: "report.status" }],
    ...{ followsUp, recognises },
    lookups: createLookups(findLamp),
    effects: { ...createDeeds(parts.publicUrl), ...aftercareEffects },
    news: telling.withAnswer,
    menu: [
      { intent: "report.other", label: "intents.report.other" },
      { intent: "report.status", label: "intents.report.status" },
    ],
    personalData,
    insert: createInsert(parts.publicUrl),
    jobs: reportJobs({ ...parts, mailer, db: parts.database.db, tell: telling.tell }),
  };
}
