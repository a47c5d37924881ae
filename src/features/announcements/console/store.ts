/** Announcements as the office sees them: its own units', in every state. */
import { audit } from "../../../console/audit/audit.ts";
import type { Db, Tx } from "../../../infra/db.ts";
import { copyFiles } from "../files/store.ts";
import { noteWriting } from "../history/store.ts";
import { copyPlan } from "../audience/store.ts";
import { foldWords } from "../likeness.ts";
import { nextAnnouncementCode, searchTextOf } from "../store.ts";
import type { Mover, Refusal, State } from "../workflow.ts";
import type { Draft } from "./form.ts";

export const PAGE = 20;
const SHOWN = {
  unit: true,
  author: { select: { name: true } },
  replaces: true,
  replaced: true,
  plan: true,
  schedule: true,
  series: { select: { code: true } },
} as const;

export type Kept = NonNullable<Awaited<ReturnType<typeof findForStaff>>>;

export const findForStaff = (db: Db | Tx, code: string, units: readonly string[]) =>
  db.announcement.findFirst({ where: { code, unitCode: { in: [...units] } }, include: SHOWN });

interface Listing {
  state: State | "";
  words: string;
  page: number;
}

/** Newest first, with how many there are in each state. */
export async function listForStaff(db: Db, units: readonly string[], { state, words, page }: Listing) {
  const found = {
    unitCode: { in: [...units] },
    AND: foldWords(words)
      .split(" ")
      .filter(Boolean)
      .slice(0, 8)
      .map((word) => ({
        OR: [{ searchText: { contains: word } }, { code: { contains: word.toUpperCase() } }],
      })),
  };
  const where = { ...found, ...(state ? { state } : {}) };
  const [rows, total, states] = await Promise.all([
    db.announcement.findMany({
      ...{ where, include: SHOWN, orderBy: { id: "desc" } },
      ...{ skip: (page - 1) * PAGE, take: PAGE },
    }),
    db.announcement.count({ where }),
    db.announcement.groupBy({ by: ["state"], where: found, _count: { _all: true } }),
  ]);
  return { rows, total, counts: new Map(states.map((each) => [each.state, each._count._all])) };
}

export const unitsOf = (db: Db, codes: readonly string[]) =>
  db.unit.findMany({ where: { code: { in: [...codes] } }, orderBy: { name: "asc" } });

export async function createDraft(tx: Tx, mover: Mover, draft: Draft, at: Date): Promise<string> {
  const code = await nextAnnouncementCode(tx, at);
  await tx.announcement.create({
    data: {
      ...{
        code,
        ...draft,
        searchText: searchTextOf(draft),
        authorId: mover.id,
        createdAt: at,
        updatedAt: at,
      },
      steps: { create: { kind: "written", staffId: mover.id, at } },
    },
  });
  await audit(tx, mover, "announcement.write", `announcement:${code}`);
  return code;
}

interface Change {
  code: string;
  draft: Draft;
  /** `updatedAt` of what the writer saw: what another wrote meanwhile is not written over. */
  seen?: Date | undefined;
  at: Date;
}

/** Only a draft: what waits for approval or has it is what was read. */
export async function changeDraft(
  tx: Tx,
  mover: Mover,
  { code, draft, seen, at }: Change,
): Promise<Refusal | null> {
  const found = await findForStaff(tx, code, mover.units);
  if (!found) return "not_found";
  const { count } = await tx.announcement.updateMany({
    where: { id: found.id, state: "draft", ...(seen ? { updatedAt: seen } : {}) },
    data: { ...draft, searchText: searchTextOf(draft), updatedAt: at },
  });
  if (count === 0) return found.state === "draft" ? "changed" : "not_now";
  await noteWriting(tx, mover, found, at);
  return null;
}

/** A new version of what is published, to be written, approved and published like any other. @returns its code; the one begun before, if there is one. */
export async function beginCorrection(
  tx: Tx,
  mover: Mover,
  code: string,
  at: Date,
): Promise<{ code: string } | { refusal: Refusal }> {
  const found = await findForStaff(tx, code, mover.units);
  if (!found) return { refusal: "not_found" };
  if (found.replaced) return { code: found.replaced.code };
  if (found.state !== "published") return { refusal: "not_now" };
  const { title, body, documentNumber, documentDate, signer, unitCode, topic, wards, level } = found;
  const { validFrom, validTo } = found;
  const copy = { title, body, documentNumber, documentDate, signer, unitCode, topic, wards, level };
  const correction = await createDraft(tx, mover, { ...copy, validFrom, validTo }, at);
  const { coverHash, coverAlt, forPress } = found;
  const version = await tx.announcement.update({
    where: { code: correction },
    data: { replacesId: found.id, coverHash, coverAlt, forPress },
  });
  await copyFiles(tx, found.id, version.id);
  await copyPlan(tx, found.id, version.id);
  return { code: correction };
}
