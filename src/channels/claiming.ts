/**
 * Taking messages that are due: replies before bulk, at most one of a talk at a time so that order is kept, as many as the
 * limits have moments for. One look serves all accounts that have something due, so that none waits behind another.
 */
import type pg from "pg";
import type { AccountRegistry } from "./accounts.ts";
import type { ConnectedAccount, Recipient, Reply } from "./channel.ts";
import { createClockDifference, limitsOf, openMoments, type Moments } from "./send-limits.ts";

export interface Claimed {
  id: bigint;
  account_id: number;
  conversation_id: string | null;
  recipient: Recipient;
  author: "bot" | "staff";
  purpose: "reply" | "bulk";
  content: Reply;
  attempts: number;
  last_inbound_at: Date | null;
  created_at: Date;
}

/** A message and the moment at which it may leave, ms. */
export interface Timed {
  claimed: Claimed;
  moment: number;
}

export interface Room {
  /** Messages this sender takes at most … */
  all: number;
  /** … and of them bulk: the rest is kept for replies. */
  bulk: number;
  /** Moments are taken so far ahead, ms. */
  horizon: number;
  /** How many more the platform shall have of an account at once. */
  of(accountId: number): number;
}

export interface Taken {
  timed: Timed[];
  /** Claimed before, and still without a moment. */
  late: Claimed[];
  /** Accounts that may have more due. */
  more: number[];
}

/**
 * What a sender's own connection is told. Its one question reads small pieces of indexes whatever the tables hold; a planner
 * whose figures are a minute old, from before a sending of a million rows, would read them whole.
 */
export const BY_INDEX = `
  SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET enable_bitmapscan = off; SET jit = off;
  SET plan_cache_mode = force_generic_plan`;

const SHORTEST_CLAIM = 5;
const LONGEST_LEAD = 250;

