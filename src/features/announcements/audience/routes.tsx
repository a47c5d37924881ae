/** /console/announcements/:code/reach: where it goes, chosen and counted. */
import type { Router } from "express";
import { t } from "../../../bilingual/index.ts";
import { asset } from "../../../console/assets.ts";
import { done, showPage, trouble } from "../../../console/page.tsx";
import { one } from "../../../console/read-form.ts";
import { may } from "../../../console/rights.ts";
import { consoleRoutes } from "../../../console/routes.ts";
import { livingNoticeOf } from "../console/notice-of.ts";
import { REFUSALS, ROOT } from "../console/words.ts";
import type { TellingParts } from "../telling.ts";
import { countAudience } from "./count.ts";
import { planToBegin, readPlan } from "./form.ts";
import { AudiencePage, ByAccount, Count } from "./page.tsx";
import { hasManySubscribers, savePlan, unitTree } from "./store.ts";
import { NO_PLAN, type Plan } from "./wanted.ts";

export function audienceConsole({ database, clock }: Pick<TellingParts, "database" | "clock">): Router {
  const { db } = database;
  const routes = consoleRoutes();

  routes.get("/:code/reach", "announcements.see", async (request, response, staff) => {
    const notice = await livingNoticeOf(db, request, staff);
    const mayChange = notice.state === "draft" && may(staff.role, "announcements.write");
    const plan: Plan = notice.plan ?? (mayChange ? planToBegin(notice.unitCode) : NO_PLAN);
    const isLater = one(request.query.counted) !== "1" && (await hasManySubscribers(db));
    const [units, reach] = await Promise.all([
      unitTree(db, staff.units),
      isLater ? null : countAudience(db, { ...notice, plan }, staff.units, clock.now()),
    ]);
    const { code } = notice;
    const page = {
      ...{ title: t`Nơi đăng và người nhận`, subtitle: notice.title, width: "wide" as const },
      breadcrumbs: [
        { label: t`Thông báo`, href: ROOT },
        { label: code, href: `${ROOT}/${code}` },
      ],
      styles: [asset("announcements-reach.css")],
    };
    await showPage(
      request,
      response,
      page,
      <AudiencePage {...{ code, plan, units, reach, mayChange, staff }} />,
    );
  });

  routes.post("/:code/reach", "announcements.write", async (request, response, staff) => {
    const notice = await livingNoticeOf(db, request, staff);
    const { code } = notice;
    const plan = readPlan(request.body, staff.units);
    const isKept = await db.$transaction((tx) => savePlan(tx, staff, notice, plan, clock.now()));
    const isPart = Boolean(request.get("hx-request"));
    if (!isKept && isPart) return response.set("hx-redirect", `${ROOT}/${code}/reach`).end();
    if (!isKept) return trouble(request, response, `${ROOT}/${code}/reach`, REFUSALS.not_now);
    if (!isPart) return done(request, response, `${ROOT}/${code}`, t`Đã lưu nơi đăng và người nhận.`);
    const reach = await countAudience(db, { ...notice, plan }, staff.units, clock.now());
    response.type("html").send(
      await (
        <>
          <Count code={code} reach={reach} plan={plan} />
          <ByAccount reach={reach} plan={plan} anew />
        </>
      ),
    );
  });
  return routes.router;
}
