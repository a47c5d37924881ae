/** The staff side of conversations: the inbox's pages, its live stream, and what the passing of time does to talks. */
import type { JobSet } from "../../../infra/jobs.ts";
import type { Mailer } from "../../../infra/mail.ts";
import type { Feature } from "../../feature.ts";
import { workTimeOf } from "../../../residents/work-time.ts";
import { isOpen } from "../../../residents/office-hours.ts";
import { releaseAll, releaseUnanswered } from "./holding.ts";
import { TalkLine } from "./list.tsx";
import { createLive } from "./live.ts";
import { inboxRoutes, type InboxParts } from "./routes.tsx";
import { countForAll, findTalksById } from "./talks.ts";
import { createWaitingMail } from "./waiting-mail.ts";

export { waitingMail } from "./waiting-mail.ts";

export interface Inbox extends Pick<Feature, "console" | "jobs"> {
  /** Everything somebody holds goes back to the queue. */
  signedOut(staffId: number): Promise<void>;
  close(): Promise<void>;
}

/** A held talk without an answer goes back to the queue after this; sooner when the office is closed, ms. */
const PATIENCE = 30 * 60_000;
const PATIENCE_OUT_OF_HOURS = 5 * 60_000;

interface Parts extends Omit<InboxParts, "live"> {
  mailer: Mailer;
  publicUrl: string;
}

export function createInbox(parts: Parts): Inbox {
  const { database, channels, clock } = parts;
  const live = createLive({
    database,
    readRows: (ids) => findTalksById(database.db, channels, ids),
    readCounts: () => countForAll(database.db),
    drawRow: async (row) => TalkLine({ row, now: clock.now() }),
  });
  const mail = createWaitingMail(parts);
  const jobs: JobSet = {
    tasks: {
      ...mail.tasks,
      "conversations:release": async () => {
        const now = clock.now();
        const patience = isOpen(now, await workTimeOf(database.db, null, now))
          ? PATIENCE
          : PATIENCE_OUT_OF_HOURS;
        return releaseUnanswered(database.db, new Date(now.getTime() - patience));
      },
    },
    crontab: ["* * * * * conversations:release", ...(mail.crontab ?? [])],
  };
  return {
    console: inboxRoutes({ ...parts, live }),
    jobs,
    signedOut: (staffId) => releaseAll(database.db, staffId),
    close: () => live.close(),
  };
}