export function createClaiming(registry: AccountRegistry, senderId: number) {
  const difference = createClockDifference();
  /** How long a claim takes from its look at the limits to its commit, ms: the longest of late. */
  let lead = SHORTEST_CLAIM;

  /**
   * @param client the sender's own connection, told `BY_INDEX`
   * @param late messages claimed before that missed their moment: they come first
   */
  async function claim(
    client: pg.PoolClient,
    wanted: Set<number>,
    late: Claimed[],
    room: Room,
  ): Promise<Taken> {
    const accounts = (await registry.all()).filter(
      ({ id, status }) =>
        status === "active" && (wanted.has(id) || late.some((one) => one.account_id === id)),
    );
    if (accounts.length === 0) return { timed: [], late, more: [] };
    try {
      await client.query("BEGIN");
      const reach = { lead, horizon: room.horizon };
      const moments = await openMoments(client, accounts, reach, difference);
      const looked = Date.now();
      const again = giveMoments(moments, late);
      const taken = await take(client, moments, room);
      await moments.save();
      await client.query("COMMIT");
      lead = Math.min(LONGEST_LEAD, Math.max(SHORTEST_CLAIM, 0.9 * lead, Date.now() - looked));
      const held = accounts.filter((account) => !moments.accounts.includes(account)).map(({ id }) => id);
      return {
        timed: [...again.timed, ...taken.timed],
        late: again.late,
        more: [...held, ...taken.more],
      };
    } catch (error) {
      await client.query("ROLLBACK").catch(() => {});
      throw error;
    }
  }

  async function take(client: pg.PoolClient, moments: Moments, room: Room) {
    const { accounts } = moments;
    // of many accounts none reads more rows than it is likely to be given
    const share = Math.max(2, Math.ceil((2 * room.all) / Math.max(1, accounts.length)));
    const free = new Map(accounts.map((account) => [account, moments.free(account)]));
    const budgets = accounts.map((account) =>
      Math.max(0, Math.min(free.get(account)!.own, share, room.of(account.id))),
    );
    const { rows } = await client.query<Claimed>({
      name: "claim",
      text: CLAIM,
      values: [
        accounts.map(({ id }) => id),
        budgets,
        accounts.map((account) => limitsOf(account)[0].key),
        accounts.map((account) => free.get(account)!.shared),
        ...[senderId, room.all, room.bulk],
      ],
    });
    const counts = new Map<string, number>();
    const count = (key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
    const byId = new Map(accounts.map((account) => [account.id, account]));
    const timed = rows.map((claimed): Timed => {
      const account = byId.get(claimed.account_id)!;
      count(String(account.id));
      count(limitsOf(account)[0].key);
      return { claimed, moment: moments.take(account) };
    });
    const bulk = rows.filter(({ purpose }) => purpose === "bulk").length;
    const isFull = rows.length >= room.all || bulk >= room.bulk;
    const hasMore = (account: ConnectedAccount, n: number) =>
      isFull ||
      (counts.get(String(account.id)) ?? 0) >= budgets[n]! ||
      (counts.get(limitsOf(account)[0].key) ?? 0) >= free.get(account)!.shared;
    return { timed, more: accounts.filter(hasMore).map(({ id }) => id) };
  }

  return claim;
}

/** What was claimed and has not left goes back, as if it had never been claimed. */
export async function giveBack(pool: pg.Pool, senderId: number, messages: Claimed[]): Promise<void> {
  if (messages.length === 0) return;
  await pool.query(
    `UPDATE outbound_message SET state = 'pending', attempts = attempts - 1
     WHERE id = ANY($1::bigint[]) AND state = 'sending' AND claimed_by = $2`,
    [messages.map(({ id }) => id), senderId],
  );
}

function giveMoments(moments: Moments, late: Claimed[]): { timed: Timed[]; late: Claimed[] } {
  const byId = new Map(moments.accounts.map((account) => [account.id, account]));
  const isFree = ({ account_id }: Claimed) =>
    byId.has(account_id) && moments.free(byId.get(account_id)!).own > 0;
  const timed: Timed[] = [];
  const still: Claimed[] = [];
  for (const claimed of late) {
    if (isFree(claimed)) timed.push({ claimed, moment: moments.take(byId.get(claimed.account_id)!) });
    else still.push(claimed);
  }
  return { timed, late: still };
}

// $1 account ids, $2 how many each may send, $3 and $4 the limit it shares and what is left of that, $5 the sender, $6 how
// many in all, $7 how many of them bulk. The LATERAL reads one small piece of one index. No row is locked for reading: the
// accounts' limits are held, so nobody else claims of them, and what a pause takes back meanwhile is pending no more. OFFSET 0,
// ANY(ARRAY()) and IS NOT DISTINCT FROM keep the planner from walking through all there is to find rows by their keys.
const CLAIM = `
  WITH due AS (
    SELECT id FROM (
      SELECT m.id, m.purpose, m.due_at, may.free,
             row_number() OVER (PARTITION BY may.shared ORDER BY m.purpose DESC, m.due_at, m.id) AS of_shared,
             row_number() OVER (PARTITION BY m.purpose ORDER BY m.due_at, m.id) AS of_purpose
      FROM unnest($1::int[], $2::int[], $3::text[], $4::int[]) AS may(account_id, budget, shared, free)
      JOIN account ON account.id = may.account_id AND (account.paused_until IS NULL OR account.paused_until <= now()),
      LATERAL (
        SELECT id, purpose, due_at FROM outbound_message m
        WHERE m.account_id = may.account_id AND m.state = 'pending' AND m.due_at <= now()
          AND NOT EXISTS (
            SELECT 1 FROM outbound_message earlier
            WHERE earlier.conversation_id = m.conversation_id AND earlier.id < m.id
              AND earlier.state IN ('pending', 'sending', 'unknown') OFFSET 0)
        ORDER BY m.purpose DESC, m.due_at, m.id LIMIT may.budget
      ) m
    ) ranked
    WHERE of_shared <= free AND (purpose = 'reply' OR of_purpose <= $7)
    ORDER BY purpose DESC, due_at, id LIMIT $6
  ), claimed AS (
    UPDATE outbound_message SET state = 'sending', claimed_at = now(), claimed_by = $5, attempts = attempts + 1
    WHERE id = ANY(ARRAY(SELECT id FROM due)) AND state IS NOT DISTINCT FROM 'pending' RETURNING outbound_message.*
  )
  SELECT claimed.id, claimed.account_id, claimed.conversation_id, claimed.recipient, claimed.author, claimed.purpose,
         claimed.content, claimed.attempts, claimed.created_at, conversation.last_inbound_at
  FROM claimed LEFT JOIN conversation ON conversation.id = claimed.conversation_id
  ORDER BY claimed.purpose DESC, claimed.id`;
