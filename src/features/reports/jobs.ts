/** What happens to reports without anybody asking: residents are told, deadlines watched, old ones closed. */
import type { Clock } from "../../infra/clock.ts";
import type { Db } from "../../infra/db.ts";
import type { JobSet } from "../../infra/jobs.ts";
import { closeOldResolved, noteDeadlines } from "./store.ts";

export function reportJobs(db: Db, clock: Clock, tell: (residentId: bigint) => Promise<void>): JobSet {
  return {
    tasks: {
      "reports.tell": ({ residentId }: { residentId: string }) => tell(BigInt(residentId)),
      reports_clock: async () => {
        await noteDeadlines(db, clock.now());
        await closeOldResolved(db, clock.now());
      },
    },
    crontab: ["*/5 * * * * reports_clock"],
  };
}
