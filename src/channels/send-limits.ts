/**
 * Sending limits that hold across processes, exactly: a limit gives away moments, evenly apart, and a message leaves at its
 * moment or not at all. An account has a limit of its own; Zalo apps have another that all their OAs share. A row in the
 * database says which moments have been given away; whoever claims messages holds it locked, so no two get the same.
 *
 * In any second at most as many messages leave as the platform allows: moments are given for `USED` of the limit, and one
 * is used up to `LATE` ms after it came. For n a second that is ⌊0.965 n × 1.02⌋ + 1 ≤ n, with a hundredth of a second to
 * spare for a road to the platform that is not always equally long.
 */
import type pg from "pg";
import type { ConnectedAccount } from "./channel.ts";

/** Of what is allowed, so much is given away. */
const USED = 0.965;
/** A moment passed by longer than this is lost, ms: the message waits for another. */
export const LATE = 20;

interface Limit {
  key: string;
  /** Messages the platform allows. */
  perSecond: number;
}

// Zalo: 4,000 requests a minute and app (zalo-oa.md §5). Facebook: 300 calls a second and Page (facebook.md §5).
const ZALO_APP_RATE = 4000 / 60;
const FACEBOOK_PAGE_RATE = 300;

/** The first is what an account may share with others. */
export function limitsOf(account: ConnectedAccount): [Limit, ...Limit[]] {
  const own = account.settings.sendsPerSecond;
  if (account.channel === "facebook") {
    return [{ key: `account:${account.id}`, perSecond: Math.min(own ?? Infinity, FACEBOOK_PAGE_RATE) }];
  }
  const shared: Limit = { key: `zalo-app:${account.appId ?? account.id}`, perSecond: ZALO_APP_RATE };
  return own ? [shared, { key: `account:${account.id}`, perSecond: own }] : [shared];
}

/** Moments of the accounts whose limits nobody else holds just now. */
export interface Moments {
  accounts: ConnectedAccount[];
  /** How many messages of the account, and of all that share its first limit, may leave before the horizon. */
  free(account: ConnectedAccount): { own: number; shared: number };
  /** The account's next moment by this process's clock, ms. */
  take(account: ConnectedAccount): number;
  /** Writes down what was taken, in the same transaction. */
  save(): Promise<void>;
}

/** This process's clock against the database's, ms: the least difference seen is the one with the least delay in it. */
export function createClockDifference(): (sample: number) => number {
  const samples: number[] = [];
  return (sample) => {
    samples.push(sample);
    if (samples.length > 64) samples.shift();
    return Math.min(...samples);
  };
}

/** From when on and until when moments are given away, ms from now: none that will have passed when the claim is through. */
export interface Reach {
  lead: number;
  horizon: number;
}

/** Locks the limits until the transaction ends. */
export async function openMoments(
  client: pg.PoolClient,
  accounts: ConnectedAccount[],
  { lead, horizon }: Reach,
  difference: (sample: number) => number,
): Promise<Moments> {
  const limits = new Map(accounts.flatMap(limitsOf).map((limit) => [limit.key, limit]));
  const { rows } = await client.query<{ key: string; next: number; now: number }>({
    ...{ name: "lock-limits", text: LOCK, values: [[...limits.keys()].sort()] },
  });
  const ahead = rows[0] ? difference(Date.now() - rows[0].now) : 0;
  const next = new Map(rows.map((row) => [row.key, Math.max(row.next, row.now + lead) + ahead]));
  const until = Date.now() + lead + horizon;
  const apart = (key: string) => 1000 / (limits.get(key)!.perSecond * USED);
  const left = (key: string) => Math.max(0, Math.floor((until - next.get(key)!) / apart(key)) + 1);
  const taken = new Set<string>();
  return {
    accounts: accounts.filter((account) => limitsOf(account).every(({ key }) => next.has(key))),
    free(account) {
      const all = limitsOf(account).map(({ key }) => left(key));
      return { own: Math.min(...all), shared: all[0]! };
    },
    take(account) {
      const [shared, ...own] = limitsOf(account).map(({ key }) => key) as [string, ...string[]];
      const moment = Math.max(...[shared, ...own].map((key) => next.get(key)!));
      // others need not wait because this account must: of a limit of 4,000 a minute the few ms are nothing
      next.set(shared, own.length > 0 ? next.get(shared)! + apart(shared) : moment + apart(shared));
      for (const key of own) next.set(key, moment + apart(key));
      for (const key of [shared, ...own]) taken.add(key);
      return moment;
    },
    async save() {
      const keys = [...taken];
      const values = [keys, keys.map((key) => next.get(key)! - ahead)];
      if (keys.length > 0) await client.query({ name: "save-limits", text: SAVE, values });
    },
  };
}

// A limit nobody has used yet is there from the next look on. Held by another sender: its accounts are that sender's turn.
const LOCK = `
  WITH unknown AS (
    INSERT INTO send_limit (key, next_at)
    SELECT key, clock_timestamp() FROM unnest($1::text[]) AS wanted(key)
    WHERE NOT EXISTS (SELECT 1 FROM send_limit known WHERE known.key = wanted.key) ORDER BY key
    ON CONFLICT DO NOTHING
  )
  SELECT key, (extract(epoch FROM next_at) * 1000)::float8 AS next, (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now
  FROM send_limit WHERE key = ANY($1) FOR UPDATE SKIP LOCKED`;

const SAVE = `
  UPDATE send_limit SET next_at = to_timestamp(taken.next / 1000)
  FROM unnest($1::text[], $2::float8[]) AS taken(key, next) WHERE send_limit.key = taken.key`;
