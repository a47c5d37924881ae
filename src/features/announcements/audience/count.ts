/** The count before sending: what becomes of everybody's copy, added up for the page; and when each way may begin. */
import { DateTime } from "luxon";
import { afterNight } from "../../../channels/windows.ts";
import { ZONE } from "../../../infra/clock.ts";
import type { Db } from "../../../infra/db.ts";
import type { Addressed } from "../notices/store.ts";
import { broadcastTime } from "../reach/times.ts";
import { announcementLimits } from "../telling.ts";
import { accountsOf, askForQuotas, countFates, type Fate, type PlannedAccount } from "./store.ts";
import { NO_PLAN } from "./wanted.ts";

/** What the platform said of its quota is good for so long, ms. */
const QUOTA_FRESH = 10 * 60_000;

export type Fates = Partial<Record<Fate, number>>;

export interface Reach {
  /** The moment it was counted at. */
  at: Date;
  /** Everybody who asked for such news. */
  total: Fates;
  /** Of the units of who looks; the others are only in the total. */
  accounts: (PlannedAccount & { fates: Fates })[];
  /** On accounts of other units. */
  others: Fates;
  /** When messages may go, and broadcasts: later than now at night. */
  messagesFrom: Date;
  broadcastsFrom: Date;
  /** The platforms are being asked for quotas. */
  isAsking: boolean;
}

export async function countAudience(
  db: Db,
  addressed: Addressed,
  units: readonly string[],
  now: Date,
): Promise<Reach> {
  const plan = addressed.plan ?? NO_PLAN;
  const isUrgent = addressed.level === "emergency";
  const mostADay = isUrgent || addressed.replacesId ? null : announcementLimits.value.perDay;
  const startOfDay = DateTime.fromJSDate(now, { zone: ZONE }).startOf("day").toJSDate();
  const counted = await countFates(db, addressed, { now, startOfDay, mostADay });
  const ids = [...new Set(counted.map(({ accountId }) => accountId))];
  const accounts = await accountsOf(db, plan, ids);
  const own = accounts.filter(({ unitCode }) => units.includes(unitCode));
  const ownIds = new Set(own.map(({ id }) => id));
  return {
    at: now,
    total: sumOf(counted),
    accounts: own.map((account) => ({
      ...account,
      fates: sumOf(counted.filter(({ accountId }) => accountId === account.id)),
    })),
    others: sumOf(counted.filter(({ accountId }) => !ownIds.has(accountId))),
    messagesFrom: isUrgent ? now : afterNight(now),
    broadcastsFrom: broadcastTime(now, isUrgent),
    isAsking: await askForQuotas(db, own, new Date(now.getTime() - QUOTA_FRESH)),
  };
}

function sumOf(counted: { fate: Fate; count: number }[]): Fates {
  const sum: Fates = {};
  for (const { fate, count } of counted) sum[fate] = (sum[fate] ?? 0) + count;
  return sum;
}
