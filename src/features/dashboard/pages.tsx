import type { Request, Router } from "express";
import { t } from "../../bilingual/index.ts";
import { asset } from "../../console/assets.ts";
import { audit } from "../../console/audit/audit.ts";
import type { Home } from "../../console/overview.tsx";
import { showPage } from "../../console/page.tsx";
import { consoleRoutes } from "../../console/routes.ts";
import type { SignedIn } from "../../console/signed-in.ts";
import type { Clock } from "../../infra/clock.ts";
import type { Db } from "../../infra/db.ts";
import { readFigures } from "./figures.ts";
import { Panel, type Names } from "./panel.tsx";
import { asCsv, asXlsx, linesOf } from "./sheet.ts";
import { readRange } from "./span.ts";

export interface DashboardParts {
  db: Db;
  clock: Clock;
  names: Names;
}

function figuresFor({ db, clock }: DashboardParts, request: Request, staff: SignedIn) {
  const now = clock.now();
  return readFigures(db, staff.units, readRange(request.query, now), now);
}

/** On the console's first page. */
export const dashboardHome = (parts: DashboardParts): Home => ({
  right: "dashboard.see",
  styles: () => [asset("dashboard.css")],
  async show(request, staff) {
    const figures = await figuresFor(parts, request, staff);
    return <Panel figures={figures} names={parts.names} />;
  },
});

export function dashboardRoutes(parts: DashboardParts): Router {
  const { db, names } = parts;
  const routes = consoleRoutes();

  routes.get("/", "dashboard.see", async (request, response, staff) => {
    const figures = await figuresFor(parts, request, staff);
    const page = { title: t`Số liệu`, subtitle: staff.unitName, styles: [asset("dashboard.css")] };
    await showPage(request, response, page, <Panel figures={figures} names={names} />);
  });

  routes.get("/so-lieu.csv", "dashboard.see", async (request, response, staff) => {
    const lines = linesOf(await figuresFor(parts, request, staff), names);
    await audit(db, staff, "dashboard.export", "dashboard", { form: "csv", rows: lines.length });
    response.attachment("so-lieu.csv").type("text/csv; charset=utf-8").send(asCsv(lines));
  });

  routes.get("/so-lieu.xlsx", "dashboard.see", async (request, response, staff) => {
    const lines = linesOf(await figuresFor(parts, request, staff), names);
    await audit(db, staff, "dashboard.export", "dashboard", { form: "xlsx", rows: lines.length });
    response
      .attachment("so-lieu.xlsx")
      .type("xlsx")
      .send(await asXlsx(lines));
  });

  return routes.router;
}
