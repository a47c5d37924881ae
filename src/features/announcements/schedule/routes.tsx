/** /console/announcements/coming, and /:code/schedule: when an announcement goes out. */
import type { Request, Response, Router } from "express";
import { t, vi } from "../../../bilingual/index.ts";
import { quietHours } from "../../../channels/windows.ts";
import { audit } from "../../../console/audit/audit.ts";
import { asset } from "../../../console/assets.ts";
import { done, showPage, trouble } from "../../../console/page.tsx";
import { readForm } from "../../../console/read-form.ts";
import { consoleRoutes } from "../../../console/routes.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import type { Tx } from "../../../infra/db.ts";
import { livingNoticeOf } from "../console/notice-of.ts";
import { REFUSALS, ROOT } from "../console/words.ts";
import type { TellingParts } from "../telling.ts";
import type { State } from "../workflow.ts";
import { fire, goOn } from "./firing.ts";
import { timetableForm, timetableValues } from "./form.ts";
import { ComingPage, SchedulePage } from "./page.tsx";
import {
  appoint,
  cancelSchedule,
  comingOf,
  findSchedule,
  lockSchedule,
  runsOf,
  type Schedule,
} from "./store.ts";
import { WHYS } from "./words.ts";

const CRUMBS = () => [{ label: t`Thông báo`, href: ROOT }];
const MISSED = vi`Giờ hẹn này vừa đổi, xem lại rồi làm tiếp.`;
const SERIES = vi`Một loạt lặp lại phải hẹn khi còn là bản nháp, để người duyệt duyệt cho cả loạt.`;

export function scheduleConsole({ database, clock }: Pick<TellingParts, "database" | "clock">): Router {
  const { db } = database;
  const routes = consoleRoutes();

  routes.get("/coming", "announcements.see", async (request, response, staff) => {
    const rows = await comingOf(db, staff.units);
    const page = { title: t`Hẹn giờ`, subtitle: t`Những thông báo sẽ tự gửi`, breadcrumbs: CRUMBS() };
    await showPage(request, response, page, <ComingPage rows={rows} />);
  });

  routes.get("/:code/schedule", "announcements.see", (request, response, staff) =>
    show(request, response, staff, {}),
  );

  routes.post("/:code/schedule", "announcements.write", async (request, response, staff) => {
    const notice = await livingNoticeOf(db, request, staff);
    const form = readForm(timetableForm(clock.now()), request);
    if (!form.data) {
      response.status(422);
      return show(request, response, staff, { values: form.values, errors: form.errors });
    }
    const { data } = form;
    const refusal = await database.transaction((tx) => appoint(tx, staff, notice, data, clock.now()));
    const to = `${ROOT}/${notice.code}/schedule`;
    if (refusal === "series") return trouble(request, response, to, SERIES);
    if (refusal) return trouble(request, response, to, t.of(REFUSALS[refusal as "not_now"]));
    done(request, response, to, vi`Đã hẹn giờ.`);
  });

  routes.post("/:code/schedule/cancel", "announcements.write", async (request, response, staff) => {
    const notice = await livingNoticeOf(db, request, staff);
    const to = `${ROOT}/${notice.code}/schedule`;
    const isDone = await database.transaction((tx) => cancelSchedule(tx, staff, notice, clock.now()));
    if (isDone) done(request, response, to, vi`Đã hủy giờ hẹn.`);
    else trouble(request, response, to, MISSED);
  });

  /** A deed about a time that was missed. @returns what stands against it. */
  function decides(
    name: "now" | "skip",
    deed: (tx: Tx, asked: Schedule) => Promise<string | null>,
    said: string,
  ) {
    routes.post(`/:code/schedule/${name}`, "announcements.write", async (request, response, staff) => {
      const notice = await livingNoticeOf(db, request, staff);
      const to = `${ROOT}/${notice.code}/schedule`;
      const trouble_ = await database.transaction(async (tx) => {
        const schedule = await lockSchedule(tx, notice.id);
        if (schedule?.state !== "asking") return MISSED;
        await audit(tx, staff, `announcement.schedule_${name}`, `announcement:${notice.code}`);
        return deed(tx, { ...schedule, staffId: staff.id });
      });
      if (trouble_) trouble(request, response, to, trouble_);
      else done(request, response, to, said);
    });
  }
  decides(
    "now",
    async (tx, asked) => {
      const why = await fire(tx, asked, clock.now());
      return why && WHYS[why];
    },
    vi`Đã đăng, đang gửi đi.`,
  );
  decides(
    "skip",
    async (tx, asked) => {
      if (asked.repeat === "once") return MISSED;
      await goOn(tx, asked, clock.now());
      return null;
    },
    vi`Đã bỏ lần này, chờ lần sau.`,
  );

  interface Shown {
    values?: Record<string, string>;
    errors?: Record<string, string | undefined>;
  }
  async function show(request: Request, response: Response, staff: SignedIn, { values, errors }: Shown) {
    const notice = await livingNoticeOf(db, request, staff);
    const [schedule, runs] = await Promise.all([findSchedule(db, notice.id), runsOf(db, notice.id)]);
    const isOpen = schedule?.state === "waiting" || schedule?.state === "asking";
    const shown =
      values ?? timetableValues(isOpen ? schedule : null, isOpen ? schedule.nextAt : null, clock.now());
    const { code, title, level } = notice;
    const page = {
      ...{ title: t`Hẹn giờ`, subtitle: title, styles: [asset("announcements-reach.css")] },
      breadcrumbs: [...CRUMBS(), { label: code, href: `${ROOT}/${code}` }],
    };
    const props = { code, level, schedule, runs, values: shown, errors: errors ?? {}, staff };
    await showPage(
      request,
      response,
      page,
      <SchedulePage {...props} state={notice.state as State} quiet={quietHours.value} />,
    );
  }
  return routes.router;
}
