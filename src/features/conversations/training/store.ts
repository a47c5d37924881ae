/** Messages on the desk, and the models taught from them. */
import type { Db, Prisma, Tx } from "../../../infra/db.ts";
import type { CandidateState } from "../../../residents/candidates.ts";
import type { ModelMeasures, Reading } from "../../../language/index.ts";

export interface DeskMessage {
  id: bigint;
  /** Redacted. */
  text: string;
  readings: Reading[];
  /** What it means, as the resident said when asked, or as staff corrected. */
  chosenIntent: string | null;
  correctedBy: number | null;
  /** What staff say it means. */
  intent: string | null;
  createdAt: Date;
  decidedAt: Date | null;
}

export type DeskState = CandidateState;

const ORDER = {
  open: [{ id: "asc" }],
  accepted: [{ decidedAt: "desc" }, { id: "desc" }],
  ignored: [{ decidedAt: "desc" }, { id: "desc" }],
} satisfies Record<DeskState, Prisma.TrainingCandidateOrderByWithRelationInput[]>;

export async function findMessages(
  db: Db,
  state: DeskState,
  { skip, take }: { skip: number; take: number },
): Promise<DeskMessage[]> {
  const rows = await db.trainingCandidate.findMany({
    where: { state },
    omit: { residentId: true, state: true, modelVersion: true, decidedBy: true },
    orderBy: ORDER[state],
    ...{ skip, take },
  });
  return rows.map((row) => ({ ...row, readings: row.readings as unknown as Reading[] }));
}

export async function countMessages(db: Db): Promise<Record<DeskState, number>> {
  const rows = await db.trainingCandidate.groupBy({ by: ["state"], _count: true });
  const countOf = (state: DeskState) => rows.find((row) => row.state === state)?._count ?? 0;
  return { open: countOf("open"), accepted: countOf("accepted"), ignored: countOf("ignored") };
}

/** What staff have said messages mean, to be learnt. */
export async function acceptedSentences(db: Db): Promise<{ text: string; intent: string }[]> {
  const rows = await db.trainingCandidate.findMany({
    where: { state: "accepted", intent: { not: null } },
    select: { text: true, intent: true },
    orderBy: { id: "asc" },
  });
  return rows.map(({ text, intent }) => ({ text, intent: intent! }));
}

export interface Comparison {
  current: ModelMeasures;
  fresh: ModelMeasures;
  /** Intents whose F1 changed, the largest change first. */
  changes: { intent: string; before: number; after: number; count: number }[];
  /** Accepted messages that were examples already. */
  known: number;
}

const SHOWN = { omit: { file: true } } as const;
export type TaughtModel = Omit<Prisma.TaughtModelGetPayload<typeof SHOWN>, "comparison"> & {
  comparison: Comparison | null;
};

const shown = (row: Prisma.TaughtModelGetPayload<typeof SHOWN>): TaughtModel => ({
  ...row,
  comparison: row.comparison as unknown as Comparison | null,
});

export async function recentModels(db: Db, take: number): Promise<TaughtModel[]> {
  return (await db.taughtModel.findMany({ ...SHOWN, orderBy: { id: "desc" }, take })).map(shown);
}

export async function findModel(db: Db | Tx, id: number): Promise<TaughtModel | null> {
  const row = await db.taughtModel.findUnique({ ...SHOWN, where: { id } });
  return row && shown(row);
}

/** @returns its number, or null when one is under way already. */
export async function askForModel(tx: Tx, staffId: number, shipped: string): Promise<number | null> {
  const rows = await tx.$queryRaw<{ id: number }[]>`
    INSERT INTO taught_model (asked_by, shipped) VALUES (${staffId}, ${shipped})
    ON CONFLICT ((true)) WHERE state IN ('waiting', 'teaching') DO NOTHING RETURNING id`;
  return rows[0]?.id ?? null;
}

export async function updateModel(
  db: Db | Tx,
  id: number,
  data: Prisma.TaughtModelUpdateInput,
): Promise<void> {
  await db.taughtModel.update({ where: { id }, data, select: { id: true } });
}

/** The taught model in use beside that shipped one, without its file. */
export async function modelInUse(db: Db, shipped: string): Promise<{ id: number; version: string } | null> {
  const row = await db.taughtModel.findFirst({
    where: { state: "in_use", shipped },
    select: { id: true, version: true },
  });
  return row && { id: row.id, version: row.version! };
}

export async function fileOf(db: Db, id: number): Promise<Buffer | null> {
  const row = await db.taughtModel.findUnique({ where: { id }, select: { file: true } });
  return row?.file ? Buffer.from(row.file) : null;
}

/** From one state to another, by whom. @returns false when it is in that state no more. */
export async function moveModel(
  tx: Tx,
  id: number,
  from: string[],
  to: string,
  by: { staffId: number; at: Date },
): Promise<boolean> {
  const { count } = await tx.taughtModel.updateMany({
    where: { id, state: { in: from } },
    data: { state: to, decidedBy: by.staffId, decidedAt: by.at },
  });
  return count === 1;
}

/** Whatever was in use is in use no more. */
export async function retireModels(tx: Tx): Promise<number> {
  return (await tx.taughtModel.updateMany({ where: { state: "in_use" }, data: { state: "former" } })).count;
}
