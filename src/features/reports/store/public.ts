/** What everybody may see: reports that are public, at their public point, in the words staff published. */
import { Prisma, type Tx } from "../../../infra/db.ts";
import type { ReportState } from "../states.ts";
import type { EventKind } from "./events.ts";

export interface PublicFilter {
  /** Codes; empty: all. */
  categories?: readonly string[];
  wardCode?: string | null;
  states?: readonly ReportState[];
  since?: Date | null;
  until?: Date | null;
  /** [west, south, east, north], degrees. */
  box?: Box | null;
}
export type Box = [west: number, south: number, east: number, north: number];

export interface PublicReport {
  id: bigint;
  code: string;
  category: string;
  state: ReportState;
  stateAt: Date;
  createdAt: Date;
  dueAt: Date | null;
  resolvedAt: Date | null;
  title: string | null;
  description: string | null;
  street: string | null;
  hamlet: string | null;
  /** Only where staff published the exact place. */
  houseNumber: string | null;
  ward: string | null;
  wardCode: string | null;
  lampPole: string | null;
  latitude: number | null;
  longitude: number | null;
  unitName: string;
  rating: number | null;
  sample: boolean;
  /** The first picture staff made public. */
  photoId: bigint | null;
  followers: number;
}

/** The columns of a PublicReport, for `FROM report JOIN unit ON unit.code = report.unit_code`. */
export const publicColumns = Prisma.sql`
  report.id, report.code, category, report.state, state_at AS "stateAt", report.created_at AS "createdAt", due_at AS "dueAt",
  resolved_at AS "resolvedAt", public_title AS title, public_description AS description, street, hamlet,
  CASE WHEN public_exact THEN house_number END AS "houseNumber", ward, ward_code AS "wardCode", lamp_pole AS "lampPole",
  (report_public_point(longitude, latitude, public_exact))[1] AS latitude,
  (report_public_point(longitude, latitude, public_exact))[0] AS longitude,
  unit.name AS "unitName", rating, report.sample,
  (SELECT p.id FROM report_photo p WHERE p.report_id = report.id AND p.is_public
   ORDER BY p.kind = 'after' DESC, p.id LIMIT 1) AS "photoId",
  (SELECT count(*)::int FROM report_follower f WHERE f.report_id = report.id) AS followers`;

/** Merged reports show through the one they were merged into. */
const IS_PUBLIC = Prisma.sql`is_public AND merged_into_id IS NULL`;

function conditions({ categories, wardCode, states, since, until, box }: PublicFilter): Prisma.Sql {
  const parts = [IS_PUBLIC];
  if (categories && categories.length > 0)
    parts.push(Prisma.sql`category IN (${Prisma.join([...categories])})`);
  if (wardCode) parts.push(Prisma.sql`ward_code = ${wardCode}`);
  if (states && states.length > 0) parts.push(Prisma.sql`report.state IN (${Prisma.join([...states])})`);
  if (since) parts.push(Prisma.sql`report.created_at >= ${since}`);
  if (until) parts.push(Prisma.sql`report.created_at < ${until}`);
  if (box) parts.push(inBox(box));
  return Prisma.join(parts, " AND ");
}

const inBox = ([west, south, east, north]: Box) => Prisma.sql`latitude IS NOT NULL AND
  report_public_point(longitude, latitude, public_exact) <@ box(point(${west}::float8, ${south}::float8),
                                                                point(${east}::float8, ${north}::float8))`;

/**
 * Newest first.
 * @param after the code of the last one already shown.
 */
export async function listPublic(
  tx: Tx,
  filter: PublicFilter,
  { after = null, limit = 20 }: { after?: string | null; limit?: number } = {},
): Promise<PublicReport[]> {
  const beyond = after
    ? Prisma.sql`AND (report.created_at, report.id) < (SELECT created_at, id FROM report WHERE code = ${after})`
    : Prisma.empty;
  return tx.$queryRaw<PublicReport[]>`
    SELECT ${publicColumns} FROM report JOIN unit ON unit.code = report.unit_code
    WHERE ${conditions(filter)} ${beyond}
    ORDER BY report.created_at DESC, report.id DESC LIMIT ${limit}`;
}

