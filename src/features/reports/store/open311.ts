/** Reports as GeoReport v2 has them: keys of programs, requests found by id, token or time. */
import { createHash, randomBytes } from "node:crypto";
import { Prisma, type Tx } from "../../../infra/db.ts";
import { OPEN_STATES, type ReportState } from "../states.ts";
import { publicColumns, type PublicReport } from "./public.ts";

const hashOf = (key: string) => createHash("sha256").update(key).digest("hex");

export interface Open311Program {
  id: number;
  name: string;
  moderated: boolean;
}

export async function findProgram(tx: Tx, key: string): Promise<Open311Program | null> {
  return tx.open311Key.findFirst({
    where: { keyHash: hashOf(key), revokedAt: null },
    select: { id: true, name: true, moderated: true },
  });
}

/** @returns the key, which is shown this once and kept nowhere. */
export async function createProgram(tx: Tx, name: string, moderated: boolean): Promise<string> {
  const key = randomBytes(24).toString("base64url");
  await tx.open311Key.create({ data: { name, moderated, keyHash: hashOf(key) }, select: { id: true } });
  return key;
}

export interface RequestFilter {
  codes?: string[] | undefined;
  categories?: string[] | undefined;
  status?: ("open" | "closed")[] | undefined;
  from?: Date | undefined;
  until?: Date | undefined;
  updatedFrom?: Date | undefined;
  updatedUntil?: Date | undefined;
  limit: number;
  offset: number;
}

export interface Open311Request extends PublicReport {
  updatedAt: Date;
  statusNotes: string | null;
}

/** Public reports only, newest first; one that was merged into another is closed. */
export async function findRequests(tx: Tx, filter: RequestFilter): Promise<Open311Request[]> {
  const { codes, categories, status, from, until, updatedFrom, updatedUntil, limit, offset } = filter;
  const parts = [Prisma.sql`is_public`];
  const open = Prisma.sql`report.state IN (${Prisma.join([...OPEN_STATES])})`;
  if (codes) parts.push(Prisma.sql`report.code IN (${Prisma.join(codes)})`);
  if (categories) parts.push(Prisma.sql`category IN (${Prisma.join(categories)})`);
  if (status?.length === 1) parts.push(status[0] === "open" ? open : Prisma.sql`NOT (${open})`);
  if (from) parts.push(Prisma.sql`report.created_at >= ${from}`);
  if (until) parts.push(Prisma.sql`report.created_at <= ${until}`);
  if (updatedFrom) parts.push(Prisma.sql`report.updated_at >= ${updatedFrom}`);
  if (updatedUntil) parts.push(Prisma.sql`report.updated_at <= ${updatedUntil}`);
  return tx.$queryRaw<Open311Request[]>`
    SELECT ${publicColumns}, report.updated_at AS "updatedAt",
           (SELECT e.note FROM report_event e WHERE e.report_id = report.id AND e.is_public AND e.note IS NOT NULL
            ORDER BY e.id DESC LIMIT 1) AS "statusNotes"
    FROM report JOIN unit ON unit.code = report.unit_code
    WHERE ${Prisma.join(parts, " AND ")}
    ORDER BY report.created_at DESC, report.id DESC LIMIT ${limit} OFFSET ${offset}`;
}

/** @returns the code once a unit has accepted the report, null until then; undefined for a token we never gave. */
export async function codeOfToken(tx: Tx, token: string): Promise<string | null | undefined> {
  const report = await tx.report.findUnique({
    where: { open311Token: token },
    select: { code: true, state: true },
  });
  if (!report) return undefined;
  return (report.state as ReportState) === "received" ? null : report.code;
}
