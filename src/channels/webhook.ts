/**
 * The short path of a webhook: raw body, signature, split, store, 200. It stands before Express as a plain
 * request listener, because a city's worth of platforms' retries must not wait behind page middleware.
 */
import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { log } from "../infra/log.ts";
import { eventsAccepted, webhooksRefused } from "../infra/metrics.ts";
import type { AccountRegistry } from "./accounts.ts";
import type { Channel, ChannelName, ConnectedAccount, RawEvent } from "./channel.ts";
import type { Inbox, KeptEvent } from "./inbox.ts";
import { parseJson } from "./loose-json.ts";
import { isReceipt } from "./receipts.ts";

/** Facebook may batch 1,000 updates in one call. */
const LARGEST_BODY = 4 * 1024 * 1024;

export type WebhookListener = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** @returns the listener, or null when the request is for no webhook. */
export function createWebhooks(
  channels: Record<ChannelName, Channel>,
  registry: AccountRegistry,
  inbox: Inbox,
) {
  const seen = new Map<number, number>();

  async function take(channel: Channel, request: IncomingMessage, response: ServerResponse) {
    const rawBody = await readBody(request);
    if (rawBody === null) return refuse(channel, response, "too_large", 413);
    if (!(await isAuthentic(channel, request, rawBody))) {
      // Zalo probes a new address with an unsigned {} and switches the webhook off unless that is answered 200.
      return refuse(channel, response, "signature", channel.name === "zalo" ? 200 : 403);
    }
    const body = parseJson(rawBody);
    if (body === undefined) return refuse(channel, response, "not_json", 200); // no retry would mend it
    const events = await ours(channel, channel.split(body));
    if (events.length > 0) await inbox.store(events);
    eventsAccepted.inc({ channel: channel.name }, events.length);
    answer(response, 200);
  }

  async function isAuthentic(channel: Channel, { headers }: IncomingMessage, rawBody: Buffer) {
    if (channel.isAuthentic(headers, rawBody, await registry.ofChannel(channel.name))) return true;
    await registry.reread();
    return channel.isAuthentic(headers, rawBody, await registry.ofChannel(channel.name));
  }

  /** Events of accounts we serve; the others are acknowledged and left. */
  async function ours(channel: Channel, events: RawEvent[]): Promise<KeptEvent[]> {
    const kept: KeptEvent[] = [];
    for (const event of events) {
      const concerned = await accountsOf(channel, event);
      if (concerned.length === 0) {
        webhooksRefused.inc({ channel: channel.name, reason: "unknown_account" });
      }
      for (const account of concerned) {
        seen.set(account.id, Date.now());
        const isReceipt = isReceiptOf(channel, account, event);
        const externalKey =
          concerned.length > 1 ? `${event.externalKey}:${account.externalId}` : event.externalKey;
        kept.push({ ...event, externalKey, channel: channel.name, account, isReceipt });
      }
    }
    return kept;
  }

  /** The account an event is for; all accounts of the app where it names only the app (a consent withdrawn). */
  async function accountsOf(channel: Channel, { accountExternalId }: RawEvent): Promise<ConnectedAccount[]> {
    const app = /^app:(.+)$/.exec(accountExternalId)?.[1];
    if (app) return (await registry.ofChannel(channel.name)).filter(({ appId }) => appId === app);
    const known = await registry.find(channel.name, accountExternalId);
    if (known) return [known];
    await registry.reread(); // it may have been added a moment ago
    return [(await registry.find(channel.name, accountExternalId)) ?? []].flat();
  }

  function isReceiptOf(channel: Channel, account: ConnectedAccount, event: RawEvent): boolean {
    if (event.kind === "delivered" || event.kind === "seen") return true;
    return event.kind === "echo" && isReceipt(channel.parse(event.raw), channel.name, account.appId);
  }

  function listenerOf(request: IncomingMessage): WebhookListener | null {
    const url = request.url ?? "";
    const path = url.split("?", 1)[0];
    const channel =
      path === "/webhooks/zalo" ? channels.zalo : path === "/webhooks/facebook" ? channels.facebook : null;
    if (!channel) return null;
    if (request.method === "POST") {
      return (incoming, response) =>
        take(channel, incoming, response).catch((error: unknown) => {
          log.error(
            { err: error, channel: channel.name },
            "a webhook could not be stored; the platform will send it again",
          );
          answer(response, 503);
        });
    }
    if (request.method === "GET")
      return (_, response) => verify(channel.name, new URL(url, "http://host"), response);
    return async (_, response) => answer(response, 405);
  }

  /** Facebook proves an address by a challenge; Zalo only looks whether it answers. */
  async function verify(channel: ChannelName, url: URL, response: ServerResponse) {
    if (channel === "zalo") return answer(response, 200);
    const { searchParams } = url;
    const token = searchParams.get("hub.verify_token") ?? "";
    const isKnown = async () =>
      (await registry.ofChannel("facebook")).some((account) => sameText(account.webhookSecret, token));
    const known = (await isKnown()) || (await registry.reread(), await isKnown());
    if (searchParams.get("hub.mode") !== "subscribe" || !token || !known) return answer(response, 403);
    answer(response, 200, searchParams.get("hub.challenge") ?? "");
  }

  return {
    listenerOf,
    /** Accounts whose webhooks came since the last call, and when; the caller writes it down now and then. */
    takeSeen(): { accountId: number; at: Date }[] {
      const list = [...seen].map(([accountId, at]) => ({ accountId, at: new Date(at) }));
      seen.clear();
      return list;
    },
  };
}

function refuse(channel: Channel, response: ServerResponse, reason: string, status: number) {
  webhooksRefused.inc({ channel: channel.name, reason });
  log.warn({ channel: channel.name, reason }, "a webhook call was not taken");
  answer(response, status);
}

function answer(response: ServerResponse, status: number, body = "") {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, {
    "content-type": "text/plain; charset=utf-8",
    "content-length": Buffer.byteLength(body),
  });
  response.end(body);
}

/** The bytes as they came, or null when they are too many. */
function readBody(request: IncomingMessage): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= LARGEST_BODY) chunks.push(chunk);
      else chunks.length = 0; // read on and forget, so that the platform gets an answer rather than a reset
    });
    request.on("end", () => resolve(size > LARGEST_BODY ? null : Buffer.concat(chunks)));
    request.on("error", reject);
  });
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
