/** What a report holds of the person who filed it, and how it goes on without them. */
import type { Db, Tx } from "../../../infra/db.ts";

export function reportsToShow(db: Db | Tx, residentId: bigint) {
  return db.report.findMany({ where: { residentId }, orderBy: { id: "asc" } });
}

/**
 * A report is a record of the office and stays, as do its pictures; who filed it, followed it or wrote a comment with
 * its rating does not.
 */
export async function letGoOfReporter(tx: Tx, residentId: bigint): Promise<Record<string, number>> {
  const { count: reportsKept } = await tx.report.updateMany({
    where: { residentId },
    data: {
      ...{ residentId: null, reporterName: null, reporterPhone: null, reporterEmail: null },
      ratingComment: null,
    },
  });
  await tx.reportFollower.deleteMany({ where: { residentId } });
  await tx.reportNews.deleteMany({ where: { residentId } });
  await tx.reportPhoto.updateMany({ where: { residentId }, data: { residentId: null } });
  return { reportsKept };
}

/** Reports that still tell who filed them. */
export const reportsOfSomebody = (db: Tx) => db.report.count({ where: { residentId: { not: null } } });
