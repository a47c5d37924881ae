/** /console/announcements/rumours: what is asked about, and what is done about it. */
import type { Request, Response, Router } from "express";
import { t } from "../../../bilingual/index.ts";
import { asset } from "../../../console/assets.ts";
import { done, showPage, trouble } from "../../../console/page.tsx";
import { notFound } from "../../../console/problems.ts";
import { idOf, one } from "../../../console/read-form.ts";
import { consoleRoutes } from "../../../console/routes.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import type { Clock } from "../../../infra/clock.ts";
import type { Database } from "../../../infra/db.ts";
import { createDraft } from "../console/store.ts";
import { ROOT } from "../console/words.ts";
import { findPublished } from "../store.ts";
import { correctionOf } from "./draft.ts";
import { RumoursPage } from "./list-page.tsx";
import {
  beginAnswer,
  countRumours,
  dismiss,
  findRumour,
  listRumours,
  markAnswered,
  type RumourLine,
  type RumourState,
} from "./store.ts";

const HERE = `${ROOT}/rumours`;

export function rumourConsole({ database, clock }: { database: Database; clock: Clock }): Router {
  const { db } = database;
  const routes = consoleRoutes();

  routes.get("/rumours", "announcements.write", async (request, response, staff) => {
    const asked = one(request.query.state);
    const state: RumourState = asked === "answered" || asked === "dismissed" ? asked : "open";
    const rumours = await listRumours(db, staff.units, state);
    const open = await countRumours(db, staff.units);
    const page = { title: t`Tin đồn`, styles: [asset("announcements-console.css")] };
    await showPage(request, response, page, <RumoursPage {...{ state, rumours, open, staff }} />);
  });

  deed("draft", async ({ request, response, staff, rumour, at }) => {
    if (rumour.code) return response.redirect(303, `${ROOT}/${rumour.code}/edit`);
    const draft = { ...correctionOf(rumour), unitCode: staff.unitCode };
    const code = await db.$transaction(async (tx) => {
      const begun = await createDraft(tx, staff, draft, at);
      await beginAnswer(tx, { id: rumour.id, staff, at }, begun);
      return begun;
    });
    done(request, response, `${ROOT}/${code}/edit`, t`Viết phần còn trống, rồi trình duyệt như thường.`);
  });

  deed("answered", async ({ request, response, staff, rumour, at }) => {
    const code = one((request.body as { code?: unknown }).code);
    const notice = await findPublished(db, code);
    if (!notice || notice.state !== "published")
      return trouble(request, response, HERE, t`Không có thông báo đang hiệu lực nào mang mã này.`);
    const isMarked = await db.$transaction((tx) => markAnswered(tx, { id: rumour.id, staff, at }, notice.id));
    if (isMarked) done(request, response, HERE, t`Đã ghi; ai muốn được báo lại sẽ nhận thông báo này.`);
    else settledBefore(request, response);
  });

  deed("dismiss", async ({ request, response, staff, rumour, at }) => {
    const reason = one((request.body as { reason?: unknown }).reason).slice(0, 500);
    if (!reason) return trouble(request, response, HERE, t`Cần ghi lý do.`);
    if (await db.$transaction((tx) => dismiss(tx, { id: rumour.id, staff, at }, reason)))
      done(request, response, HERE, t`Đã bỏ qua.`);
    else settledBefore(request, response);
  });

  interface Given {
    request: Request;
    response: Response;
    staff: SignedIn;
    rumour: RumourLine;
    at: Date;
  }
  function deed(name: string, take: (given: Given) => Promise<void>) {
    routes.post(`/rumours/:id/${name}`, "announcements.write", async (request, response, staff) => {
      const rumour = await findRumour(db, staff.units, idOf(request.params.id));
      if (!rumour) throw notFound();
      if (rumour.state !== "open") return settledBefore(request, response);
      await take({ request, response, staff, rumour, at: clock.now() });
    });
  }

  const settledBefore = (request: Request, response: Response) =>
    trouble(request, response, HERE, t`Người khác vừa giải quyết tin này.`);

  return routes.router;
}
