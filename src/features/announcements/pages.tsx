/** Public pages: /thong-bao with every notice, /thong-bao/:code where anybody can check one, and the feeds. */
import { Router, type Request } from "express";
import qrcode from "qrcode-generator";
import { t } from "../../bilingual/index.ts";
import type { Media } from "../../channels/media.ts";
import type { Clock } from "../../infra/clock.ts";
import type { Db } from "../../infra/db.ts";
import { publicHeaders } from "../../pages/headers.ts";
import { sendPage } from "../../pages/site.tsx";
import { wardCodes } from "../../places/index.ts";
import { atomFeed, capAlert } from "./feeds.ts";
import { publicFiles } from "./files/public.ts";
import { filesOf } from "./files/store.ts";
import { stepsOf } from "./history/store.ts";
import { ListPage } from "./list-page.tsx";
import { NoticePage } from "./notice-page.tsx";
import type { SignatureCheck } from "./signatures/index.ts";
import { findPublished, listPublished, openEmergencies } from "./store.ts";
import { isTopic } from "./topics.ts";

export interface PublicParts {
  db: Db;
  media: Pick<Media, "read">;
  checkSignatures: SignatureCheck;
  clock: Clock;
  publicUrl: string;
}

const PAGE = 20;
const FRESH = "public, max-age=60";
const atom = () => ({
  ...{ title: t`Thông báo chính thức`, href: "/thong-bao/feed.atom" },
  type: "application/atom+xml",
});

export function publicPages({ db, media, checkSignatures, clock, publicUrl }: PublicParts): Router {
  const router = Router();
  router.use("/thong-bao", publicHeaders(publicUrl.startsWith("https:")));

  router.use(publicFiles(db, media));

  router.get("/thong-bao", async (request, response) => {
    const code = /^\s*(TB-\d{4}-\d{5})\s*$/i.exec(text(request, "tim"))?.[1];
    if (code) return response.redirect(303, `/thong-bao/${code.toUpperCase()}`);
    const chosen = {
      topic: isTopic(text(request, "loai")) ? text(request, "loai") : "",
      ward: wardCodes.includes(text(request, "phuong")) ? text(request, "phuong") : "",
      words: text(request, "tim").slice(0, 100),
    };
    const page = Math.max(1, Math.min(1000, Number.parseInt(text(request, "trang"), 10) || 1));
    const { rows, total } = await listPublished(db, {
      ...{
        topic: chosen.topic || undefined,
        wardCode: chosen.ward || undefined,
        words: chosen.words || undefined,
      },
      ...{ skip: (page - 1) * PAGE, take: PAGE },
    });
    response.set("cache-control", FRESH);
    await sendPage(
      response,
      {
        title: t`Thông báo chính thức`,
        description: t`Thông báo của các phường thuộc khu vực đô thị Bến Tre.`,
        section: "/thong-bao",
        feeds: [atom()],
        sample: rows.some(({ sample }) => sample),
      },
      <ListPage notices={rows} total={total} page={page} perPage={PAGE} chosen={chosen} now={clock.now()} />,
    );
  });

  router.get("/thong-bao/feed.atom", async (_request, response) => {
    const { rows } = await listPublished(db, { take: 50 });
    response
      .set("cache-control", FRESH)
      .type("application/atom+xml")
      .send(atomFeed(rows, publicUrl, clock.now()));
  });

  router.get("/thong-bao/canh-bao.cap", async (_request, response) => {
    const [newest] = await openEmergencies(db, clock.now());
    response
      .set("cache-control", "public, max-age=15")
      .type("application/cap+xml")
      .send(capAlert(newest ?? null, publicUrl, clock.now()));
  });

  router.get("/thong-bao/:code.cap", async (request, response, next) => {
    const notice = await findPublished(db, request.params.code);
    if (notice?.level !== "emergency") return next();
    response.type("application/cap+xml").send(capAlert(notice, publicUrl, clock.now()));
  });

  router.get("/thong-bao/:code", async (request, response) => {
    const { code } = request.params;
    const notice = await findPublished(db, code);
    if (!notice) {
      const page = { title: t`Không có thông báo này`, section: "/thong-bao", status: 404, unlisted: true };
      return sendPage(
        response,
        page,
        <>
          <h1>{t`Không có thông báo này`}</h1>
          <p class="card">
            {t.html`Không có thông báo chính thức nào mang mã <strong>${code.slice(0, 40)}</strong>. Nếu ai gửi cho anh/chị mã này, mình khoan tin nha. <a href="/thong-bao">Xem mọi thông báo</a>`}
          </p>
        </>,
      );
    }
    response.set("cache-control", FRESH);
    const url = `${publicUrl}/thong-bao/${notice.code}`;
    await sendPage(
      response,
      {
        title: notice.title,
        description: notice.body.slice(0, 160),
        section: "/thong-bao",
        feeds: [atom()],
        sample: notice.sample,
      },
      <NoticePage
        notice={notice}
        steps={await stepsOf(db, notice.id)}
        files={await checkSignatures(await filesOf(db, notice.id))}
        url={url}
        qr={qrOf(url)}
        now={clock.now()}
      />,
    );
  });

  return router;
}

function text(request: Request, name: string): string {
  const given = request.query[name];
  return typeof given === "string" ? given : "";
}

/** As an address of its own, so that no style is needed. */
function qrOf(url: string): string {
  const code = qrcode(0, "M");
  code.addData(url);
  code.make();
  return `data:image/svg+xml;utf8,${encodeURIComponent(code.createSvgTag({ cellSize: 4, margin: 8 }))}`;
}
