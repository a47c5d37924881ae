/** What happened in a span of time, in the units somebody may see: counts only, never who. */
import { Prisma, type Db } from "../../infra/db.ts";
import { ZONE } from "../../infra/clock.ts";

export interface Span {
  from: Date;
  /** Not included. */
  until: Date;
}

export interface Counted {
  key: string;
  count: number;
}

export interface ReportCounts {
  total: number;
  overdue: number;
  days: Counted[];
  categories: Counted[];
  wards: Counted[];
  states: Counted[];
}

const inUnits = (units: string[]) => Prisma.sql`unit_code IN (${Prisma.join(units)})`;
const inSpan = ({ from, until }: Span) => Prisma.sql`created_at >= ${from} AND created_at < ${until}`;

/** One pass over the span's reports, whatever it is counted by. `days` are "2026-11-24", in Việt Nam. */
export async function countReports(db: Db, units: string[], span: Span, now: Date): Promise<ReportCounts> {
  const rows = await db.$queryRaw<{ by: string; key: string | null; count: number; overdue: number }[]>`
    WITH told AS (
      SELECT to_char(created_at AT TIME ZONE ${ZONE}, 'YYYY-MM-DD') AS day, category, coalesce(ward_code, '') AS ward, state,
             state IN ('received', 'assigned', 'in_progress', 'reopened') AND due_at < ${now} AS late
      FROM report WHERE ${inUnits(units)} AND ${inSpan(span)}
    )
    SELECT CASE WHEN grouping(day) = 0 THEN 'day' WHEN grouping(category) = 0 THEN 'category'
                WHEN grouping(ward) = 0 THEN 'ward' WHEN grouping(state) = 0 THEN 'state' ELSE 'all' END AS by,
           coalesce(day, category, ward, state) AS key, count(*)::int AS count,
           (count(*) FILTER (WHERE late))::int AS overdue
    FROM told GROUP BY GROUPING SETS ((day), (category), (ward), (state), ())`;
  const by = (name: string): Counted[] =>
    rows.filter((row) => row.by === name).map(({ key, count }) => ({ key: key ?? "", count }));
  const all = rows.find((row) => row.by === "all");
  return {
    ...{ total: all?.count ?? 0, overdue: all?.overdue ?? 0 },
    ...{ days: by("day"), categories: by("category"), wards: by("ward"), states: by("state") },
  };
}

export interface Handling {
  resolved: number;
  onTime: number;
  /** Hours from filing to resolved; null where nothing was resolved. */
  median: number | null;
  slowest: number | null;
}

/** @returns `slowest`: what nine in ten were faster than. */
export async function countHandling(db: Db, units: string[], span: Span): Promise<Handling> {
  const rows = await db.$queryRaw<Handling[]>`
    WITH done AS (
      SELECT extract(epoch FROM resolved_at - created_at) / 3600 AS hours, due_at IS NULL OR resolved_at <= due_at AS good
      FROM report WHERE ${inUnits(units)} AND ${inSpan(span)} AND resolved_at IS NOT NULL
    )
    SELECT count(*)::int AS resolved, (count(*) FILTER (WHERE good))::int AS "onTime",
           percentile_cont(0.5) WITHIN GROUP (ORDER BY hours)::float8 AS median,
           percentile_cont(0.9) WITHIN GROUP (ORDER BY hours)::float8 AS slowest FROM done`;
  return rows[0]!;
}

export async function countRatings(db: Db, units: string[], span: Span): Promise<Counted[]> {
  return db.$queryRaw`
    SELECT rating::text AS key, count(*)::int AS count FROM report
    WHERE ${inUnits(units)} AND ${inSpan(span)} AND rating IS NOT NULL GROUP BY rating`;
}

export interface Readings {
  total: number;
  /** Of those read with no form open. */
  judged: number;
  understood: number;
  days: Counted[];
}

/** Messages the assistant read, and how many of them it understood by itself. */
export async function countReadings(db: Db, units: string[], { from, until }: Span): Promise<Readings> {
  const rows = await db.$queryRaw<{ day: string; count: number; judged: number; understood: number }[]>`
    SELECT to_char(at AT TIME ZONE ${ZONE}, 'YYYY-MM-DD') AS day, count(*)::int AS count,
           count(understood)::int AS judged, (count(*) FILTER (WHERE understood))::int AS understood
    FROM talk_reading WHERE ${inUnits(units)} AND at >= ${from} AND at < ${until} GROUP BY day`;
  const sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((all, row) => all + of(row), 0);
  return {
    total: sum(({ count }) => count),
    judged: sum(({ judged }) => judged),
    understood: sum(({ understood }) => understood),
    days: rows.map(({ day, count }) => ({ key: day, count })),
  };
}

/** Announcements published in the span, with how many residents were told. */
export async function countReached(db: Db, units: string[], { from, until }: Span) {
  return db.$queryRaw<{ code: string; title: string; count: number }[]>`
    SELECT code, title, (SELECT count(*)::int FROM announcement_notice n
                         WHERE n.announcement_id = a.id AND n.kind = 'news' AND n.told_at IS NOT NULL) AS count
    FROM announcement a WHERE ${inUnits(units)} AND state = 'published' AND NOT archived
      AND published_at >= ${from} AND published_at < ${until}
    ORDER BY count DESC, code LIMIT 10`;
}

export interface Rising {
  ward: string;
  category: string;
  count: number;
  /** A week's usual number, from the four weeks before. */
  usual: number;
}

/** What a ward reports more of in the last seven days than in the four weeks before; only what is `least` or more. */
export async function findRising(db: Db, units: string[], now: Date, least: number): Promise<Rising[]> {
  return db.$queryRaw`
    SELECT * FROM (
      SELECT ward_code AS ward, category,
             (count(*) FILTER (WHERE created_at >= ${now}::timestamptz - interval '7 days'))::int AS count,
             (count(*) FILTER (WHERE created_at < ${now}::timestamptz - interval '7 days') / 4.0)::float8 AS usual
      FROM report WHERE ${inUnits(units)} AND ward_code IS NOT NULL
        AND created_at >= ${now}::timestamptz - interval '35 days' AND created_at < ${now}
      GROUP BY ward_code, category
    ) week WHERE count >= ${least} AND count >= usual * 1.5 ORDER BY count - usual DESC LIMIT 8`;
}
