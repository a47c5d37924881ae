/** The measures of one announcement, channel by channel. */
import type { Db } from "../../../infra/db.ts";
import { readProgress, type Counts } from "../delivery/progress.ts";
import { reasonOf } from "./reasons.ts";
import { readCameBack, readFailures, readReplies, type CameBack, type Reply } from "./store.ts";

/** Fewer people than this are not told apart from none. */
export const LEAST = 5;
/** Of people who did something: in whole fives, or too few to tell. */
export const inFives = (count: number) => count - (count % LEAST);

export interface ChannelFigures extends Counts {
  channel: string;
  /** Copies under way, or on their way to the senders. */
  waiting: number;
  cameBack: CameBack;
  reasons: { reason: string; count: number }[];
}

export interface Measures {
  channels: ChannelFigures[];
  /** Null: whoever looks may not see talks. */
  replies: Reply[] | null;
}

const REPLIES_SHOWN = 50;

export async function readMeasures(
  db: Db,
  announcementId: bigint,
  hours: number,
  { units, seesTalks }: { units: readonly string[]; seesTalks: boolean },
): Promise<Measures> {
  const { accounts } = await readProgress(db, announcementId, "news");
  const failures = await readFailures(db, announcementId);
  const cameBack = await readCameBack(db, announcementId, hours);
  const replies = seesTalks ? await readReplies(db, announcementId, hours, units, REPLIES_SHOWN) : null;
  const channels = [...new Set(accounts.map(({ channel }) => channel))].sort().reverse();
  return {
    replies,
    channels: channels.map((channel) => {
      const total = sum(accounts.filter((account) => account.channel === channel));
      return {
        ...{ channel, ...total, waiting: total.open + total.queued },
        cameBack: cameBack.find((row) => row.channel === channel) ?? { channel, ...NOBODY },
        reasons: grouped(failures.filter((failure) => failure.channel === channel).map(withReason)),
      };
    }),
  };
}

const NOBODY = { people: 0, messages: 0, questions: 0, unsubscribed: 0 };
const withReason = (failure: Parameters<typeof reasonOf>[0]) => ({
  reason: reasonOf(failure),
  count: failure.count,
});

/** Several codes may have one meaning. */
function grouped(rows: { reason: string; count: number }[]) {
  const counts = new Map<string, number>();
  for (const { reason, count } of rows) counts.set(reason, (counts.get(reason) ?? 0) + count);
  return [...counts].map(([reason, count]) => ({ reason, count }));
}

function sum(rows: Counts[]): Counts {
  const total: Counts = {
    ...{ all: 0, open: 0, queued: 0, sent: 0, failed: 0, unknown: 0, later: 0, told: 0 },
    ...{ cancelled: 0, delivered: 0, seen: 0 },
  };
  for (const row of rows) for (const name of Object.keys(total) as (keyof Counts)[]) total[name] += row[name];
  return total;
}

/** Of a hundred; null: of too few. */
export const percentOf = (part: number, whole: number) =>
  whole < LEAST ? null : Math.round((100 * Math.min(part, whole)) / whole);
