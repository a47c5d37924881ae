/** The pages behind one-time links, the state of a request, and Facebook's deletion callback. */
import type { Children } from "@kitajs/html";
import express, { Router, type Request, type Response } from "express";
import { t } from "../../bilingual/index.ts";
import { readSignedRequest } from "../../channels/facebook/signature.ts";
import { asset } from "../../console/assets.ts";
import { securityHeaders } from "../../console/headers.ts";
import { formatDateTime } from "../../infra/clock.ts";
import type { DataSection, PersonalData } from "../feature.ts";
import type { PrivacyParts } from "./index.ts";
import { showAll } from "./show.ts";
import { keepRequest, openOnce, requestByCode, requestByToken } from "./store.ts";
import { hashOf, newToken } from "./tokens.ts";

/** How long the opened page can be read again and its file fetched, ms. */
const READING_TIME = 30 * 60_000;
const COOKIE = "du_lieu";

type Parts = PrivacyParts & { others: PersonalData[] };

export function privacyPages({ config, db, registry, channels, wording, clock, others }: Parts): Router {
  const router = Router();
  const isHttps = config.PUBLIC_URL.startsWith("https:");
  const say = wording.in("vi");
  router.use("/du-lieu", securityHeaders(isHttps));

  // Messengers fetch a link to show a preview of it, so only the button opens it.
  router.get("/du-lieu/:token", async (request, response) => {
    const { token } = request.params;
    const found = await requestByToken(db, hashOf(token));
    const isOpen = found?.openedAt === null && found.tokenExpiresAt! > clock.now();
    if (isOpen) return show(response, t`Dữ liệu của anh/chị`, <OpenIt token={token} />);
    return showGone(response);
  });

  router.post("/du-lieu/:token", async (request, response) => {
    const token = String(request.params.token);
    const reading = newToken();
    if (!(await openOnce(db, hashOf(token), hashOf(reading), clock.now()))) {
      return showGone(response);
    }
    response.cookie(COOKIE, reading, {
      ...{ httpOnly: true, sameSite: "strict", secure: isHttps, path: "/du-lieu", maxAge: READING_TIME },
    });
    response.redirect(303, "/du-lieu/xem/tat-ca");
  });

  router.get("/du-lieu/xem/tat-ca", async (request, response) => {
    const sections = await sectionsFor(request, response);
    if (sections) await show(response, t`Dữ liệu của anh/chị`, <Sections sections={sections} />);
  });

  router.get("/du-lieu/xem/tep.json", async (request, response) => {
    const sections = await sectionsFor(request, response);
    if (!sections) return;
    response.attachment("du-lieu-cua-toi.json").json({ exportedAt: clock.now(), sections });
  });

  async function sectionsFor(request: Request, response: Response): Promise<DataSection[] | null> {
    const cookie = new RegExp(`(?:^|; )${COOKIE}=([\\w-]+)`).exec(request.headers.cookie ?? "")?.[1];
    const found = cookie ? await requestByToken(db, hashOf(cookie)) : null;
    const isFresh = found?.openedAt && clock.now().getTime() - found.openedAt.getTime() < READING_TIME;
    if (found && isFresh && found.residentId !== null) {
      return showAll(db, found.residentId, channels, others, say);
    }
    await showGone(response);
    return null;
  }

  router.get("/du-lieu/yeu-cau/:code", async (request, response) => {
    const found = await requestByCode(db, request.params.code);
    if (!found) return show(response.status(404), t`Không tìm thấy`, <Unknown />);
    const { code, kind, state, requestedAt, dueAt, doneAt, reason, extendedAt, extensionReason } = found;
    await show(
      response,
      t`Yêu cầu ${code}`,
      <dl>
        <dt>{t`Mã yêu cầu`}</dt>
        <dd safe>{code}</dd>
        <dt>{t`Nội dung`}</dt>
        <dd>{kind === "erase" ? t`Xóa dữ liệu` : t`Nhận lại dữ liệu`}</dd>
        <dt>{t`Gửi lúc`}</dt>
        <dd safe>{formatDateTime(requestedAt)}</dd>
        <dt>{t`Tình trạng`}</dt>
        <dd safe>
          {state === "refused"
            ? t`Không thực hiện được: ${reason ?? ""}`
            : state === "done"
              ? t`Đã xong lúc ${formatDateTime(doneAt!)}`
              : t`Đang xử lý, chậm nhất ${formatDateTime(dueAt)}`}
        </dd>
        {extendedAt ? (
          <>
            <dt>{t`Đã gia hạn`}</dt>
            <dd safe>{`${formatDateTime(extendedAt)}: ${extensionReason ?? ""}`}</dd>
          </>
        ) : null}
      </dl>,
    );
  });

  // The person is named by an id of the app, not by the one they have in Messenger: staff see to it (facebook.md §7).
  router.post(
    "/webhooks/facebook/data-deletion",
    express.urlencoded({ extended: false, limit: "16kb" }),
    async (request, response) => {
      const secrets = (await registry.ofChannel("facebook")).map(({ appSecret }) => appSecret);
      const { signed_request: given } = (request.body ?? {}) as { signed_request?: unknown };
      const signed = readSignedRequest(given, secrets, clock.now());
      if (!signed) return response.status(403).json({ error: "The signed request is not Facebook's." });
      const { code } = await db.$transaction((tx) =>
        keepRequest(
          tx,
          {
            kind: "erase",
            origin: "facebook_callback",
            channel: "facebook",
            residentId: null,
            subject: signed.userId,
            needsStaff: true,
          },
          clock.now(),
        ),
      );
      response.json({ url: `${config.PUBLIC_URL}/du-lieu/yeu-cau/${code}`, confirmation_code: code });
    },
  );

  return router;
}

