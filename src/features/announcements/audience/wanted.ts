/** What the plan of an announcement says about whom to write to, as a condition on `resident r` and `account a`. */
import { Prisma } from "../../../infra/db.ts";
import type { Announcement } from "../../../infra/generated/client.ts";

export const WAYS = ["message", "template", "article", "broadcast", "post"] as const;
export type Way = (typeof WAYS)[number];

/** Where an announcement goes: kept with it, or still being chosen. */
export interface Plan {
  /** Units whose accounts carry it, each with those under it. */
  units: string[];
  /** Of `WAYS`. */
  ways: string[];
  /** zalo · facebook: where subscribers are written to. */
  channels: string[];
  ownAccountsOnly: boolean;
  heldByPlatform: boolean;
}
/** What decides who is written to. */
export type Planned = Pick<Announcement, "id" | "level"> & { plan?: Plan | null };

/** Nothing was chosen: subscribers are written to, wherever they write. */
export const NO_PLAN: Plan = {
  ...{ units: [], ways: ["message"], channels: ["zalo", "facebook"] },
  ...{ ownAccountsOnly: false, heldByPlatform: false },
};

/** Wants such news, or got the version this one corrects; of `resident r`. */
export const hasAsked = ({
  topic,
  wards,
  replacesId,
}: Pick<Announcement, "topic" | "wards" | "replacesId">) =>
  Prisma.sql`(
    EXISTS (SELECT 1 FROM subscription s WHERE s.resident_id = r.id AND s.topic IN ('', ${topic})
              AND (s.ward_code = '' OR ${wards.length === 0} OR s.ward_code = ANY(${wards}::text[])))
    OR EXISTS (SELECT 1 FROM announcement_notice n WHERE n.announcement_id = ${replacesId}::bigint AND n.kind = 'news'
                 AND n.resident_id = r.id AND n.told_at IS NOT NULL))`;

/** These units with all that are under them. */
export const treeOf = (units: string[]) => Prisma.sql`
  WITH RECURSIVE tree(code) AS (
    SELECT code FROM unit WHERE code = ANY(${units}::text[])
    UNION SELECT unit.code FROM unit JOIN tree ON unit.parent_code = tree.code)
  SELECT code FROM tree`;

/** In the accounts and on the platforms the plan names. */
export function inScope({ plan }: Planned): Prisma.Sql {
  const { ways, channels, ownAccountsOnly, units } = plan ?? NO_PLAN;
  if (!ways.includes("message")) return Prisma.sql`false`;
  const own = ownAccountsOnly ? Prisma.sql`a.unit_code IN (${treeOf(units)})` : Prisma.sql`true`;
  return Prisma.sql`(a.channel = ANY(${channels}::text[]) AND ${own})`;
}

/**
 * Gets the broadcast of an OA they follow, and so no message besides: nobody has two copies. An emergency goes both ways,
 * for a broadcast waits for the morning. A broadcast that did not go covers nobody.
 */
export function isCovered({ id, level, plan }: Planned): Prisma.Sql {
  if (!plan?.ways.includes("broadcast") || level === "emergency") return Prisma.sql`false`;
  const accounts = Prisma.sql`
    SELECT account.id FROM account
    WHERE account.channel = 'zalo' AND account.status = 'active' AND account.unit_code IN (${treeOf(plan.units)})
      AND NOT EXISTS (
        SELECT 1 FROM announcement_publication p
        WHERE p.announcement_id = ${id} AND p.account_id = account.id AND p.kind = 'broadcast' AND p.state IN ('failed', 'cancelled'))`;
  return Prisma.sql`
    ((r.follows AND r.account_id IN (${accounts})) OR (r.phone IS NOT NULL AND r.phone IN (
      SELECT same.phone FROM resident same WHERE same.follows AND same.phone IS NOT NULL AND same.account_id IN (${accounts}))))`;
}

export const wanted = (planned: Planned): Prisma.Sql =>
  Prisma.sql`(${inScope(planned)} AND NOT coalesce(${isCovered(planned)}, false))`;
