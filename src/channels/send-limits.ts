/**
 * Sending limits that hold across processes: token buckets in the database. An account has one; Zalo apps
 * have another that all their OAs share. A bucket holds at most one second's worth.
 */
import type pg from "pg";
import type { ConnectedAccount } from "./channel.ts";

/** Messages per second a bucket gains. */
interface Bucket {
  key: string;
  rate: number;
}

// Zalo: 4,000 requests a minute and app (zalo-oa.md §5). Facebook: 300 calls a second and Page (facebook.md §5).
const ZALO_APP_RATE = 4000 / 60;
const FACEBOOK_PAGE_RATE = 300;

export function bucketsOf(account: ConnectedAccount): Bucket[] {
  const own = account.settings.sendsPerSecond;
  if (account.channel === "facebook") {
    return [{ key: `account:${account.id}`, rate: Math.min(own ?? Infinity, FACEBOOK_PAGE_RATE) }];
  }
  const buckets = [{ key: `zalo-app:${account.appId ?? account.id}`, rate: ZALO_APP_RATE }];
  return own ? [...buckets, { key: `account:${account.id}`, rate: own }] : buckets;
}

/**
 * How many messages each account may send now. Locks the buckets until the transaction ends, so the
 * caller spends what it takes before anybody else looks.
 */
export async function readBudgets(
  client: pg.PoolClient,
  accounts: ConnectedAccount[],
): Promise<Map<number, number>> {
  const buckets = new Map(accounts.flatMap(bucketsOf).map((bucket) => [bucket.key, bucket.rate]));
  const { rows } = await client.query<{ key: string; tokens: number }>({
    name: "read-budgets",
    text: READ,
    values: [[...buckets.keys()], [...buckets.values()]],
  });
  const tokens = new Map(rows.map((row) => [row.key, row.tokens]));
  // accounts that share an app share its tokens evenly
  const sharers = new Map<string, number>();
  for (const { key } of accounts.flatMap(bucketsOf)) sharers.set(key, (sharers.get(key) ?? 0) + 1);
  return new Map(
    accounts.map((account) => {
      const shares = bucketsOf(account).map(({ key }) => (tokens.get(key) ?? 0) / sharers.get(key)!);
      return [account.id, Math.max(0, Math.floor(Math.min(...shares)))];
    }),
  );
}

/** Takes the tokens for what was claimed: a count per account. */
export async function spend(
  client: pg.PoolClient,
  accounts: ConnectedAccount[],
  counts: Map<number, number>,
) {
  const spent = new Map<string, number>();
  for (const account of accounts) {
    const count = counts.get(account.id) ?? 0;
    for (const { key } of count ? bucketsOf(account) : []) spent.set(key, (spent.get(key) ?? 0) + count);
  }
  await client.query({ name: "spend", text: SPEND, values: [[...spent.keys()], [...spent.values()]] });
}

const READ = `
  INSERT INTO send_limit AS bucket (key, tokens, refilled_at)
  SELECT key, rate, clock_timestamp() FROM unnest($1::text[], $2::float8[]) AS wanted(key, rate) ORDER BY key
  ON CONFLICT (key) DO UPDATE SET
    tokens = least(excluded.tokens, bucket.tokens + greatest(0,
      extract(epoch FROM excluded.refilled_at - bucket.refilled_at)) * excluded.tokens),
    refilled_at = excluded.refilled_at
  RETURNING key, tokens`;

const SPEND = `
  UPDATE send_limit SET tokens = tokens - spent.count
  FROM unnest($1::text[], $2::float8[]) AS spent(key, count) WHERE send_limit.key = spent.key`;
