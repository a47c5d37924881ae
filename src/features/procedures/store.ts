/** The procedures in the database: as they stand, as they were, and what stands around them. */
import type { Prisma } from "../../infra/db.ts";
import { type Tx } from "../../infra/db.ts";
import type { ClarifyGroup, ProcedureRecord } from "./record.ts";

export type Origin = "sample" | "import" | "console";

export interface KeptProcedure {
  code: string;
  version: number;
  data: ProcedureRecord;
  sample: boolean;
  reviewedAt: Date | null;
  withdrawnAt: Date | null;
}

export interface Catalogue {
  categories: Record<string, string>;
  clarifyGroups: ClarifyGroup[];
}

const KEPT = {
  code: true,
  version: true,
  data: true,
  sample: true,
  reviewedAt: true,
  withdrawnAt: true,
} as const;

export async function listProcedures(tx: Tx): Promise<KeptProcedure[]> {
  const rows = await tx.procedure.findMany({ select: KEPT, orderBy: { code: "asc" } });
  return rows.map(asKept);
}

export async function findProcedure(tx: Tx, code: string): Promise<KeptProcedure | null> {
  const row = await tx.procedure.findUnique({ where: { code }, select: KEPT });
  return row && asKept(row);
}

const asKept = (row: Omit<KeptProcedure, "data"> & { data: unknown }): KeptProcedure => ({
  ...row,
  data: row.data as ProcedureRecord,
});

/** Changes whenever a procedure or what stands around them does: a cache of them asks for no more than this. */
export async function revisionOf(tx: Tx): Promise<string> {
  const [row] = await tx.$queryRaw<{ revision: string }[]>`
    SELECT concat_ws(' ', count(*), sum(version), max(updated_at),
                     (SELECT updated_at FROM procedure_catalogue WHERE id = 1)) AS revision FROM procedure`;
  return row!.revision;
}

export async function readCatalogue(tx: Tx): Promise<Catalogue> {
  const row = await tx.procedureCatalogue.findUnique({ where: { id: 1 } });
  return {
    categories: (row?.categories ?? {}) as Catalogue["categories"],
    clarifyGroups: (row?.clarifyGroups ?? []) as unknown as ClarifyGroup[],
  };
}

export async function keepCatalogue(
  tx: Tx,
  { categories, clarifyGroups }: Catalogue,
  now: Date,
): Promise<void> {
  const data = { categories, clarifyGroups: asJson(clarifyGroups), updatedAt: now };
  await tx.procedureCatalogue.upsert({ where: { id: 1 }, create: { id: 1, ...data }, update: data });
}

/** What the last import said of it, before staff changed anything. */
export async function lastImported(tx: Tx, code: string): Promise<ProcedureRecord | null> {
  const row = await tx.procedureVersion.findFirst({
    where: { code, origin: "import" },
    orderBy: { version: "desc" },
    select: { data: true },
  });
  return (row?.data ?? null) as ProcedureRecord | null;
}

export interface NewVersion {
  data: ProcedureRecord;
  origin: Origin;
  staffId?: number | null;
  note?: string | null;
  now: Date;
}

/**
 * Keeps a new state and the record of it. A change takes the review away; staff who save their own change have read it.
 * @returns the version's number
 */
export async function keepVersion(tx: Tx, { data, origin, staffId = null, note = null, now }: NewVersion) {
  const { code } = data;
  const reviewed =
    staffId !== null ? { reviewedAt: now, reviewedBy: staffId } : { reviewedAt: null, reviewedBy: null };
  const kept = { data: asJson(data), sample: origin === "sample", updatedAt: now, ...reviewed };
  const { version } = await tx.procedure.upsert({
    where: { code },
    create: { code, ...kept },
    update: { ...kept, version: { increment: 1 }, ...(origin === "import" ? { withdrawnAt: null } : {}) },
    select: { version: true },
  });
  await tx.procedureVersion.create({
    data: { code, version, data: asJson(data), origin, staffId, note, createdAt: now },
    select: { version: true },
  });
  return version;
}

export interface KeptVersion {
  version: number;
  data: ProcedureRecord;
  origin: Origin;
  staffName: string | null;
  note: string | null;
  createdAt: Date;
}

/** The newest first. */
export async function listVersions(tx: Tx, code: string): Promise<KeptVersion[]> {
  const rows = await tx.procedureVersion.findMany({ where: { code }, orderBy: { version: "desc" } });
  const ids = rows.flatMap(({ staffId }) => staffId ?? []);
  const staff = await tx.staff.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  const names = new Map(staff.map(({ id, name }) => [id, name]));
  return rows.map(({ version, data, origin, staffId, note, createdAt }) => ({
    ...{ version, note, createdAt },
    data: data as unknown as ProcedureRecord,
    origin: origin as Origin,
    staffName: staffId === null ? null : (names.get(staffId) ?? null),
  }));
}

export async function findVersion(tx: Tx, code: string, version: number): Promise<ProcedureRecord | null> {
  const row = await tx.procedureVersion.findUnique({ where: { code_version: { code, version } } });
  return (row?.data ?? null) as ProcedureRecord | null;
}

/** Like findProcedure; nobody else changes it until the transaction ends. */
export async function holdProcedure(tx: Tx, code: string): Promise<KeptProcedure | null> {
  await tx.$queryRaw`SELECT 1 FROM procedure WHERE code = ${code} FOR UPDATE`;
  return findProcedure(tx, code);
}

export async function setReviewed(tx: Tx, code: string, staffId: number, now: Date): Promise<void> {
  await tx.procedure.update({
    where: { code },
    data: { reviewedAt: now, reviewedBy: staffId, updatedAt: now },
  });
}

export async function setWithdrawn(tx: Tx, code: string, at: Date | null, now: Date): Promise<void> {
  await tx.procedure.update({ where: { code }, data: { withdrawnAt: at, updatedAt: now } });
}

/** Sample data make room for real ones. @returns how many went */
export async function removeSamples(tx: Tx): Promise<number> {
  const { count } = await tx.procedure.deleteMany({ where: { sample: true } });
  return count;
}

const asJson = (value: object) => value as unknown as Prisma.InputJsonValue;
