/** How the pretend platforms behave when nothing goes wrong. All of it can be changed while they run. */
import { z } from "zod";

const SECOND = 1000;

export const settings = z.object({
  /** Send an echo of every message of an account, as both platforms do. */
  echo: z.boolean().default(true),
  /** Tell when a resident's phone has received a message. */
  delivered: z.boolean().default(true),
  /** Every resident sees every message at once; otherwise when their phone shows the talk. */
  seenAtOnce: z.boolean().default(false),
  /** Zalo: requests a minute and app (zalo-oa.md §5). */
  zaloPerMinute: z.number().positive().default(4000),
  /** Facebook: sends a second and Page (facebook.md §5). */
  facebookPerSecond: z.number().positive().default(300),
  /** Facebook: people engaged with a Page; its calls a day are 200 times that. */
  facebookEngaged: z.number().positive().default(5000),
  /** Zalo: articles an OA may broadcast in a month. */
  broadcastsPerMonth: z.number().int().min(0).default(40),
  /** How long the gateway has to answer a webhook, ms. Zalo asks for 2 s; Facebook gives about 5. */
  patience: z
    .object({ zalo: z.number().default(2 * SECOND), facebook: z.number().default(5 * SECOND) })
    .prefault({}),
  /**
   * Waits before each further try of a webhook, ms; then it is given up. Zalo's timetable of 30 s, 5, 15, 30 and
   * 60 minutes, sixty times faster.
   */
  retryAfter: z.array(z.number().min(0)).default([0.5, 5, 15, 30, 60].map((seconds) => seconds * SECOND)),
  /** Webhooks under way at once. */
  concurrency: z.number().int().min(1).max(512).default(64),
  /** How far the platforms' clock runs ahead of this machine's, ms. */
  clockAhead: z.number().default(0),
});
export type Settings = z.infer<typeof settings>;
