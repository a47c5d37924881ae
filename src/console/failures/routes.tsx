import type { Router } from "express";
import { t } from "../../bilingual/index.ts";
import type { Db } from "../../infra/db.ts";
import { audit } from "../audit/audit.ts";
import { done, showPage } from "../page.tsx";
import { notFound } from "../problems.ts";
import { idOf, one } from "../read-form.ts";
import { consoleRoutes } from "../routes.ts";
import { mailRoutes } from "./mail.tsx";
import { FailureList } from "./pages.tsx";
import { drop, findFailed, resend } from "./store.ts";

export function failureRoutes(db: Db): Router {
  const routes = consoleRoutes();

  routes.get("/", "failures.see", async (request, response, staff) => {
    const state = one(request.query.state) === "unknown" ? "unknown" : "dead";
    const page = Math.min(1000, Math.max(1, Number(one(request.query.page)) || 1));
    const { rows, total } = await findFailed(db, staff.units, state, page);
    const body = <FailureList rows={rows} total={total} state={state} page={page} staff={staff} />;
    await showPage(request, response, { title: t`Gửi lỗi` }, body);
  });

  mailRoutes(routes, db);

  routes.post("/resend-all", "failures.settle", async (request, response, staff) => {
    const count = await db.$transaction(async (tx) => {
      const sent = await resend(tx, staff.units, "all");
      await audit(tx, staff, "message.resend_all", "outbound", { count: sent });
      return sent;
    });
    done(request, response, "/console/failures", t`Đang gửi lại ${count} tin.`);
  });

  routes.post("/:id/resend", "failures.settle", async (request, response, staff) => {
    const id = idOf(request.params.id);
    await db.$transaction(async (tx) => {
      if ((await resend(tx, staff.units, id)) === 0) throw notFound();
      await audit(tx, staff, "message.resend", `outbound:${id}`);
    });
    done(request, response, "/console/failures", t`Đang gửi lại.`);
  });

  routes.post("/:id/drop", "failures.settle", async (request, response, staff) => {
    const id = idOf(request.params.id);
    await db.$transaction(async (tx) => {
      if (!(await drop(tx, staff.units, id))) throw notFound();
      await audit(tx, staff, "message.drop", `outbound:${id}`);
    });
    done(request, response, "/console/failures", t`Đã bỏ tin này.`);
  });

  return routes.router;
}
