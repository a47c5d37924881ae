/** /console/announcements/press, the mark on a notice, and the public page that ends the mailing. */
import { Router, type Request, type Response } from "express";
import { z } from "zod";
import { t, vi } from "../../../bilingual/index.ts";
import type { Errors } from "../../../console/components/index.ts";
import { done, showPage, trouble } from "../../../console/page.tsx";
import { notFound } from "../../../console/problems.ts";
import { idOf, one, readForm } from "../../../console/read-form.ts";
import { consoleRoutes } from "../../../console/routes.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import { optionsFor } from "../../../console/units/tree.ts";
import type { Clock } from "../../../infra/clock.ts";
import type { Database, Db } from "../../../infra/db.ts";
import { publicHeaders } from "../../../pages/headers.ts";
import { sendPage } from "../../../pages/site.tsx";
import { noticeOf } from "../console/notice-of.ts";
import { REFUSALS, ROOT } from "../console/words.ts";
import { stopPath, type PressParts } from "./mailing.ts";
import { PressPage } from "./page.tsx";
import { addContact, contactsOf, findByToken, markForPress, removeContact, stopByToken } from "./store.ts";

const contactForm = z.object({
  name: z
    .string()
    .trim()
    .min(2, vi`Ghi tên báo, đài.`)
    .max(120, vi`Tên dài quá.`),
  email: z
    .string()
    .trim()
    .toLowerCase()
    .pipe(z.email(vi`E-mail không đúng.`).max(200)),
  unitCode: z.string(),
});

export interface PressConsoleParts {
  database: Database;
  clock: Clock;
  mailer: PressParts["mailer"];
}

export function pressConsole({ database, clock, mailer }: PressConsoleParts): Router {
  const { db } = database;
  const routes = consoleRoutes();

  routes.get("/press", "announcements.manage", (request, response, staff) => show(request, response, staff));

  routes.post("/press", "announcements.manage", async (request, response, staff) => {
    const ours = contactForm.refine(({ unitCode }) => staff.units.includes(unitCode), {
      ...{ path: ["unitCode"], message: vi`Chọn đơn vị của anh/chị.` },
    });
    const { data, values, errors } = readForm(ours, request);
    if (!data) return show(request, response.status(422), staff, values, errors);
    if (await db.$transaction((tx) => addContact(tx, staff, data, clock.now())))
      return done(request, response, `${ROOT}/press`, t`Đã thêm địa chỉ.`);
    await show(request, response.status(422), staff, values, {
      email: t`Địa chỉ này có trong danh sách rồi.`,
    });
  });

  routes.post("/press/:id/remove", "announcements.manage", async (request, response, staff) => {
    const id = Number(idOf(request.params.id));
    if (!(await db.$transaction((tx) => removeContact(tx, staff, id)))) throw notFound();
    done(request, response, `${ROOT}/press`, t`Đã xóa địa chỉ.`);
  });

  routes.post("/:code/for-press", "announcements.write", async (request, response, staff) => {
    const notice = await noticeOf(db, request, staff);
    const forPress = one((request.body as { forPress?: unknown } | undefined)?.forPress) === "yes";
    const to = `${ROOT}/${notice.code}`;
    if (await db.$transaction((tx) => markForPress(tx, staff, notice, forPress, clock.now())))
      done(request, response, to, t`Đã lưu.`);
    else trouble(request, response, to, t.of(REFUSALS.not_now));
  });

  async function show(
    request: Request,
    response: Response,
    staff: SignedIn,
    values: Record<string, string> = {},
    errors: Errors = {},
  ) {
    const [contacts, units] = [await contactsOf(db, staff.units), await optionsFor(db, staff.units)];
    const page = <PressPage {...{ contacts, units, values, errors, staff }} isOn={mailer.isOn} />;
    await showPage(request, response, { title: t`Báo chí` }, page);
  }
  return routes.router;
}

/** Looked at it changes nothing: programs that try the links of a letter end no mailing. */
export function pressPages({ db, clock, publicUrl }: { db: Db; clock: Clock; publicUrl: string }): Router {
  const router = Router();
  const path = stopPath(":token");
  router.use("/bao-chi", publicHeaders(publicUrl.startsWith("https:")));

  router.get(path, async (request, response) => {
    const contact = await findByToken(db, one(request.params.token));
    if (!contact) return ended(response, 404, t`Đường ngưng nhận này không còn dùng được.`);
    if (contact.stoppedAt) return ended(response, 200, t`Địa chỉ này đã ngưng nhận.`);
    await sendPage(
      response,
      { title: t`Ngưng nhận thông báo`, section: "/thong-bao", unlisted: true },
      <>
        <h1>{t`Ngưng nhận thông báo`}</h1>
        <form class="card" method="post">
          <p safe>{t`${contact.email} đang nhận thông báo của ${contact.unit.name}.`}</p>
          <button class="button button-main" type="submit">
            {t`Ngưng nhận`}
          </button>
        </form>
      </>,
    );
  });

  router.post(path, async (request, response) => {
    const { count } = await stopByToken(db, one(request.params.token), clock.now());
    if (count > 0) return ended(response, 200, t`Đã ngưng. Từ giờ không gửi thư tới địa chỉ này nữa.`);
    await ended(response, 404, t`Đường ngưng nhận này không còn dùng được.`);
  });

  const ended = (response: Response, status: number, words: string) =>
    sendPage(
      response,
      { title: t`Ngưng nhận thông báo`, section: "/thong-bao", unlisted: true, status },
      <>
        <h1>{t`Ngưng nhận thông báo`}</h1>
        <p class="card" safe>
          {words}
        </p>
      </>,
    );
  return router;
}
