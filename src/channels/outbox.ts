/**
 * Sending. Replies are rows; a sender claims the ones that are due, as many as the limits allow, replies
 * before bulk, at most one of a conversation at a time so that order is kept, calls the platform outside any
 * transaction, and settles the outcome. Any number of senders may run.
 *
 * A sender holds an advisory lock of its number. When it is killed the lock goes, and what it had claimed
 * turns *unknown*: the platform may have taken it. An unknown reply waits for its echo and is then sent
 * again; an unknown bulk message, and one that may have gone as a template, is never resent by itself.
 */
import type pg from "pg";
import type { Database } from "../infra/db.ts";
import { log } from "../infra/log.ts";
import { messagesSent, replySeconds, sendSeconds } from "../infra/metrics.ts";
import type { AccountRegistry } from "./accounts.ts";
import type { Channel, ChannelName, ConnectedAccount, Recipient, Reply } from "./channel.ts";
import { DeliveryError } from "./delivery-error.ts";
import { backoff, settle, type Outcome } from "./outbox-settle.ts";
import { readBudgets, spend } from "./send-limits.ts";

export interface OutboxOptions {
  /** How long an unknown reply waits for its echo before it is sent again, ms. */
  echoPatience?: number;
  /** Calls under way at once in this process. */
  concurrency?: number;
  /** How often the table is looked at without being woken, ms. */
  pollInterval?: number;
}

export interface Outbox {
  start(): Promise<void>;
  /** Takes nothing new, finishes what is under way. */
  stop(): Promise<void>;
  /** When the sender last went its round; long ago: it hangs, or cannot reach the database. */
  lastRoundAt(): number;
}

/** What the outbox asks of whoever keeps accounts healthy. */
export interface AccountCare {
  /** The platform refused the token: mend it, and say whether another try makes sense. */
  refreshToken(accountId: number): Promise<boolean>;
  /** The account cannot send: stop it and tell people. */
  stopAccount(accountId: number, reason: string): Promise<void>;
}

