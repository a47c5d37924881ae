/** Reading the audit log. */
import { Prisma, type Db } from "../../infra/db.ts";

export interface AuditQuery {
  /** Part of an action, a subject or an e-mail. */
  words: string;
  from: Date | null;
  /** Up to, not including. */
  until: Date | null;
}

export interface AuditRow {
  id: bigint;
  at: Date;
  email: string | null;
  name: string | null;
  action: string;
  subject: string;
  details: Record<string, string | number | boolean | null>;
}

export async function findAudit(
  db: Db,
  query: AuditQuery,
  limit: number,
  offset: number,
): Promise<AuditRow[]> {
  const pattern = `%${query.words.replace(/[\\%_]/g, "\\$&")}%`;
  const conditions = [
    Prisma.sql`true`,
    ...(query.words
      ? [Prisma.sql`(e.action ILIKE ${pattern} OR e.subject ILIKE ${pattern} OR s.email ILIKE ${pattern})`]
      : []),
    ...(query.from ? [Prisma.sql`e.at >= ${query.from}`] : []),
    ...(query.until ? [Prisma.sql`e.at < ${query.until}`] : []),
  ];
  return db.$queryRaw<AuditRow[]>`
    SELECT e.id, e.at, s.email, s.name, e.action, e.subject, e.details
    FROM audit_entry e LEFT JOIN staff s ON s.id = e.staff_id
    WHERE ${Prisma.join(conditions, " AND ")}
    ORDER BY e.at DESC, e.id DESC LIMIT ${limit} OFFSET ${offset}`;
}
