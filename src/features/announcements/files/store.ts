/** The cover and the files of an announcement. They change only while it is a draft: what waits for approval is what was read. */
import type { Db, Tx } from "../../../infra/db.ts";
import { noteWriting } from "../history/store.ts";
import type { Mover, Refusal } from "../workflow.ts";

/** So many at most with one announcement. */
export const MOST_FILES = 8;

export interface ShownFile {
  id: bigint;
  name: string;
  mediaHash: string;
  media: { mime: string; bytes: number };
}

export const isPdf = ({ media }: ShownFile) => media.mime === "application/pdf";

/** In the order they were brought. */
export const filesOf = (db: Db | Tx, announcementId: bigint): Promise<ShownFile[]> =>
  db.announcementFile.findMany({
    where: { announcementId },
    select: { id: true, name: true, mediaHash: true, media: { select: { mime: true, bytes: true } } },
    orderBy: { id: "asc" },
  });

export interface Deed {
  code: string;
  at: Date;
}

export const setCover = (tx: Tx, mover: Mover, deed: Deed, cover: { hash: string | null; alt: string }) =>
  ofDraft(tx, mover, deed, async (id) => {
    await tx.announcement.update({ where: { id }, data: { coverHash: cover.hash, coverAlt: cover.alt } });
  });

export const addFiles = (tx: Tx, mover: Mover, deed: Deed, files: { hash: string; name: string }[]) =>
  ofDraft(tx, mover, deed, async (announcementId) => {
    const rows = files.map(({ hash, name }) => ({ announcementId, mediaHash: hash, name }));
    await tx.announcementFile.createMany({ data: rows });
  });

export const removeFile = (tx: Tx, mover: Mover, deed: Deed, id: bigint) =>
  ofDraft(tx, mover, deed, async (announcementId) => {
    await tx.announcementFile.deleteMany({ where: { id, announcementId } });
  });

/** Who changes what goes with it has worked on it, and does not approve it. */
async function ofDraft(
  tx: Tx,
  mover: Mover,
  { code, at }: Deed,
  change: (id: bigint) => Promise<void>,
): Promise<Refusal | null> {
  const mine = { code, unitCode: { in: [...mover.units] } };
  const found = await tx.announcement.findFirst({ where: mine, select: { id: true, code: true } });
  if (!found) return "not_found";
  // the row is locked, so that it is not sent for approval meanwhile
  const { count } = await tx.announcement.updateMany({
    where: { id: found.id, state: "draft" },
    data: { state: "draft" },
  });
  if (count === 0) return "not_now";
  await change(found.id);
  await noteWriting(tx, mover, found, at);
  return null;
}

/** A new version begins with what went with the old one. */
export async function copyFiles(tx: Tx, from: bigint, to: bigint): Promise<void> {
  const files = await filesOf(tx, from);
  const data = files.map(({ mediaHash, name }) => ({ announcementId: to, mediaHash, name }));
  await tx.announcementFile.createMany({ data });
}
