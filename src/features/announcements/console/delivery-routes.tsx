/** The page of a sending, under /console/announcements/:code/delivery. */
import type { Router } from "express";
import { audit } from "../../../console/audit/audit.ts";
import { done, showPage, trouble } from "../../../console/page.tsx";
import { notFound } from "../../../console/problems.ts";
import { one } from "../../../console/read-form.ts";
import { consoleRoutes } from "../../../console/routes.ts";
import { readProgress } from "../delivery/progress.ts";
import { steerSending, type SendingDeed } from "../notices/sending.ts";
import { steerPublishing } from "../reach/publishing.ts";
import type { TellingParts } from "../telling.ts";
import { DeliveryPage } from "./delivery-page.tsx";
import { findForStaff } from "./store.ts";
import { ROOT } from "./words.ts";

const DONE: Record<SendingDeed, string> = {
  pause: "Đã tạm dừng: không gửi thêm bản nào.",
  resume: "Đang gửi tiếp.",
  cancel: "Đã hủy gửi.",
};

export function deliveryConsole({ database, clock }: Pick<TellingParts, "database" | "clock">): Router {
  const routes = consoleRoutes();

  routes.get("/:code/delivery", "announcements.see", async (request, response, staff) => {
    const notice = await findForStaff(database.db, one(request.params.code), staff.units);
    if (!notice) throw notFound();
    const news = await readProgress(database.db, notice.id, "news");
    const breadcrumbs = [
      { label: "Thông báo", href: ROOT },
      { label: notice.code, href: `${ROOT}/${notice.code}` },
    ];
    const page = { title: "Tiến độ gửi", subtitle: notice.title, breadcrumbs };
    await showPage(request, response, page, <DeliveryPage code={notice.code} news={news} staff={staff} />);
  });

  for (const deed of Object.keys(DONE) as SendingDeed[]) {
    routes.post(`/:code/delivery/${deed}`, "announcements.write", async (request, response, staff) => {
      const notice = await findForStaff(database.db, one(request.params.code), staff.units);
      if (!notice) throw notFound();
      const isTaken = await database.db.$transaction(async (tx) => {
        if (!(await steerSending(tx, notice.id, "news", deed, clock.now()))) return false;
        await steerPublishing(tx, notice.id, deed);
        await audit(tx, staff, `announcement.delivery_${deed}`, `announcement:${notice.code}`);
        return true;
      });
      const back = `${ROOT}/${notice.code}/delivery`;
      if (isTaken) done(request, response, back, DONE[deed]);
      else trouble(request, response, back, "Việc gửi vừa đổi tình trạng, xem lại rồi làm tiếp.");
    });
  }
  return routes.router;
}
