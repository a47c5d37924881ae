/** /console/announcements/:code/measures and /console/announcements/month, on the page and for spreadsheets. */
import type { Request, Response, Router } from "express";
import { t, vi } from "../../../bilingual/index.ts";
import { asset } from "../../../console/assets.ts";
import { audit } from "../../../console/audit/audit.ts";
import { toCsv } from "../../../console/csv.ts";
import { showPage } from "../../../console/page.tsx";
import { may } from "../../../console/rights.ts";
import { consoleRoutes } from "../../../console/routes.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import { toXlsx } from "../../../console/xlsx.ts";
import type { Clock } from "../../../infra/clock.ts";
import type { Database } from "../../../infra/db.ts";
import { settingGroup } from "../../../infra/setting-groups.ts";
import { noticeOf } from "../console/notice-of.ts";
import { ROOT } from "../console/words.ts";
import { readMeasures } from "./figures.ts";
import { readMonthReport, type AnswerTimes } from "./month.ts";
import { MonthPage } from "./month-page.tsx";
import { MeasuresPage } from "./page.tsx";
import { measuresSheet, monthSheet, type Sheet } from "./sheet.ts";

export const measuring = settingGroup("announcements.measuring", {
  title: vi`Số liệu thông báo`,
  meaning: vi`Tin nhắn của người nhận trong thời gian này được xem là trả lời cho thông báo.`,
  choices: {
    hours: {
      ...{ kind: "number", label: vi`Tính trong`, unit: vi`giờ`, min: 1, max: 72, initial: 24 },
      meaning: vi`Kể từ lúc từng người nhận được bản của mình.`,
    },
  },
});

export interface MeasureParts {
  database: Pick<Database, "db">;
  clock: Clock;
  answerTimes?: AnswerTimes;
}

const NO_TIMES: AnswerTimes = async () => [];

export function measuresConsole({ database: { db }, clock, answerTimes = NO_TIMES }: MeasureParts): Router {
  const routes = consoleRoutes();

  async function measured(request: Request, staff: SignedIn) {
    const notice = await noticeOf(db, request, staff);
    const who = { units: staff.units, seesTalks: may(staff.role, "talks.see") };
    return { notice, measures: await readMeasures(db, notice.id, measuring.value.hours, who) };
  }
  const monthOf = (request: Request, staff: SignedIn) =>
    readMonthReport(db, staff.units, request.query, clock.now(), answerTimes);

  async function send(response: Response, staff: SignedIn, form: "csv" | "xlsx", name: string, sheet: Sheet) {
    const rows = sheet.rows.length;
    await audit(db, staff, "announcement.measures_export", `announcement:${name}`, { form, rows });
    response.attachment(`${name}.${form}`);
    if (form === "csv") response.type("text/csv; charset=utf-8").send(toCsv(sheet.head, sheet.rows));
    else response.type("xlsx").send(await toXlsx(t`Số liệu`, sheet.head, sheet.rows));
  }

  routes.get("/month", "announcements.see", async (request, response, staff) => {
    const month = await monthOf(request, staff);
    const breadcrumbs = [{ label: t`Thông báo`, href: ROOT }];
    const page = { title: t`Báo cáo tháng`, subtitle: staff.unitName, breadcrumbs };
    await showPage(request, response, page, <MonthPage month={month} />);
  });

  routes.get("/:code/measures", "announcements.see", async (request, response, staff) => {
    const { notice, measures } = await measured(request, staff);
    const { code, title } = notice;
    const breadcrumbs = [
      { label: t`Thông báo`, href: ROOT },
      { label: code, href: `${ROOT}/${code}` },
    ];
    const page = { title: t`Số liệu`, subtitle: title, breadcrumbs, styles: [asset("dashboard.css")] };
    // what residents wrote is personal data: who looked is kept
    if (measures.replies?.length) await audit(db, staff, "announcement.replies_seen", `announcement:${code}`);
    const body = <MeasuresPage code={code} hours={measuring.value.hours} {...measures} />;
    await showPage(request, response, page, body);
  });

  for (const form of ["csv", "xlsx"] as const) {
    routes.get(`/month.${form}`, "announcements.see", async (request, response, staff) => {
      const month = await monthOf(request, staff);
      await send(response, staff, form, `thong-bao-${month.key}`, monthSheet(month));
    });
    routes.get(`/:code/measures.${form}`, "announcements.see", async (request, response, staff) => {
      const { notice, measures } = await measured(request, staff);
      await send(response, staff, form, notice.code, measuresSheet(measures));
    });
  }
  return routes.router;
}
