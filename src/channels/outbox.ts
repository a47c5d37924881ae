/**
 * Sending. Replies are rows; a sender claims the ones that are due (claiming.ts), each leaves at the moment its limits
 * give it (pacer.ts), the platform is called outside any transaction, and the outcome is settled. Any number of senders
 * may run.
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
import type { Channel, ChannelName, ConnectedAccount } from "./channel.ts";
import { BY_INDEX, createClaiming, giveBack, type Claimed, type Room } from "./claiming.ts";
import { DeliveryError } from "./delivery-error.ts";
import { backoff, settle, type Outcome } from "./outbox-settle.ts";
import { createPacer } from "./pacer.ts";

export interface OutboxOptions {
  /** How long an unknown reply waits for its echo before it is sent again, ms. */
  echoPatience?: number;
  /** Messages in this process's hand at once: under way, or waiting for their moment. */
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

/** Advisory locks of senders: this class, their number. */
const SENDER_LOCKS = 7263;
/** A look at what is due serves many messages: with bulk there is one at most every so often, ms. */
const PACE = 25;
/** Moments are taken ahead for the time until the next look, and no longer: what is in hand at a kill is held. ms */
const HORIZON = { least: 50, most: 200 };
/** Of the messages in hand, so many are kept for replies, and of one account the platform has at most so many at once. */
const KEPT_FOR_REPLIES = 1 / 8;
const AT_ONE_ACCOUNT = 128;

export function createOutbox(
  database: Database,
  registry: AccountRegistry,
  channels: Record<ChannelName, Channel>,
  care: AccountCare,
  options: OutboxOptions = {},
): Outbox {
  const { echoPatience = 30_000, concurrency = 512, pollInterval = 1000 } = options;
  const { pool } = database;
  const senderId = Math.floor(Math.random() * 2 ** 31);
  const woken = new Set<number>();
  const claim = createClaiming(registry, senderId);
  const pacer = createPacer(begin);
  const underWay = new Set<Promise<void>>();
  /** Messages under way of each account. */
  const atPlatform = new Map<number, number>();
  let finished: { claimed: Claimed; outcome: Outcome }[] = [];
  let listener: pg.PoolClient | null = null;
  let running = false;
  let wake = () => {};
  let isWoken = false;
  let loop: Promise<void> = Promise.resolve();
  let lastPoll = 0;
  let lastRound = 0;
  let horizon = HORIZON.least;

  async function run() {
    while (running) {
      try {
        const begun = Date.now();
        lastRound = begun;
        isWoken = false;
        await settleFinished();
        if (Date.now() - lastPoll >= pollInterval) await poll();
        await claimDue();
        horizon = Math.min(HORIZON.most, Math.max(HORIZON.least, 2 * (Date.now() - begun) + PACE));
        if (!isWoken) await sleep(begun);
      } catch (error) {
        log.error({ err: error }, "the outbox could not reach the database; trying again");
        await new Promise((resolve) => setTimeout(resolve, 1000));
      }
    }
    await giveBack(pool, senderId, pacer.clear());
    await Promise.all(underWay);
    await settleFinished();
  }

  /** Until somebody wakes us, the next look at what is known to be due, or the next at all. */
  async function sleep(begun: number) {
    const isBusy = woken.size > 0 || finished.length > 0 || underWay.size > 0 || pacer.size() > 0;
    const wait = isBusy ? Math.max(1, begun + PACE - Date.now()) : pollInterval;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, wait);
      wake = () => {
        isWoken = true;
        clearTimeout(timer);
        resolve();
      };
    });
    wake = () => void (isWoken = true);
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
    await listener.query(BY_INDEX);
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

  async function claimDue(): Promise<void> {
    const room = roomNow();
    const late = pacer.takeLate();
    if (!listener || room.all <= 0 || (woken.size === 0 && late.length === 0)) return pacer.keepLate(late);
    const wanted = new Set(woken);
    woken.clear(); // others may be woken meanwhile
    try {
      const taken = await claim(listener, wanted, late, room);
      for (const id of taken.more) woken.add(id);
      pacer.keepLate(taken.late);
      pacer.add(taken.timed);
    } catch (error) {
      for (const id of wanted) woken.add(id);
      pacer.keepLate(late);
      throw error;
    }
  }

  function roomNow(): Room {
    const all = concurrency - underWay.size - pacer.size();
    return {
      all,
      bulk: Math.max(0, all - Math.ceil(concurrency * KEPT_FOR_REPLIES)),
      horizon,
      of: (accountId) => AT_ONE_ACCOUNT - (atPlatform.get(accountId) ?? 0),
    };
  }

  function begin(claimed: Claimed) {
    const { account_id: account } = claimed;
    atPlatform.set(account, (atPlatform.get(account) ?? 0) + 1);
    const call = deliver(claimed).then((outcome) => {
      finished.push({ claimed, outcome });
      atPlatform.set(account, atPlatform.get(account)! - 1);
      underWay.delete(call);
      woken.add(account); // the next message of the same talk
      if (claimed.purpose === "reply") wake();
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