/** How many in each state; one's own choice of states is left out, so that the others can be chosen. */
export async function countPublic(
  tx: Tx,
  filter: PublicFilter,
): Promise<Partial<Record<ReportState, number>>> {
  const rows = await tx.$queryRaw<{ state: ReportState; count: number }[]>`
    SELECT state, count(*)::int AS count FROM report
    WHERE ${conditions({ ...filter, states: [] })} GROUP BY state`;
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}

export interface MapPoint {
  latitude: number;
  longitude: number;
  count: number;
  /** Where it stands for one report only. */
  code: string | null;
  category: string | null;
  state: ReportState | null;
}

/** Reports in the box, those of one cell drawn together at their middle. @param cell side in degrees of longitude. */
export async function mapPublic(
  tx: Tx,
  filter: PublicFilter & { box: Box },
  cell: number,
): Promise<MapPoint[]> {
  return tx.$queryRaw<MapPoint[]>`
    SELECT cells.latitude, cells.longitude, cells.count, alone.code, alone.category, alone.state
    FROM (
      SELECT avg(place[1]) AS latitude, avg(place[0]) AS longitude, count(*)::int AS count, min(id) AS id
      FROM (
        SELECT id, report_public_point(longitude, latitude, public_exact) AS place
        FROM report WHERE ${conditions(filter)} OFFSET 0
      ) placed
      GROUP BY floor(place[0] / ${cell}::float8), floor(place[1] / ${cell}::float8)
    ) cells
    LEFT JOIN report alone ON alone.id = cells.id AND cells.count = 1`;
}

/** One report for everybody; null when it is not public. A merged one names where it went. */
export async function findPublic(
  tx: Tx,
  code: string,
): Promise<(PublicReport & { mergedInto: string | null }) | null> {
  const rows = await tx.$queryRaw<(PublicReport & { mergedInto: string | null })[]>`
    SELECT ${publicColumns}, (SELECT main.code FROM report main WHERE main.id = report.merged_into_id) AS "mergedInto"
    FROM report JOIN unit ON unit.code = report.unit_code
    WHERE report.code = ${code} AND is_public`;
  return rows[0] ?? null;
}

export interface TimelineEntry {
  at: Date;
  kind: EventKind;
  state: ReportState;
  note: string | null;
  data: { unitName?: string; category?: string; mergedInto?: string };
}

/** What happened, for everybody: no names, no internal notes. */
export async function publicTimeline(tx: Tx, reportId: bigint): Promise<TimelineEntry[]> {
  return tx.$queryRaw<TimelineEntry[]>`
    SELECT at, kind, state, CASE WHEN is_public THEN note END AS note, data FROM report_event
    WHERE report_id = ${reportId} AND (kind IN ('filed', 'state', 'category', 'update')
      OR (kind = 'merged' AND state = 'duplicate'))
    ORDER BY id`;
}

export interface PublicPhoto {
  id: bigint;
  kind: "told" | "before" | "after";
  hash: string;
}

/** Chosen by staff, of a report that is public, and arrived. */
export async function publicPhotos(tx: Tx, code: string): Promise<PublicPhoto[]> {
  return tx.$queryRaw<PublicPhoto[]>`
    SELECT p.id, p.kind, coalesce(p.media_hash, a.media_hash) AS hash
    FROM report_photo p
    JOIN report r ON r.id = p.report_id AND r.is_public
    LEFT JOIN attachment a ON a.id = p.attachment_id
    WHERE r.code = ${code} AND p.is_public AND coalesce(p.media_hash, a.media_hash) IS NOT NULL
    ORDER BY array_position(ARRAY['told', 'before', 'after'], p.kind), p.id`;
}
