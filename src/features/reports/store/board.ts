/** What staff look at: the board of open reports, the list with filters, within the units they may see. */
import { Prisma, type Tx } from "../../../infra/db.ts";
import { foldDiacritics } from "../../../language/index.ts";
import { OPEN_STATES, type ReportState } from "../states.ts";

export interface ListedReport {
  code: string;
  category: string;
  state: ReportState;
  stateAt: Date;
  createdAt: Date;
  dueAt: Date | null;
  priority: number;
  street: string | null;
  place: string;
  ward: string | null;
  unitCode: string;
  unitName: string;
  assigneeName: string | null;
  escalated: boolean;
  followers: number;
  photos: number;
  sample: boolean;
}

const COLUMNS = Prisma.sql`
  report.code, category, report.state, state_at AS "stateAt", report.created_at AS "createdAt", due_at AS "dueAt", priority,
  street, place, ward, report.unit_code AS "unitCode", unit.name AS "unitName",
  (SELECT coalesce(nullif(staff.name, ''), staff.email) FROM staff WHERE staff.id = assignee_id) AS "assigneeName",
  escalated_at IS NOT NULL AS escalated, report.sample,
  (SELECT count(*)::int FROM report_follower f WHERE f.report_id = report.id) AS followers,
  (SELECT count(*)::int FROM report_photo p WHERE p.report_id = report.id) AS photos`;

export interface BoardColumn {
  state: ReportState;
  count: number;
  overdue: number;
  reports: ListedReport[];
}

/** Open states, the most pressing first in each. @param units what the person may see. */
export async function board(tx: Tx, units: string[], now: Date, perColumn = 20): Promise<BoardColumn[]> {
  const counts = await tx.$queryRaw<{ state: ReportState; count: number; overdue: number }[]>`
    SELECT state, count(*)::int AS count, count(*) FILTER (WHERE due_at < ${now})::int AS overdue FROM report
    WHERE state IN ('received', 'assigned', 'in_progress', 'reopened') AND unit_code IN (${Prisma.join(units)})
    GROUP BY state`;
  const reports = await tx.$queryRaw<ListedReport[]>`
    SELECT ${COLUMNS} FROM unnest(ARRAY['received', 'reopened', 'assigned', 'in_progress']) AS wanted(state)
    CROSS JOIN LATERAL (
      SELECT * FROM report
      WHERE report.state = wanted.state AND report.state IN ('received', 'assigned', 'in_progress', 'reopened')
        AND unit_code IN (${Prisma.join(units)})
      ORDER BY (priority = 4) DESC, due_at NULLS LAST, id LIMIT ${perColumn}
    ) report JOIN unit ON unit.code = report.unit_code
    ORDER BY (priority = 4) DESC, due_at NULLS LAST, report.id`;
  const columns: ReportState[] = ["received", "reopened", "assigned", "in_progress"];
  return columns.map((state) => {
    const { count = 0, overdue = 0 } = counts.find((row) => row.state === state) ?? {};
    return { state, count, overdue, reports: reports.filter((report) => report.state === state) };
  });
}

export interface StaffFilter {
  /** A code or words, with or without diacritics. */
  words?: string | undefined;
  states?: readonly ReportState[] | undefined;
  categories?: readonly string[] | undefined;
  wardCode?: string | undefined;
  unitCode?: string | undefined;
  /** Whose it is; "nobody": of no person yet. */
  assignee?: number | "nobody" | undefined;
  overdue?: boolean | undefined;
  /** Overdue and passed to the unit above. */
  escalated?: boolean | undefined;
  /** Rated so by its reporter. */
  rating?: number | undefined;
  since?: Date | undefined;
  until?: Date | undefined;
  sort?: "newest" | "due" | undefined;
}

export const PAGE = 50;

/** @param page from 1. @returns one page and how many there are in all. */
export async function listForStaff(
  tx: Tx,
  units: string[],
  filter: StaffFilter,
  { page, now }: { page: number; now: Date },
): Promise<{ reports: ListedReport[]; total: number }> {
  const where = conditions(units, filter, now);
  const order =
    filter.sort === "due"
      ? Prisma.sql`due_at NULLS LAST, report.id`
      : Prisma.sql`report.created_at DESC, report.id DESC`;
  const reports = await tx.$queryRaw<ListedReport[]>`
    SELECT ${COLUMNS} FROM report JOIN unit ON unit.code = report.unit_code
    WHERE ${where} ORDER BY ${order} LIMIT ${PAGE} OFFSET ${(page - 1) * PAGE}`;
  const [counted] = await tx.$queryRaw<{ total: number }[]>`
    SELECT count(*)::int AS total FROM report WHERE ${where}`;
  return { reports, total: counted!.total };
}

function conditions(units: string[], filter: StaffFilter, now: Date): Prisma.Sql {
  const { words, states, categories, wardCode, unitCode, assignee, overdue, escalated, rating } = filter;
  const parts = [Prisma.sql`report.unit_code IN (${Prisma.join(units)})`];
  if (words) parts.push(matching(words));
  if (states?.length) parts.push(Prisma.sql`report.state IN (${Prisma.join([...states])})`);
  if (categories?.length) parts.push(Prisma.sql`category IN (${Prisma.join([...categories])})`);
  if (wardCode) parts.push(Prisma.sql`ward_code = ${wardCode}`);
  if (unitCode) parts.push(Prisma.sql`report.unit_code = ${unitCode}`);
  if (assignee === "nobody") parts.push(Prisma.sql`assignee_id IS NULL`);
  else if (assignee) parts.push(Prisma.sql`assignee_id = ${assignee}`);
  if (overdue) parts.push(Prisma.sql`due_at < ${now} AND report.state IN (${Prisma.join([...OPEN_STATES])})`);
  if (escalated) parts.push(Prisma.sql`escalated_at IS NOT NULL`);
  if (rating) parts.push(Prisma.sql`rating = ${rating}`);
  if (filter.since) parts.push(Prisma.sql`report.created_at >= ${filter.since}`);
  if (filter.until) parts.push(Prisma.sql`report.created_at < ${filter.until}`);
  return Prisma.join(parts, " AND ");
}

/** Every word must be there; the last may be unfinished. */
function matching(words: string): Prisma.Sql {
  const folded = foldDiacritics(words.slice(0, 200)).match(/[\p{L}\p{N}]+/gu) ?? [];
  if (folded.length === 0) return Prisma.sql`true`;
  const query = folded.map((word) => `${word}:*`).join(" & ");
  return Prisma.sql`to_tsvector('simple', search_text) @@ to_tsquery('simple', ${query})`;
}
