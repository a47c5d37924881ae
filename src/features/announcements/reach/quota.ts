/** How many broadcasts an OA has left, as its platform told last: asked now and then, never while somebody waits for a page. */
import { z } from "zod";
import type { ConnectedAccount } from "../../../channels/channel.ts";
import { DeliveryError } from "../../../channels/delivery-error.ts";
import type { Db } from "../../../infra/db.ts";
import type { Platforms } from "./platforms.ts";
import { probeUser, storeQuota } from "./store.ts";

// zalo-oa.md §7: told by way of a resident who wrote; the names inside are of one field client, so each may be missing
const figure = z.coerce.number().int().optional().catch(undefined);
const answer = z.looseObject({
  promotion: z
    .looseObject({ monthly_remain: figure, monthly_total: figure, daily_remain: figure, daily_total: figure })
    .optional()
    .catch(undefined),
});
const followers = z.coerce.number().int().optional().catch(undefined);

export interface Quota {
  left: number | null;
  total: number | null;
}

/** @returns nothing known where nobody has written to the OA yet, or the platform does not tell. @throws DeliveryError */
export async function askQuota(db: Db, { zalo }: Platforms, account: ConnectedAccount): Promise<Quota> {
  const user = await probeUser(db, account.id);
  if (!user) return { left: null, total: null };
  const { promotion } = answer.parse(await zalo.quotaFor(account, user));
  const { monthly_remain, monthly_total, daily_remain, daily_total } = promotion ?? {};
  return { left: monthly_remain ?? daily_remain ?? null, total: monthly_total ?? daily_total ?? null };
}

/** Asks for the quota and the followers of an OA, and keeps them. What the platform refuses is kept as its words. */
export async function renewQuota(db: Db, platforms: Platforms, accountId: number, at: Date): Promise<void> {
  try {
    const [quota, oa] = await platforms.ask(accountId, (account) =>
      Promise.all([askQuota(db, platforms, account), platforms.zalo.getOa(account)]),
    );
    const count = followers.parse(oa.oa.num_follower) ?? null;
    await storeQuota(db, accountId, { ...quota, followers: count, problem: null, askedAt: at });
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    await storeQuota(db, accountId, { problem: error.message, askedAt: at });
  }
}
