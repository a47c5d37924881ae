/** Public pages: /phan-anh with map, list and open data, /phan-anh/:code with what became of it. */
import { Router, type Response } from "express";
import qrcode from "qrcode-generator";
import { z } from "zod";
import { t } from "../../bilingual/index.ts";
import type { Media } from "../../channels/media.ts";
import type { Clock } from "../../infra/clock.ts";
import type { Db } from "../../infra/db.ts";
import { publicHeaders } from "../../pages/headers.ts";
import { sendPage } from "../../pages/site.tsx";
import { CSV_HEAD, csvRow } from "./public-site/csv.ts";
import { filterOf, readChosen } from "./public-site/filter.ts";
import { ListPage, mapAssets } from "./public-site/list-page.tsx";
import { cellAt, drawn, mapSettings, OUTLINES, tileOrigins } from "./public-site/map.ts";
import { PosterPage, ReportPage } from "./public-site/report-page.tsx";
import { placeOf, titleOf } from "./public-site/words.ts";
import {
  countPublic,
  findPublic,
  listPublic,
  mapPublic,
  publicPhotos,
  publicTimeline,
  type Box,
} from "./store.ts";

export interface PublicParts {
  db: Db;
  media: Pick<Media, "read" | "readThumbnail">;
  clock: Clock;
  publicUrl: string;
  tiles: string;
  attribution: string;
}

const PAGE = 20;
/** Rows of open data read at a time. */
const BATCH = 1000;
/** People may look at what is half a minute old; proxies in front keep it as long. */
const FRESH = "public, max-age=30";

export function publicPages({ db, media, clock, publicUrl, tiles, attribution }: PublicParts): Router {
  const router = Router();
  const map = mapSettings(tiles, attribution);
  router.use("/phan-anh", publicHeaders(publicUrl.startsWith("https:"), tileOrigins(tiles)));

  router.get("/phan-anh", async (request, response) => {
    const code = readCode(request.query.ma);
    if (code) return response.redirect(303, `/phan-anh/${code}`);
    const chosen = readChosen(request.query);
    const now = clock.now();
    const filter = filterOf(chosen, now);
    const after = readCode(request.query.sau);
    const [counts, found] = await Promise.all([
      countPublic(db, filter),
      listPublic(db, filter, { after, limit: PAGE + 1 }),
    ]);
    const reports = found.slice(0, PAGE);
    const more = found.length > PAGE ? reports.at(-1)!.code : null;
    response.set("cache-control", FRESH);
    const page = {
      title: t`Phản ánh của người dân`,
      description: t`Việc người dân khu vực đô thị Bến Tre phản ánh, và đã xử lý tới đâu.`,
      section: "/phan-anh",
      sample: reports.some(({ sample }) => sample),
      ...mapAssets(),
    };
    await sendPage(response, page, <ListPage {...{ chosen, counts, reports, more, map, now }} />);
  });

  router.get("/phan-anh/ban-do.json", async (request, response) => {
    const asked = feedShape.safeParse(request.query);
    if (!asked.success) return response.status(400).json({ error: "khung=tây,nam,đông,bắc&z=mức phóng" });
    const { khung, z: zoom } = asked.data;
    const filter = filterOf(readChosen(request.query), clock.now());
    const points = await mapPublic(db, { ...filter, box: khung }, cellAt(zoom));
    response.set("cache-control", FRESH).json(points.map(drawn));
  });

  router.get("/phan-anh/phuong.geojson", (_request, response) => {
    response
      .set("cache-control", "public, max-age=31536000, immutable")
      .type("application/geo+json")
      .send(OUTLINES);
  });

  router.get("/phan-anh/du-lieu.csv", async (request, response) => {
    const filter = filterOf(readChosen(request.query), clock.now());
    response.attachment("phan-anh.csv").type("text/csv; charset=utf-8").write(CSV_HEAD);
    for (let after: string | null = null; ;) {
      const reports = await listPublic(db, filter, { after, limit: BATCH });
      for (const report of reports) response.write(csvRow(report));
      if (reports.length < BATCH || response.destroyed) break;
      after = reports.at(-1)!.code;
    }
    response.end();
  });

  router.get("/phan-anh/:code", async (request, response) => {
    const report = await find(request.params.code);
    if (!report) return nothingHere(response);
    const [timeline, photos] = await Promise.all([
      publicTimeline(db, report.id),
      publicPhotos(db, report.code),
    ]);
    response.set("cache-control", FRESH);
    const page = {
      title: `${titleOf(report)} (${report.code})`,
      description: `${titleOf(report)}, ${placeOf(report)}`,
      section: "/phan-anh",
      sample: report.sample,
      ...(report.latitude === null ? {} : mapAssets()),
    };
    const now = clock.now();
    await sendPage(response, page, <ReportPage {...{ report, timeline, photos, map, now }} />);
  });

  router.get("/phan-anh/:code/in", async (request, response) => {
    const report = await find(request.params.code);
    if (!report) return nothingHere(response);
    const page = { title: t`In mã ${report.code}`, section: "/phan-anh", unlisted: true };
    await sendPage(response, page, <PosterPage report={report} address={addressOf(report.code)} />);
  });

  router.get("/phan-anh/:code/qr.svg", async (request, response) => {
    const report = await find(request.params.code);
    if (!report) return nothingHere(response);
    const code = qrcode(0, "M");
    code.addData(addressOf(report.code));
    code.make();
    response
      .set("cache-control", "public, max-age=86400")
      .type("image/svg+xml")
      .send(code.createSvgTag({ cellSize: 8, margin: 16, scalable: true }));
  });

  router.get("/phan-anh/:code/anh/:id", async (request, response) => {
    const photos = await publicPhotos(db, readCode(request.params.code) ?? "");
    const photo = photos.find(({ id }) => String(id) === request.params.id);
    if (!photo) return nothingHere(response);
    const small = request.query.co === "nho" ? await media.readThumbnail(photo.hash) : null;
    const { bytes, mime } = small ? { bytes: small, mime: "image/jpeg" } : await media.read(photo.hash);
    response
      .set("cache-control", "public, max-age=300") // staff may take it back
      .type(mime)
      .send(bytes);
  });

  const addressOf = (code: string) => `${publicUrl}/phan-anh/${code}`;
  const find = async (code: string) => findPublic(db, readCode(code) ?? "");
  return router;
}

const feedShape = z.object({
  khung: z
    .string()
    .transform((text) => text.split(",").map(Number))
    .refine((edges) => edges.length === 4 && edges.every(Number.isFinite))
    .transform((edges) => edges as unknown as Box),
  z: z.coerce.number().int().min(1).max(20),
});

/** "pa 2611 00042" is readable too. */
function readCode(value: unknown): string | null {
  if (typeof value !== "string") return null;
  const parts = /^\s*PA[\s-]*(\d{4})[\s-]*(\d{5,6})\s*$/i.exec(value);
  return parts ? `PA-${parts[1]}-${parts[2]}` : null;
}

async function nothingHere(response: Response) {
  const page = { title: t`Không tìm thấy phản ánh`, section: "/phan-anh", unlisted: true, status: 404 };
  await sendPage(
    response,
    page,
    <section class="card empty">
      <h1>{t`Không tìm thấy phản ánh này`}</h1>
      <p class="quiet">
        {t`Mã có thể gõ nhầm, hoặc việc này không hiện công khai. Người báo nhắn mã cho trang của phường thì vẫn xem được.`}
      </p>
      <p class="more">
        <a class="button" href="/phan-anh">
          {t`Xem tất cả phản ánh`}
        </a>
      </p>
    </section>,
  );
}
