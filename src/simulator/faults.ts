/** What may go wrong on demand, as shares of 0 to 1: of API calls on one side, of webhooks on the other. */
import { z } from "zod";
import type { ChannelName } from "../channels/channel.ts";

const share = z.number().min(0).max(1).default(0);

export const faults = z.object({
  /** Calls answered only after `slowMs`. */
  slow: share,
  slowMs: z.number().int().min(0).max(120_000).default(3000),
  /** Calls answered 503 with a page of HTML; nothing was taken. */
  serverError: share,
  /** Calls refused with the platform's own limit error. */
  rateLimit: share,
  /** The call was taken, then the connection is cut before the answer. */
  dropAnswer: share,
  /** Webhooks that come a second time a little later. */
  duplicate: share,
  /** Webhooks held back until a later one has gone out. */
  reorder: share,
  /** Webhooks whose 200 the platform does not hear: it sends them again, by its timetable. */
  unheard: share,
  /** Where the faults of calls strike. */
  platforms: z.array(z.enum(["zalo", "facebook"])).default(["zalo", "facebook"]),
  /** Strike the renewal of tokens too. */
  oauth: z.boolean().default(false),
});
export type Faults = z.infer<typeof faults>;

export type CallFault = "slow" | "serverError" | "rateLimit" | "dropAnswer";

export function createDice(current: () => Faults, random: () => number) {
  const falls = (chance: number) => chance > 0 && random() < chance;
  return {
    /** Does this fault strike this call? */
    strikes(fault: CallFault, platform: ChannelName): boolean {
      return current().platforms.includes(platform) && falls(current()[fault]);
    },
    webhook: (fault: "duplicate" | "reorder" | "unheard"): boolean => falls(current()[fault]),
    /** A moment within these bounds, ms. */
    within: (from: number, to: number) => from + random() * (to - from),
  };
}
export type Dice = ReturnType<typeof createDice>;
