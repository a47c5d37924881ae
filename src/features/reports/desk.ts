/** The office's side of reports: what the public sees, what staff do, and who is told. Put together in app.ts. */
import type { Media } from "../../channels/media.ts";
import type { WordingBook } from "../../dialogue/wording.ts";
import type { Clock } from "../../infra/clock.ts";
import type { Database } from "../../infra/db.ts";
import type { Feature } from "../feature.ts";
import { aftercareEffects, aftercareFlows } from "./aftercare.ts";
import { reportJobs } from "./jobs.ts";
import { publicPages } from "./pages.tsx";
import { ensureSampleReports, ensureTemplates } from "./store.ts";
import { createTelling } from "./telling.ts";

export interface DeskParts {
  database: Database;
  media: Media;
  wording: WordingBook;
  clock: Clock;
  publicUrl: string;
  /** Address of the map's pictures, and whom to name for them. */
  tiles: string;
  attribution: string;
}

export type ReportDesk = Required<Pick<Feature, "flows" | "effects" | "news" | "jobs" | "pages">>;

export function createReportDesk(parts: DeskParts): ReportDesk {
  const { database, clock } = parts;
  const { db } = database;
  const telling = createTelling(parts);
  return {
    flows: aftercareFlows,
    effects: aftercareEffects,
    news: telling.withAnswer,
    jobs: reportJobs(db, clock, telling.tell),
    pages: publicPages({ ...parts, db }),
  };
}

/** What a new installation begins with. @param withSamples in demo mode. */
export async function prepareReports({ db }: Database, clock: Clock, withSamples: boolean): Promise<void> {
  await ensureTemplates(db);
  if (withSamples) await ensureSampleReports(db, clock.now());
}
