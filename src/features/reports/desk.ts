/** The office's side of reports: what the public sees and what staff do. app.ts puts it beside the residents' side. */
import type { Media } from "../../channels/media.ts";
import type { Wording } from "../../dialogue/types.ts";
import type { Clock } from "../../infra/clock.ts";
import type { Database } from "../../infra/db.ts";
import type { Learn } from "../../residents/candidates.ts";
import type { Feature } from "../feature.ts";
import { reportConsole } from "./console/routes.tsx";
import { open311Routes } from "./open311/routes.ts";
import { publicPages } from "./pages.tsx";
import { ensureSampleReports, ensureTemplates } from "./store.ts";

export interface DeskParts {
  database: Database;
  media: Media;
  clock: Clock;
  /** What residents read, in Vietnamese. */
  say: Wording;
  publicUrl: string;
  /** Has the bot learn what staff corrected. */
  learn: Learn;
  /** Address of the map's pictures, and whom to name for them. */
  tiles: string;
  attribution: string;
}

export function createReportDesk(parts: DeskParts): Pick<Feature, "pages" | "console"> {
  const pages = publicPages({ ...parts, db: parts.database.db });
  pages.use("/open311/v2", open311Routes(parts));
  return { pages, console: reportConsole(parts) };
}

/** What a new installation begins with. @param withSamples in demo mode. */
export async function prepareReports({ db }: Database, clock: Clock, withSamples: boolean): Promise<void> {
  await ensureTemplates(db);
  if (withSamples) await ensureSampleReports(db, clock.now());
}