interface Claimed {
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

/** Advisory locks of senders: this class, their number. */
const SENDER_LOCKS = 7263;

export function createOutbox(
  database: Database,
  registry: AccountRegistry,
  channels: Record<ChannelName, Channel>,
  care: AccountCare,
  options: OutboxOptions = {},
): Outbox {
  const { echoPatience = 30_000, concurrency = 64, pollInterval = 1000 } = options;
  const { pool } = database;
  const senderId = Math.floor(Math.random() * 2 ** 31);
  const woken = new Set<number>();
  const underWay = new Set<Promise<void>>();
  let finished: { claimed: Claimed; outcome: Outcome }[] = [];
  let listener: pg.PoolClient | null = null;
  let running = false;
  let wake = () => {};
  let loop: Promise<void> = Promise.resolve();
  let lastPoll = 0;
  let lastRound = 0;

  async function run() {
    while (running) {
      try {
        lastRound = Date.now();
        await settleFinished();
        if (Date.now() - lastPoll >= pollInterval) await poll();
        const claimed = await claimDue();
        for (const message of claimed) begin(message);
        if (claimed.length === 0) await sleep();
      } catch (error) {
        log.error({ err: error }, "the outbox could not reach the database; trying again");
        await new Promise((resolve) => setTimeout(resolve, 1000));
      }
    }
    await Promise.all(underWay);
    await settleFinished();
  }

  /** Until something is due, something ended, or the next look. */
  async function sleep() {
    if (finished.length > 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, woken.size > 0 ? 20 : pollInterval);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function listen() {
    listener = await pool.connect();
    listener.on("notification", ({ payload }) => {
      woken.add(Number(payload));
      wake();
    });
    listener.on("error", (error) => {
      log.warn({ err: error }, "the outbox lost its listening connection");
      listener?.release(true);
      listener = null;
    });
    await listener.query("LISTEN outbox");
    await listener.query("SELECT pg_advisory_lock($1, $2)", [SENDER_LOCKS, senderId]);
  }

  /** What nobody woke us for: messages due later, and what dead senders left. */
  async function poll() {
    lastPoll = Date.now();
    if (!listener) await listen();
    await pool.query({ name: "disown", text: DISOWN, values: [SENDER_LOCKS] });
    await pool.query({ name: "resend-unknown", text: RESEND_UNKNOWN, values: [echoPatience / 1000] });
    const { rows } = await pool.query<{ id: number }>({ name: "due-accounts", text: DUE_ACCOUNTS });
    for (const { id } of rows) woken.add(id);
  }

  async function claimDue(): Promise<Claimed[]> {
    const room = concurrency - underWay.size;
    if (room <= 0 || woken.size === 0) return [];
    const wanted = [...woken];
    const accounts = (await registry.all()).filter(
      (account) => wanted.includes(account.id) && account.status === "active",
    );
    for (const id of wanted) woken.delete(id); // others may have been woken meanwhile
    if (accounts.length === 0) return [];
    // of many accounts none reads more rows than it is likely to be given
    const share = Math.min(room, Math.max(4, Math.ceil((2 * room) / accounts.length)));
    const client = await pool.connect();
    try {
      await client.query("BEGIN");
      const budgets = await readBudgets(client, accounts);
      const { rows } = await client.query<Claimed>({
        name: "claim",
        text: CLAIM,
        values: [
          [...budgets.keys()],
          [...budgets.values()].map((budget) => Math.min(budget, share)),
          senderId,
          room,
        ],
      });
      const counts = new Map<number, number>();
      for (const row of rows) counts.set(row.account_id, (counts.get(row.account_id) ?? 0) + 1);
      if (rows.length > 0) await spend(client, accounts, counts);
      await client.query("COMMIT");
      // an account that used up what it was given may have more due
      const isFull = rows.length >= room;
      for (const [id, budget] of budgets)
        if (isFull || (counts.get(id) ?? 0) >= Math.min(budget, share)) woken.add(id);
      return rows;
    } catch (error) {
      await client.query("ROLLBACK").catch(() => {});
      for (const account of accounts) woken.add(account.id);
      throw error;
    } finally {
      client.release();
    }
  }

  function begin(claimed: Claimed) {
    const call = deliver(claimed).then((outcome) => {
      finished.push({ claimed, outcome });
      woken.add(claimed.account_id); // the next message of the same talk
      underWay.delete(call);
      wake();
    });
    underWay.add(call);
  }

  async function deliver(claimed: Claimed, isSecondTry = false): Promise<Outcome> {
    const account = await registry.byId(claimed.account_id);
    if (!account)
      return { state: "dead", errorClass: "permanent", code: "no_account", text: "The account is gone." };
    const { channel } = account;
    const stop = sendSeconds.startTimer({ channel });
    try {
      const receipt = await channels[channel].send(account, outgoingOf(claimed), new Date()).finally(stop);
      messagesSent.inc({ channel, outcome: "sent" });
      if (claimed.purpose === "reply")
        replySeconds.observe({ channel }, (Date.now() - claimed.created_at.getTime()) / 1000);
      return { state: "sent", externalId: receipt.externalId, pauseUntil: receipt.slowDownUntil };
    } catch (error) {
      const failure =
        error instanceof DeliveryError ? error : new DeliveryError("later", "internal", String(error));
      messagesSent.inc({ channel: account.channel, outcome: failure.errorClass });
      if (failure.errorClass === "refresh_token" && !isSecondTry && (await care.refreshToken(account.id))) {
        registry.forget();
        return deliver(claimed, true);
      }
      return outcomeOf(failure, account, claimed);
    }
  }

  async function outcomeOf(
    failure: DeliveryError,
    account: ConnectedAccount,
    claimed: Claimed,
  ): Promise<Outcome> {
    const { errorClass, code, message: text } = failure;
    const why = { errorClass, code, text };
    log.warn(
      { message: String(claimed.id), account: account.id, errorClass, code },
      "a message was not sent",
    );
    switch (errorClass) {
      case "permanent":
      case "window_closed":
        return { state: "dead", ...why };
      case "unknown":
        return { state: "unknown", ...why };
      case "stop_account":
      case "refresh_token":
        await care.stopAccount(account.id, text);
        registry.forget();
        return { state: "pending", dueAt: new Date(), ...why }; // goes out when the account is mended
      case "later":
        return backoff(claimed.attempts, failure, why);
    }
  }

  async function settleFinished() {
    if (finished.length === 0) return;
    const batch = finished;
    finished = [];
    try {
      await settle(
        database,
        batch.map(({ claimed, outcome }) => ({ id: claimed.id, accountId: claimed.account_id, outcome })),
      );
    } catch (error) {
      finished = [...batch, ...finished];
      throw error;
    }
  }

  return {
    lastRoundAt: () => lastRound,
    async start() {
      await listen();
      running = true;
      loop = run();
    },
    async stop() {
      running = false;
      wake();
      await loop;
      await listener?.query("SELECT pg_advisory_unlock_all()").catch(() => {});
      await listener?.query("UNLISTEN *").catch(() => {});
      listener?.release(true);
      listener = null;
    },
  };
}

function outgoingOf(claimed: Claimed) {
  return {
    id: BigInt(claimed.id),
    recipient: claimed.recipient,
    reply: claimed.content,
    author: claimed.author,
    purpose: claimed.purpose,
    lastInboundAt: claimed.last_inbound_at,
  };
}

// $1 account ids, $2 how many each may send, $3 the sender, $4 how many in all. The inner LATERAL reads one small piece of one index.
const CLAIM = `
  WITH due AS (
    SELECT m.id FROM unnest($1::int[], $2::int[]) AS may(account_id, budget)
    JOIN account ON account.id = may.account_id AND (account.paused_until IS NULL OR account.paused_until <= now()),
    LATERAL (
      SELECT id, purpose, due_at FROM outbound_message m
      WHERE m.account_id = may.account_id AND m.state = 'pending' AND m.due_at <= now()
        AND NOT EXISTS (
          SELECT 1 FROM outbound_message earlier
          WHERE earlier.conversation_id = m.conversation_id AND earlier.id < m.id
            AND earlier.state IN ('pending', 'sending', 'unknown'))
      ORDER BY m.purpose DESC, m.due_at, m.id LIMIT may.budget FOR UPDATE SKIP LOCKED
    ) m
    ORDER BY m.purpose DESC, m.due_at, m.id LIMIT $4
  ), claimed AS (
    UPDATE outbound_message SET state = 'sending', claimed_at = now(), claimed_by = $3, attempts = attempts + 1
    FROM due WHERE outbound_message.id = due.id RETURNING outbound_message.*
  )
  SELECT claimed.id, claimed.account_id, claimed.conversation_id, claimed.recipient, claimed.author, claimed.purpose,
         claimed.content, claimed.attempts, claimed.created_at, conversation.last_inbound_at
  FROM claimed LEFT JOIN conversation ON conversation.id = claimed.conversation_id
  ORDER BY claimed.purpose DESC, claimed.id`;

const DUE_ACCOUNTS = `
  SELECT id FROM account WHERE status = 'active' AND EXISTS (
    SELECT 1 FROM outbound_message
    WHERE account_id = account.id AND state = 'pending' AND due_at <= now())`;

const DISOWN = `
  UPDATE outbound_message
  SET state = 'unknown', unknowns = unknowns + 1, claimed_at = now(), error_class = 'unknown', error_code = 'sender_died',
      error_text = 'The sender was stopped before the platform answered.'
  WHERE state = 'sending' AND claimed_by NOT IN (
    SELECT objid::int FROM pg_locks WHERE locktype = 'advisory' AND classid = $1::int AND objsubid = 2 AND granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))`;

const RESEND_UNKNOWN = `
  UPDATE outbound_message SET
    state = CASE WHEN purpose = 'reply' AND unknowns < 4 AND NOT content ? 'template' THEN 'pending' ELSE 'dead' END,
    due_at = now()
  WHERE state = 'unknown' AND claimed_at < now() - make_interval(secs => $1)`;
