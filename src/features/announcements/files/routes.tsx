/** Under /console/announcements/:code: its cover and its files, brought, looked at and taken away. */
import type { Request, Response, Router } from "express";
import { t } from "../../../bilingual/index.ts";
import type { Media } from "../../../channels/media.ts";
import { done, trouble } from "../../../console/page.tsx";
import { idOf, one } from "../../../console/read-form.ts";
import { notFound } from "../../../console/problems.ts";
import { consoleRoutes } from "../../../console/routes.ts";
import type { Clock } from "../../../infra/clock.ts";
import type { Database, Tx } from "../../../infra/db.ts";
import { noticeOf } from "../console/notice-of.ts";
import { REFUSALS, ROOT } from "../console/words.ts";
import type { Refusal } from "../workflow.ts";
import { sendFile } from "./serving.ts";
import { addFiles, filesOf, MOST_FILES, removeFile, setCover, type Deed } from "./store.ts";
import { takeCover, takeFile, type Taken, type Upload } from "./taking.ts";

export interface FileParts {
  database: Database;
  clock: Clock;
  media: Pick<Media, "read" | "keep" | "forget">;
}

const SHORTEST_ALT = 3;

export function fileConsole({ database, clock, media }: FileParts): Router {
  const { db } = database;
  const routes = consoleRoutes();

  routes.get("/:code/cover", "announcements.see", async (request, response, staff) => {
    const notice = await noticeOf(db, request, staff);
    if (!notice.coverHash) throw notFound();
    sendFile(response, await media.read(notice.coverHash));
  });

  routes.get("/:code/files/:id", "announcements.see", async (request, response, staff) => {
    const notice = await noticeOf(db, request, staff);
    const files = await filesOf(db, notice.id);
    const file = files.find(({ id }) => id === idOf(request.params.id));
    if (!file) throw notFound();
    sendFile(response, await media.read(file.mediaHash), file.name);
  });

  routes.post("/:code/cover", "announcements.write", async (request, response, staff) => {
    const notice = await noticeOf(db, request, staff);
    const alt = one((request.body as { alt?: unknown }).alt).slice(0, 200);
    if (alt.length < SHORTEST_ALT) return refuse(request, response, t`Ghi vài chữ: trong hình có gì.`);
    const [upload] = uploadsOf(request, "cover");
    if (!upload) return refuse(request, response, t`Chưa chọn hình.`);
    const taken = await takeCover(media, upload);
    if ("refused" in taken) return refuse(request, response, taken.refused);
    const cover = { hash: taken.hash, alt };
    await take(request, response, t`Đã đặt ảnh bìa.`, (tx, deed) => setCover(tx, staff, deed, cover));
    await forget(notice.coverHash);
  });

  routes.post("/:code/cover/remove", "announcements.write", async (request, response, staff) => {
    const notice = await noticeOf(db, request, staff);
    const none = { hash: null, alt: "" };
    await take(request, response, t`Đã bỏ ảnh bìa.`, (tx, deed) => setCover(tx, staff, deed, none));
    await forget(notice.coverHash);
  });

  routes.post("/:code/files", "announcements.write", async (request, response, staff) => {
    const notice = await noticeOf(db, request, staff);
    const uploads = uploadsOf(request, "files");
    if (uploads.length === 0) return refuse(request, response, t`Chưa chọn tệp nào.`);
    if ((await filesOf(db, notice.id)).length + uploads.length > MOST_FILES)
      return refuse(request, response, t`Mỗi thông báo kèm nhiều nhất ${MOST_FILES} tệp.`);
    const files: Extract<Taken, { hash: string }>[] = [];
    for (const upload of uploads) {
      const taken = await takeFile(media, upload);
      if ("refused" in taken) return refuse(request, response, taken.refused);
      files.push(taken);
    }
    await take(request, response, t`Đã thêm tệp.`, (tx, deed) => addFiles(tx, staff, deed, files));
  });

  routes.post("/:code/files/:id/remove", "announcements.write", async (request, response, staff) => {
    const notice = await noticeOf(db, request, staff);
    const id = idOf(request.params.id);
    const gone = (await filesOf(db, notice.id)).find((file) => file.id === id);
    await take(request, response, t`Đã bỏ tệp.`, (tx, deed) => removeFile(tx, staff, deed, id));
    await forget(gone?.mediaHash);
  });

  async function take(
    request: Request,
    response: Response,
    told: string,
    deed: (tx: Tx, deed: Deed) => Promise<Refusal | null>,
  ) {
    const given = { code: one(request.params.code), at: clock.now() };
    const refusal = await db.$transaction((tx) => deed(tx, given));
    if (refusal === "not_found") throw notFound();
    if (refusal) refuse(request, response, REFUSALS[refusal]);
    else done(request, response, placeOf(request), told);
  }

  const forget = async (hash: string | null | undefined) => {
    if (hash) await media.forget([hash]);
  };
  return routes.router;
}

const placeOf = (request: Request) => `${ROOT}/${one(request.params.code)}/edit`;
const refuse = (request: Request, response: Response, why: string) =>
  trouble(request, response, placeOf(request), why);

const uploadsOf = (request: Request, field: string): Upload[] =>
  ((request.files ?? []) as Express.Multer.File[]).filter(
    ({ fieldname, buffer }) => fieldname === field && buffer.length > 0,
  );