/** A page of its own: whoever reads it has followed a link from the chat and belongs to no console. */
const Page = ({ title, children }: { title: string; children: Children }) => (
  <>
    {"<!doctype html>"}
    <html lang="vi">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title safe>{title}</title>
        <link rel="stylesheet" href={asset("tabler.css")} />
      </head>
      <body>
        <main class="container-tight py-4">
          <div class="card">
            <div class="card-body">
              <h1 class="card-title h2" safe>
                {title}
              </h1>
              {children as "safe"}
            </div>
          </div>
        </main>
      </body>
    </html>
  </>
);

async function show(response: Response, title: string, content: Children) {
  response.type("html").send(await (<Page title={title}>{content as "safe"}</Page>));
}

const showGone = (response: Response) => show(response.status(404), t`Liên kết đã hết hạn`, <Gone />);

const OpenIt = ({ token }: { token: string }) => (
  <form method="post" action={`/du-lieu/${encodeURIComponent(token)}`}>
    <p>
      {t`Trang này cho anh/chị xem mọi điều hệ thống đang lưu về mình. Liên kết chỉ mở được một lần, và chỉ xem được trên máy này trong 30 phút.`}
    </p>
    <button class="btn btn-primary btn-lg" type="submit">
      {t`Xem dữ liệu của tôi`}
    </button>
  </form>
);

const Gone = () => (
  <p>
    {t`Liên kết này đã được mở hoặc đã quá hạn. Anh/chị nhắn “dữ liệu của tôi” vào khung chat để nhận liên kết mới nha.`}
  </p>
);

const Unknown = () => <p>{t`Không có yêu cầu nào mang mã này. Anh/chị xem lại giúp từng chữ số nha.`}</p>;

const Sections = ({ sections }: { sections: DataSection[] }) => (
  <>
    <p>
      <a class="btn" href="/du-lieu/xem/tep.json">
        {t`Tải về thành tệp`}
      </a>
    </p>
    {sections.map(({ title, rows }) => (
      <section class="mb-4">
        <h2 class="h3" safe>
          {title}
        </h2>
        <div class="table-responsive">
          <table class="table table-sm">
            <tbody>
              {rows.map(({ at, what, text }) => (
                <tr>
                  <td class="text-nowrap text-secondary">{at ? formatDateTime(at) : ""}</td>
                  <th scope="row" safe>
                    {what}
                  </th>
                  <td safe>{text}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
    ))}
  </>
);
