/** Has somebody told us of this already? Open reports of the same kind, at the same pole, close by, or at the same number. */
import type { Tx } from "../../../infra/db.ts";
import type { ReportState } from "../states.ts";

export interface Whereabouts {
  point?: { latitude: number; longitude: number } | null;
  lampPole?: string | null;
  street?: string | null;
  houseNumber?: string | null;
  wardCode?: string | null;
}

export interface NearbyReport {
  id: bigint;
  code: string;
  state: ReportState;
  createdAt: Date;
  /** Metres; null: the same pole or address, without a point to measure from. */
  distance: number | null;
  street: string | null;
  lampPole: string | null;
  /** A picture staff made public. */
  photo: string | null;
}

const METRES_A_DEGREE = 111_320;

/**
 * At most three, the same pole first, then the nearest.
 * @param radius metres; 0: this kind is never compared.
 */
export async function findNearby(
  tx: Tx,
  category: string,
  where: Whereabouts,
  radius: number,
): Promise<NearbyReport[]> {
  if (radius <= 0) return [];
  const { latitude = null, longitude = null } = where.point ?? {};
  const north = radius / METRES_A_DEGREE;
  const east = radius / (METRES_A_DEGREE * Math.cos(((latitude ?? 0) * Math.PI) / 180));
  return tx.$queryRaw<NearbyReport[]>`
    WITH found AS (
      SELECT id FROM report
      WHERE category = ${category} AND state IN ('received', 'assigned', 'in_progress', 'reopened')
        AND latitude BETWEEN ${latitude}::float8 - ${north}::float8 AND ${latitude}::float8 + ${north}::float8
        AND longitude BETWEEN ${longitude}::float8 - ${east}::float8 AND ${longitude}::float8 + ${east}::float8
      UNION
      SELECT id FROM report
      WHERE lamp_pole = ${where.lampPole ?? null}::text AND category = ${category}
        AND state IN ('received', 'assigned', 'in_progress', 'reopened')
      UNION
      SELECT id FROM report
      WHERE category = ${category} AND state IN ('received', 'assigned', 'in_progress', 'reopened')
        AND street IS NOT NULL AND street = ${where.street ?? null}::text
        AND house_number = ${where.houseNumber ?? null}::text
        AND (ward_code = ${where.wardCode ?? null}::text OR ward_code IS NULL)
    ), measured AS (
      SELECT report.*, round(${METRES_A_DEGREE}::float8 * sqrt(
        (latitude - ${latitude}::float8) ^ 2
        + ((longitude - ${longitude}::float8) * cos(radians(latitude))) ^ 2
      )) AS distance
      FROM report JOIN found USING (id)
    )
    SELECT id, code, state, created_at AS "createdAt", distance, street, lamp_pole AS "lampPole",
           (SELECT coalesce(p.media_hash, a.media_hash) FROM report_photo p
            LEFT JOIN attachment a ON a.id = p.attachment_id
            WHERE p.report_id = measured.id AND p.is_public ORDER BY p.id LIMIT 1) AS photo
    FROM measured
    WHERE distance IS NULL OR distance <= ${radius}::float8 OR lamp_pole = ${where.lampPole ?? null}::text
    ORDER BY (lamp_pole = ${where.lampPole ?? null}::text) DESC NULLS LAST, distance NULLS LAST, created_at DESC
    LIMIT 3`;
}

/** The radius staff set for a category, else its own. Metres; 0: never compared. */
export async function radiusFor(
  tx: Tx,
  category: { code: string; duplicateRadius: number },
): Promise<number> {
  const setting = await tx.reportCategorySetting.findUnique({ where: { category: category.code } });
  return setting?.radius ?? category.duplicateRadius;
}
