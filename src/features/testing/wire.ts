/** For tests: the two platforms' webhooks as they come over the wire, signed, on real HTTP. */
import { createHash, createHmac } from "node:crypto";
import type { ConnectedAccount } from "../../channels/channel.ts";

/** Who writes, and when. */
export interface Stamp {
  resident: string;
  messageId: string;
  at: Date;
}

export type Said =
  | { kind: "text"; text: string; payload?: string | undefined }
  | { kind: "pictures"; urls: string[]; text: string }
  | { kind: "pin"; latitude: number; longitude: number }
  | { kind: "sticker" }
  | { kind: "voice"; url: string }
  | { kind: "edit"; messageId: string; text: string }
  | { kind: "unsent"; messageId: string };

/** Sends what was said to the gateway. @returns how many events that were. @throws when one is not answered 200. */
export type Wire = (stamp: Stamp, said: Said) => Promise<number>;

export function wireOf(origin: string, account: ConnectedAccount): Wire {
  const bodies = account.channel === "zalo" ? zaloBodies : facebookBodies;
  const sign = account.channel === "zalo" ? zaloSignature : facebookSignature;
  return async (stamp, said) => {
    const events = bodies(account, stamp, said);
    for (const body of events) {
      const bytes = JSON.stringify(body);
      const headers = { "content-type": "application/json", ...sign(account, bytes, stamp) };
      const response = await fetch(`${origin}/webhooks/${account.channel}`, {
        method: "POST",
        headers,
        body: bytes,
      });
      await response.arrayBuffer();
      if (response.status !== 200) throw new Error(`The gateway answered ${response.status}.`);
    }
    return events.length;
  };
}

// ── Zalo: one event a call, one picture an event ──

function zaloSignature({ appId, webhookSecret }: ConnectedAccount, bytes: string, { at }: Stamp) {
  const mac = createHash("sha256").update(`${appId}${bytes}${at.getTime()}${webhookSecret}`).digest("hex");
  return { "x-zevent-signature": `mac=${mac}` };
}

function zaloBodies(account: ConnectedAccount, { resident, messageId, at }: Stamp, said: Said): object[] {
  const event = (name: string, message: object, part = 0) => ({
    app_id: account.appId,
    user_id_by_app: `9${resident}`,
    ...{ sender: { id: resident }, recipient: { id: account.externalId } },
    event_name: `user_send_${name}`,
    message: { msg_id: part === 0 ? messageId : `${messageId}${part}`, ...message },
    timestamp: String(at.getTime()),
  });
  const attached = (type: string, payload: object, text?: string) => ({
    ...(text === undefined ? {} : { text }),
    attachments: [{ type, payload }],
  });
  switch (said.kind) {
    case "text":
      return [event("text", { text: said.payload ?? said.text })];
    case "pictures":
      return said.urls.map((url, index) =>
        event("image", attached("image", { thumbnail: url, url }, index === 0 ? said.text : ""), index),
      );
    case "pin": {
      const coordinates = { latitude: String(said.latitude), longitude: String(said.longitude) };
      return [event("location", attached("location", { coordinates }, ""))];
    }
    case "sticker":
      return [
        event("sticker", attached("sticker", { url: "https://stickers.example.invalid/1.png", id: "1" })),
      ];
    case "voice":
      return [event("audio", attached("audio", { url: said.url }))];
    default:
      throw new Error("Zalo tells nothing of edited or withdrawn messages.");
  }
}

// ── Facebook: an entry with elements, several pictures in one message ──

function facebookSignature({ appSecret }: ConnectedAccount, bytes: string) {
  return { "x-hub-signature-256": `sha256=${createHmac("sha256", appSecret).update(bytes).digest("hex")}` };
}

function facebookBodies(
  { externalId }: ConnectedAccount,
  { resident, messageId, at }: Stamp,
  said: Said,
): object[] {
  const time = at.getTime();
  const entry = (content: object) => ({
    object: "page",
    entry: [
      {
        ...{ id: externalId, time },
        messaging: [{ sender: { id: resident }, recipient: { id: externalId }, timestamp: time, ...content }],
      },
    ],
  });
  const message = (content: object) => [entry({ message: { mid: messageId, ...content } })];
  switch (said.kind) {
    case "text":
      return message({
        text: said.text,
        ...(said.payload === undefined ? {} : { quick_reply: { payload: said.payload } }),
      });
    case "pictures":
      return message({
        ...(said.text ? { text: said.text } : {}),
        attachments: said.urls.map((url) => ({ type: "image", payload: { url } })),
      });
    case "pin": {
      const coordinates = { lat: said.latitude, long: said.longitude };
      return message({ attachments: [{ type: "location", payload: { coordinates } }] });
    }
    case "sticker":
      return message({
        attachments: [
          { type: "sticker", payload: { url: "https://scontent.example.invalid/1.png", sticker_id: 369 } },
        ],
      });
    case "voice":
      return message({ attachments: [{ type: "audio", payload: { url: said.url } }] });
    case "edit":
      return [entry({ message_edit: { mid: said.messageId, text: said.text, num_edit: 1 } })];
    case "unsent":
      return [entry({ message: { mid: said.messageId, is_deleted: true } })];
  }
}
