/** The page of a sending, under /console/announcements/:code/delivery. */
import type { Router } from "express";
import { asset } from "../../../console/assets.ts";
import { audit } from "../../../console/audit/audit.ts";
import { done, showPage, trouble } from "../../../console/page.tsx";
import { t, vi } from "../../../bilingual/index.ts";
import { idOf } from "../../../console/read-form.ts";
import { consoleRoutes } from "../../../console/routes.ts";
import { findHeld, settleHeld, type HeldDeed } from "../delivery/held.ts";
import { readProgress } from "../delivery/progress.ts";
import { steerSending, type SendingDeed } from "../notices/sending.ts";
import { decide, type Decision } from "../reach/deciding.ts";
import { Publications } from "../reach/list.tsx";
import { steerPublishing } from "../reach/publishing.ts";
import { publicationsOf } from "../reach/store.ts";
import type { TellingParts } from "../telling.ts";
import { DeliveryPage } from "./delivery-page.tsx";
import { noticeOf } from "./notice-of.ts";
import { ROOT } from "./words.ts";

const DONE: Record<SendingDeed, string> = {
  pause: vi`Đã tạm dừng: không gửi thêm bản nào.`,
  resume: vi`Đang gửi tiếp.`,
  cancel: vi`Đã hủy gửi.`,
};

const DECIDED: Record<Decision, string> = {
  again: vi`Đang đăng lại.`,
  there: vi`Đã ghi là có trên nền tảng.`,
  drop: vi`Đã bỏ.`,
};

const HELD_DONE: Record<HeldDeed, string> = { resend: vi`Đang gửi lại.`, drop: vi`Đã bỏ.` };
const HELD_SHOWN = 30;

export function deliveryConsole({ database, clock }: Pick<TellingParts, "database" | "clock">): Router {
  const routes = consoleRoutes();

  routes.get("/:code/delivery", "announcements.see", async (request, response, staff) => {
    const notice = await noticeOf(database.db, request, staff);
    const news = await readProgress(database.db, notice.id, "news");
    const { code } = notice;
    const held = news.unknown > 0 ? await findHeld(database.db, notice.id, HELD_SHOWN) : [];
    const rows = await publicationsOf(database.db, notice.id);
    const publications = <Publications {...{ code, rows, staff }} />;
    const breadcrumbs = [
      { label: t`Thông báo`, href: ROOT },
      { label: notice.code, href: `${ROOT}/${notice.code}` },
    ];
    const styles = [asset("announcements-console.css")];
    const page = { title: t`Tiến độ gửi`, subtitle: notice.title, breadcrumbs, styles };
    await showPage(request, response, page, <DeliveryPage {...{ code, news, held, publications, staff }} />);
  });

  for (const deed of Object.keys(DONE) as SendingDeed[]) {
    routes.post(`/:code/delivery/${deed}`, "announcements.write", async (request, response, staff) => {
      const notice = await noticeOf(database.db, request, staff);
      const isTaken = await database.db.$transaction(async (tx) => {
        if (!(await steerSending(tx, notice.id, "news", deed, clock.now()))) return false;
        await steerPublishing(tx, notice.id, deed);
        await audit(tx, staff, `announcement.delivery_${deed}`, `announcement:${notice.code}`);
        return true;
      });
      const back = `${ROOT}/${notice.code}/delivery`;
      if (isTaken) done(request, response, back, DONE[deed]);
      else trouble(request, response, back, t`Việc gửi vừa đổi tình trạng, xem lại rồi làm tiếp.`);
    });
  }

  for (const deed of Object.keys(HELD_DONE) as HeldDeed[]) {
    routes.post(
      `/:code/delivery/held/:id/${deed}`,
      "announcements.write",
      async (request, response, staff) => {
        const notice = await noticeOf(database.db, request, staff);
        const which = request.params.id === "all" ? "all" : idOf(request.params.id);
        const count = await database.db.$transaction(async (tx) => {
          const settled = await settleHeld(tx, notice.id, which, deed, clock.now());
          if (settled > 0)
            await audit(tx, staff, `announcement.held_${deed}`, `announcement:${notice.code}`, {
              copies: settled,
            });
          return settled;
        });
        const back = `${ROOT}/${notice.code}/delivery`;
        if (count > 0) done(request, response, back, HELD_DONE[deed]);
        else trouble(request, response, back, vi`Không còn bản nào đang giữ.`);
      },
    );
  }

  for (const decision of Object.keys(DECIDED) as Decision[]) {
    const path = `/:code/delivery/publications/:id/${decision}`;
    routes.post(path, "announcements.write", async (request, response, staff) => {
      const notice = await noticeOf(database.db, request, staff);
      const id = idOf(request.params.id);
      const isTaken = await database.db.$transaction(async (tx) => {
        if (!(await decide(tx, notice.id, id, decision, clock.now()))) return false;
        await audit(tx, staff, `announcement.publication_${decision}`, `announcement:${notice.code}`, {
          publication: String(id),
        });
        return true;
      });
      const back = `${ROOT}/${notice.code}/delivery`;
      if (isTaken) done(request, response, back, DECIDED[decision]);
      else trouble(request, response, back, vi`Bài này vừa đổi tình trạng, xem lại rồi làm tiếp.`);
    });
  }
  return routes.router;
}
