/** Under /console/announcements: comments on a notice, the emergency that waits, and its release by one press. */
import type { Router } from "express";
import { t } from "../../../bilingual/index.ts";
import { done, trouble } from "../../../console/page.tsx";
import { notFound } from "../../../console/problems.ts";
import { one } from "../../../console/read-form.ts";
import { consoleRoutes } from "../../../console/routes.ts";
import type { Clock } from "../../../infra/clock.ts";
import type { Database } from "../../../infra/db.ts";
import { noticeOf } from "../console/notice-of.ts";
import { REFUSALS, ROOT } from "../console/words.ts";
import { move, type Refusal } from "../workflow.ts";
import { UrgentStrip } from "./cards.tsx";
import { addComment, urgentFor } from "./store.ts";

const LONGEST = 1000;

export function approvalConsole({ database, clock }: { database: Database; clock: Clock }): Router {
  const { db } = database;
  const routes = consoleRoutes();

  // asked for by every page of who may approve: src/console/layout.tsx
  routes.get("/urgent", "announcements.approve", async (_request, response, staff) => {
    response.type("html").send(await (<UrgentStrip notices={await urgentFor(db, staff)} />));
  });

  routes.post("/:code/comments", "announcements.write", async (request, response, staff) => {
    const notice = await noticeOf(db, request, staff);
    const to = `${ROOT}/${notice.code}#comments`;
    const text = one((request.body as { text?: unknown } | undefined)?.text).slice(0, LONGEST);
    if (!text) return trouble(request, response, to, t`Chưa ghi gì.`);
    await db.$transaction((tx) => addComment(tx, staff, notice, text, clock.now()));
    done(request, response, to, t`Đã ghi ý kiến.`);
  });

  /** An emergency: approved and published in one step, by somebody who did not write it. */
  routes.post("/:code/release", "announcements.approve", async (request, response, staff) => {
    const notice = await noticeOf(db, request, staff);
    const { code } = notice;
    const to = `${ROOT}/${code}`;
    if (notice.level !== "emergency") return trouble(request, response, to, REFUSALS.not_now);
    const seen = Date.parse(one((request.body as { seen?: unknown } | undefined)?.seen));
    const at = clock.now();
    const refusal = await bothOrNone(async (step) => {
      await step((tx) => move(tx, code, "approve", staff, { at, ...(seen ? { seen: new Date(seen) } : {}) }));
      await step((tx) => move(tx, code, "publish", staff, { at }));
    });
    if (refusal === "not_found") throw notFound();
    if (refusal) trouble(request, response, to, REFUSALS[refusal]);
    else done(request, response, to, t`Đã duyệt, đang phát tin khẩn cấp.`);
  });

  type Step = (deed: (tx: Parameters<typeof move>[0]) => Promise<Refusal | null>) => Promise<void>;

  /** In one transaction: what is refused halfway leaves nothing behind. */
  async function bothOrNone(deeds: (step: Step) => Promise<void>): Promise<Refusal | null> {
    class Refused extends Error {
      constructor(readonly why: Refusal) {
        super(why);
      }
    }
    try {
      await database.transaction((tx) =>
        deeds(async (deed) => {
          const refusal = await deed(tx);
          if (refusal) throw new Refused(refusal);
        }),
      );
      return null;
    } catch (error) {
      if (error instanceof Refused) return error.why;
      throw error;
    }
  }
  return routes.router;
}
