/** What a resident may read of reports: everybody the public part, the reporter their own words as well. */
import type { Tx } from "../../../infra/db.ts";
import type { ReportState } from "../states.ts";

export interface ResidentsReport {
  id: bigint;
  code: string;
  category: string;
  state: ReportState;
  stateAt: Date;
  createdAt: Date;
  dueAt: Date | null;
  resolvedAt: Date | null;
  unitName: string;
  /** Street and ward; the house only to the reporter. */
  street: string | null;
  ward: string | null;
  /** The last thing said to the public. */
  lastUpdate: string | null;
  isPublic: boolean;
  /** The code of the report it was merged into. */
  mergedInto: string | null;
  /** Only for whoever reported it. */
  own: { description: string; place: string; rating: number | null; photos: number } | null;
  /** The asking resident follows it. */
  follows: boolean;
}

/** Everything the resident reported or joined, newest first. */
export async function reportsOf(tx: Tx, residentId: bigint, limit = 10): Promise<ResidentsReport[]> {
  const rows = await tx.report.findMany({
    where: { OR: [{ residentId }, { followers: { some: { residentId } } }] },
    orderBy: { createdAt: "desc" },
    take: limit,
    include: included(residentId),
  });
  return rows.map((row) => readable(row, residentId));
}

/**
 * @param residentId who asks; what is theirs is told to them alone.
 * @returns null when there is none, or when it is neither public nor theirs: the same answer to both.
 */
export async function findByCode(
  tx: Tx,
  code: string,
  residentId: bigint | null,
): Promise<ResidentsReport | null> {
  const row = await tx.report.findUnique({
    where: { code: code.toUpperCase() },
    include: included(residentId ?? -1n),
  });
  if (!row) return null;
  const report = readable(row, residentId);
  return report.isPublic || report.own || report.follows ? report : null;
}

const included = (residentId: bigint) => ({
  unit: { select: { name: true } },
  mergedInto: { select: { code: true } },
  followers: { where: { residentId }, select: { residentId: true } },
  history: {
    where: { isPublic: true, note: { not: null } },
    orderBy: { id: "desc" as const },
    take: 1,
    select: { note: true },
  },
  _count: { select: { photos: true } },
});

type Row = NonNullable<
  Awaited<ReturnType<Tx["report"]["findUnique"]>> & {
    unit: { name: string };
    mergedInto: { code: string } | null;
    followers: unknown[];
    history: { note: string | null }[];
    _count: { photos: number };
  }
>;

function readable(row: Row, residentId: bigint | null): ResidentsReport {
  const { id, code, category, stateAt, createdAt, dueAt, resolvedAt, street, ward, isPublic } = row;
  const isOwn = residentId !== null && row.residentId === residentId;
  const { description, place, rating, _count } = row;
  return {
    ...{ id, code, category, stateAt, createdAt, dueAt, resolvedAt, street, ward, isPublic },
    state: row.state as ReportState,
    unitName: row.unit.name,
    lastUpdate: row.history[0]?.note ?? null,
    mergedInto: row.mergedInto?.code ?? null,
    own: isOwn ? { description, place, rating, photos: _count.photos } : null,
    follows: row.followers.length > 0,
  };
}
