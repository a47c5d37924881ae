/**
 * Webhooks to the gateway, signed as the platforms sign them. The events of one talk go out one after the other;
 * an event that was not answered 200 in time comes again by the timetable, out of order, as in real life.
 */
import type { ChannelName } from "../channels/channel.ts";
import type { Account } from "./accounts.ts";
import type { Dice } from "./faults.ts";
import { createPoster } from "./poster.ts";
import type { Settings } from "./settings.ts";
import { signForFacebook, signForZalo } from "./sign.ts";

/** Zalo: the whole body. Facebook: one element of one of an entry's lists. */
export type Event =
  | { channel: "zalo"; body: object }
  | { channel: "facebook"; field: string; list: "messaging" | "standby" | "changes"; element: object };

interface Job {
  account: Account;
  events: Event[];
  /** Tries that failed. */
  retries: number;
  whenTaken: (() => void)[];
}

export interface WebhookCounts {
  /** Events handed over, each once, however often they are sent. */
  events: number;
  /** Calls to the gateway, repetitions included. */
  calls: number;
  taken: number;
  retried: number;
  duplicated: number;
  reordered: number;
  gaveUp: number;
  /** Events on their way: queued, under way, held back, waiting for another try. */
  waiting: number;
}

/** Facebook may batch a thousand (facebook.md §2.2). */
const MOST_IN_A_CALL = 100;

export type Webhooks = ReturnType<typeof createWebhooks>;

export function createWebhooks(gateway: string, settings: () => Settings, dice: Dice) {
  const lanes = new Map<string, Job[]>();
  const ready: string[] = [];
  const held = new Map<string, { job: Job; timer: NodeJS.Timeout }>();
  const timers = new Set<NodeJS.Timeout>();
  const counts: WebhookCounts = {
    ...{ events: 0, calls: 0, taken: 0, retried: 0, duplicated: 0, reordered: 0, gaveUp: 0, waiting: 0 },
  };
  const post = createPoster(gateway);
  let underWay = 0;
  let isPumping = false;
  let others = 0;

  /** @param lane what keeps its order: the talk. @param whenTaken called once the gateway answered 200. */
  function send(account: Account, lane: string, event: Event, whenTaken?: () => void) {
    if (event.channel === "facebook" && account.subscribed?.includes(event.field) === false) return;
    counts.events++;
    counts.waiting++;
    const job: Job = { account, events: [event], retries: 0, whenTaken: whenTaken ? [whenTaken] : [] };
    const key = `${account.key}/${lane}`;
    if (!held.has(key) && dice.webhook("reorder")) return holdBack(key, job);
    queue(key, job);
    const late = held.get(key);
    if (late) release(key);
  }

  /** Behind the next event of its talk, or by itself after a while. */
  function holdBack(key: string, job: Job) {
    counts.reordered++;
    held.set(key, { job, timer: setTimeout(() => release(key), dice.within(300, 1500)) });
  }

  function release(key: string) {
    const { job, timer } = held.get(key)!;
    clearTimeout(timer);
    held.delete(key);
    queue(key, job);
  }

  function queue(key: string, job: Job) {
    const lane = lanes.get(key);
    if (lane) lane.push(job);
    else {
      lanes.set(key, [job]);
      ready.push(key);
    }
    if (!isPumping) setImmediate(pump); // what comes in the same breath goes out together
    isPumping = true;
  }

  function pump() {
    isPumping = false;
    while (underWay < settings().concurrency && ready.length > 0) {
      const key = ready.shift()!;
      underWay++;
      void deliver(takeFrom(lanes.get(key)!)).finally(() => {
        underWay--;
        if (lanes.get(key)?.length) ready.push(key);
        else lanes.delete(key);
        pump();
      });
    }
  }

  /** Zalo tells one event a call; Facebook as many of a talk as have gathered. */
  function takeFrom(lane: Job[]): Job {
    const first = lane.shift()!;
    if (first.account.channel === "zalo") return first;
    const others = lane.splice(0, MOST_IN_A_CALL - 1);
    return {
      ...first,
      events: [first, ...others].flatMap(({ events }) => events),
      whenTaken: [first, ...others].flatMap(({ whenTaken }) => whenTaken),
    };
  }

  async function deliver(job: Job) {
    const { account, retries } = job;
    const { body, headers } = sealed(account, job.events, Date.now() + settings().clockAhead);
    if (retries > 0 && account.channel === "zalo") headers.num_retry = String(retries);
    counts.calls++;
    const status = await post(pathOf(account.channel), body, headers, settings().patience[account.channel]);
    const isHeard = status === 200 && !dice.webhook("unheard");
    if (status === 200) for (const tell of job.whenTaken) tell();
    if (isHeard) {
      counts.taken += job.events.length;
      counts.waiting -= job.events.length;
      if (dice.webhook("duplicate")) repeat(account, body, headers);
    } else later(job);
  }

  function later(job: Job) {
    const wait = settings().retryAfter[job.retries];
    if (wait === undefined) {
      counts.gaveUp += job.events.length;
      counts.waiting -= job.events.length;
      return;
    }
    counts.retried++;
    after(wait, () =>
      queue(`${job.account.key}/again:${counts.retried}:${others++}`, { ...job, retries: job.retries + 1 }),
    );
  }

  /** The same bytes once more, a little later. */
  function repeat(account: Account, body: Buffer, headers: Record<string, string>) {
    counts.duplicated++;
    after(dice.within(10, 2000), () => {
      counts.calls++;
      void post(pathOf(account.channel), body, headers, settings().patience[account.channel]);
    });
  }

  function after(wait: number, act: () => void) {
    const timer = setTimeout(() => {
      timers.delete(timer);
      act();
    }, wait);
    timers.add(timer);
  }

  return {
    send,
    counts,
    close() {
      for (const timer of timers) clearTimeout(timer);
      for (const { timer } of held.values()) clearTimeout(timer);
      lanes.clear();
      ready.length = 0;
      post.close();
    },
  };
}

const pathOf = (channel: ChannelName) => `/webhooks/${channel}`;

function sealed(account: Account, events: Event[], now: number) {
  const [first] = events;
  if (first?.channel === "zalo") return signForZalo(account, first.body);
  const entry: Record<string, unknown> = { time: now, id: account.id };
  for (const event of events) {
    if (event.channel !== "facebook") continue;
    entry[event.list] = [...((entry[event.list] as object[] | undefined) ?? []), event.element];
  }
  if ("changes" in entry) entry.time = Math.floor(now / 1000); // samples of changes carry seconds
  return signForFacebook(account, { object: "page", entry: [entry] });
}
