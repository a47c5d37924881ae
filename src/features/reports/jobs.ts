/** What happens to reports without anybody asking: residents are told, deadlines watched, old ones closed. */
import type { Clock } from "../../infra/clock.ts";
import type { Db } from "../../infra/db.ts";
import type { JobSet } from "../../infra/jobs.ts";
import type { Mailer } from "../../infra/mail.ts";
import { mailOverdue } from "./overdue-mail.ts";
import { closeOldResolved, noteDeadlines } from "./store.ts";

interface JobParts {
  db: Db;
  clock: Clock;
  mailer: Mailer;
  publicUrl: string;
  tell(residentId: bigint): Promise<void>;
}

export function reportJobs({ db, clock, mailer, publicUrl, tell }: JobParts): JobSet {
  return {
    tasks: {
      "reports.tell": ({ residentId }: { residentId: string }) => tell(BigInt(residentId)),
      reports_clock: async () => {
        await db.$transaction(async (tx) => {
          const { overdue } = await noteDeadlines(tx, clock.now());
          await mailOverdue(tx, mailer, overdue, publicUrl);
        });
        await closeOldResolved(db, clock.now());
      },
    },
    crontab: ["*/5 * * * * reports_clock"],
  };
}
