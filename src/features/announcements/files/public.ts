/** Where everybody, and every platform, finds the cover and the files of a published notice. */
import { Router, type Response } from "express";
import type { Media } from "../../../channels/media.ts";
import type { Db } from "../../../infra/db.ts";
import { findPublished } from "../store.ts";
import { sendFile } from "./serving.ts";
import { filesOf } from "./store.ts";

export const coverPath = (code: string) => `/thong-bao/${code}/anh-bia.jpg`;
export const filePath = (code: string, id: bigint) => `/thong-bao/${code}/tep/${id}`;

export function publicFiles(db: Db, media: Pick<Media, "read">): Router {
  const router = Router();

  router.get("/thong-bao/:code/anh-bia.jpg", async (request, response) => {
    const notice = await findPublished(db, request.params.code);
    if (!notice?.coverHash) return nothing(response);
    // shown by the platforms' own pages too
    response.set({ "cache-control": "public, max-age=3600", "cross-origin-resource-policy": "cross-origin" });
    sendFile(response, await media.read(notice.coverHash));
  });

  router.get("/thong-bao/:code/tep/:id", async (request, response) => {
    const notice = await findPublished(db, request.params.code);
    const files = notice ? await filesOf(db, notice.id) : [];
    const file = files.find(({ id }) => String(id) === request.params.id);
    if (!file) return nothing(response);
    response.set("cache-control", "public, max-age=300");
    sendFile(response, await media.read(file.mediaHash), file.name);
  });

  return router;
}

const nothing = (response: Response) => response.status(404).type("text").send("Không có tệp này.\n");
