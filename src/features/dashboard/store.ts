/**
 * What happened, in the units somebody may see: counts only, never who. Counts run from 1 January: what is told of them is decided in
 * figures.ts, by the rule of small-numbers.ts.
 */
import { Prisma, type Db } from "../../infra/db.ts";
import { ZONE } from "../../infra/clock.ts";
import type { Running } from "./small-numbers.ts";
import type { Piece, Span } from "./span.ts";

const inUnits = (units: string[]) => Prisma.sql`unit_code IN (${Prisma.join(units)})`;
const dayOf = (column: string) =>
  Prisma.sql`to_char(${Prisma.raw(column)} AT TIME ZONE ${ZONE}, 'YYYY-MM-DD')`;
/** `created_at`, `resolved_at` …: which moment of a row counts. */
const running = (column: string, { newYear, from, until }: Piece) => ({
  counts: Prisma.sql`(count(*) FILTER (WHERE ${Prisma.raw(column)} < ${from}))::int AS before, count(*)::int AS through`,
  span: Prisma.sql`${Prisma.raw(column)} >= ${newYear} AND ${Prisma.raw(column)} < ${until}`,
});

/** What something is counted by; "" where it is counted as a whole. */
export interface CountedBy extends Running {
  by: string;
}

/** One pass over the reports told, whatever they are counted by. */
export async function countReports(db: Db, units: string[], piece: Piece): Promise<CountedBy[]> {
  const { counts, span } = running("created_at", piece);
  return db.$queryRaw`
    WITH told AS (
      SELECT created_at, ${dayOf("created_at")} AS day, category, coalesce(ward_code, '') AS ward, state, rating::text AS rating,
             CASE WHEN resolved_at IS NULL THEN '' WHEN due_at IS NULL OR resolved_at <= due_at THEN 'on_time' ELSE 'late' END AS handled
      FROM report WHERE ${inUnits(units)} AND ${span}
    )
    SELECT CASE WHEN grouping(day) = 0 THEN 'day' WHEN grouping(category) = 0 THEN 'category' WHEN grouping(ward) = 0 THEN 'ward'
                WHEN grouping(state) = 0 THEN 'state' WHEN grouping(rating) = 0 THEN 'rating'
                WHEN grouping(handled) = 0 THEN 'handled' ELSE '' END AS by,
           coalesce(day, category, ward, state, rating, handled, '') AS key, ${counts}
    FROM told GROUP BY GROUPING SETS ((day), (category), (ward), (state), (rating), (handled), ())`;
}

/** By "ward|category", where the ward is known. */
export async function countTopics(db: Db, units: string[], piece: Piece): Promise<Running[]> {
  const { counts, span } = running("created_at", piece);
  return db.$queryRaw`
    SELECT ward_code || '|' || category AS key, ${counts} FROM report
    WHERE ${inUnits(units)} AND ${span} AND ward_code IS NOT NULL GROUP BY ward_code, category`;
}

export async function countResolved(db: Db, units: string[], piece: Piece): Promise<Running[]> {
  const { counts, span } = running("resolved_at", piece);
  return db.$queryRaw`SELECT '' AS key, ${counts} FROM report WHERE ${inUnits(units)} AND ${span}`;
}

/** Messages the assistant read, by day; of those read with no form open: judged, and understood. */
export async function countReadings(db: Db, units: string[], piece: Piece): Promise<CountedBy[]> {
  const { counts, span } = running("at", piece);
  return db.$queryRaw`
    WITH told AS (
      SELECT at, ${dayOf("at")} AS day, CASE WHEN understood THEN 'understood' WHEN NOT understood THEN 'unclear' ELSE '' END AS judged
      FROM talk_reading WHERE ${inUnits(units)} AND ${span}
    )
    SELECT CASE WHEN grouping(day) = 0 THEN 'day' WHEN grouping(judged) = 0 THEN 'judged' ELSE '' END AS by,
           coalesce(day, judged, '') AS key, ${counts}
    FROM told GROUP BY GROUPING SETS ((day), (judged), ())`;
}

export interface Lengths {
  key: string;
  count: number;
  median: number;
  /** What nine in ten were faster than. */
  slowest: number;
}

/** Hours from telling to resolved, of the reports told in the span. */
export async function measureHandling(db: Db, units: string[], { from, until }: Span): Promise<Lengths[]> {
  return db.$queryRaw`
    WITH done AS (
      SELECT extract(epoch FROM resolved_at - created_at) / 3600 AS hours FROM report
      WHERE ${inUnits(units)} AND created_at >= ${from} AND created_at < ${until} AND resolved_at IS NOT NULL
    )
    SELECT '' AS key, count(*)::int AS count, coalesce(percentile_cont(0.5) WITHIN GROUP (ORDER BY hours), 0)::float8 AS median,
           coalesce(percentile_cont(0.9) WITHIN GROUP (ORDER BY hours), 0)::float8 AS slowest FROM done`;
}

/** Working hours from asking for a person to the first answer of one, by the unit's name; "" is all of them. */
export async function measureAnswers(db: Db, units: string[], { from, until }: Span): Promise<Lengths[]> {
  return db.$queryRaw`
    SELECT CASE WHEN grouping(u.name) = 0 THEN u.name ELSE '' END AS key, count(*)::int AS count,
           coalesce(percentile_cont(0.5) WITHIN GROUP (ORDER BY worked_seconds), 0)::float8 / 3600 AS median,
           coalesce(percentile_cont(0.9) WITHIN GROUP (ORDER BY worked_seconds), 0)::float8 / 3600 AS slowest
    FROM talk_wait JOIN unit u ON u.code = unit_code
    WHERE ${inUnits(units)} AND since >= ${from} AND since < ${until} AND answered_at IS NOT NULL
    GROUP BY GROUPING SETS ((u.name), ()) ORDER BY grouping(u.name) DESC, 3 DESC`;
}

/** As it stands at this moment: talks that wait for a person, and reports not resolved in time. */
export async function countStanding(db: Db, units: string[], now: Date) {
  const [row] = await db.$queryRaw<{ waiting: number; overdue: number }[]>`
    SELECT (SELECT count(*)::int FROM conversation c JOIN resident r ON r.id = c.resident_id JOIN account a ON a.id = r.account_id
            WHERE a.unit_code IN (${Prisma.join(units)})
              AND (c.state = 'waiting' OR (c.state = 'bot' AND c.waiting_since IS NOT NULL))) AS waiting,
           (SELECT count(*)::int FROM report WHERE ${inUnits(units)} AND due_at < ${now}
              AND state IN ('received', 'assigned', 'in_progress', 'reopened')) AS overdue`;
  return row!;
}

/** Announcements published in the span, and how many residents each has reached: sent to, or told with an answer. */
export async function countReached(db: Db, units: string[], { from, until }: Span) {
  return db.$queryRaw<{ code: string; title: string; count: number }[]>`
    SELECT code, title, greatest(0,
      (SELECT count(*) FROM announcement_notice n WHERE n.announcement_id = a.id AND n.kind = 'news' AND n.told_at IS NOT NULL)
      - (SELECT count(*) FROM outbound_message m WHERE m.bulk_of = 'announcement:' || a.id || ':news' AND m.state <> 'sent'))::int AS count
    FROM announcement a WHERE ${inUnits(units)} AND state = 'published' AND NOT archived
      AND published_at >= ${from} AND published_at < ${until}
    ORDER BY count DESC, code LIMIT 10`;
}
