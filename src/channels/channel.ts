/**
 * What the rest of the service needs from Zalo, Facebook, or whatever comes next. A platform's JSON stops
 * in its own folder; beyond it there are only the shapes of this file.
 */
import type { IncomingHttpHeaders } from "node:http";
import type { TemplateChoices } from "./templates.ts";

export type ChannelName = "zalo" | "facebook";

/** One event cut out of a webhook body: enough to keep it and find its talk, not yet read. */
export interface RawEvent {
  /** The same event sent again has the same key; unique within the channel. */
  externalKey: string;
  /** OA or Page it concerns. */
  accountExternalId: string;
  /** The resident whose talk it belongs to, or null: quotas, policies, comments, tags. */
  residentExternalId: string | null;
  kind: InboundEvent["kind"];
  /** The platform's id of the message concerned, where there is one. */
  messageId: string | null;
  occurredAt: Date;
  /** The element as it came, with the page id put beside it where the platform keeps it outside. */
  raw: object;
}

export type AttachmentType =
  "image" | "gif" | "sticker" | "audio" | "video" | "file" | "link" | "contact" | "location";

export interface InboundAttachment {
  type: AttachmentType;
  url?: string;
  thumbnailUrl?: string;
  name?: string;
  title?: string;
  /** Bytes, as the platform says. */
  size?: number;
  /** WGS 84, degrees. */
  latitude?: number;
  longitude?: number;
  phone?: string;
}

/** Where a talk was opened from: a QR code's ref, an advert. */
export interface Referral {
  ref: string | null;
  source: string | null;
}

export interface MessageEvent {
  kind: "message";
  messageId: string;
  text: string;
  attachments: InboundAttachment[];
  /** The payload behind a tapped button or quick reply. */
  choice: string | null;
  /** The message this one quotes. */
  quotes: string | null;
  /** Written in a web widget by somebody the platform does not know. */
  anonymousConversation?: string;
}

export interface EchoEvent {
  kind: "echo";
  messageId: string;
  text: string;
  attachments: InboundAttachment[];
  /** Zalo: the person who typed it in the OA's own tool. */
  adminId: string | null;
  /** Facebook: the app that sent it. */
  appId: string | null;
  /** Facebook: our own mark, given back. */
  metadata: string | null;
}

/** Everything a platform tells us, in one vocabulary. */
export type InboundEvent =
  | MessageEvent
  | EchoEvent
  | { kind: "postback"; messageId: string | null; title: string; choice: string; referral: Referral | null }
  | { kind: "referral"; referral: Referral }
  | { kind: "reaction"; messageId: string; reaction: string | null }
  | { kind: "edit"; messageId: string; text: string }
  /** The resident took a message back. */
  | { kind: "unsent"; messageId: string }
  | { kind: "follow"; source: string | null }
  | { kind: "unfollow"; source: string | null }
  | { kind: "chat_opened" }
  | {
      kind: "submitted_info";
      name: string;
      phone: string;
      birthday?: string;
      gender?: string;
      address: string;
    }
  | { kind: "delivered"; messageIds: string[]; before: Date | null; trackingId?: string }
  | { kind: "seen"; messageIds: string[]; before: Date | null }
  /** The same events while another app owns the thread: read, never answered. */
  | { kind: "standby"; event: InboundEvent }
  | {
      kind: "thread_control";
      action: "pass" | "take" | "request" | "roles";
      newOwner: string | null;
      previousOwner: string | null;
    }
  | {
      kind: "comment";
      verb: string;
      commentId: string;
      postId: string;
      parentId: string | null;
      /** null: the platform did not say who (a permission is missing). */
      authorId: string | null;
      authorName: string | null;
      byPage: boolean;
      text: string;
    }
  | { kind: "post"; verb: string; item: string; postId: string; text: string }
  | {
      kind: "optin";
      type: string;
      payload: string | null;
      token: string | null;
      expiresAt: Date | null;
      status: string | null;
    }
  | { kind: "consent_withdrawn" }
  | { kind: "tag"; action: "add" | "remove" | "delete"; name: string; residentIds: string[] }
  | { kind: "policy"; action: string; reason: string }
  | { kind: "quota"; previous: string; current: string }
  | { kind: "template_status"; templateId: string; previous: string; current: string; reason: string }
  | { kind: "permission_revoked" }
  /** Kept raw and acknowledged; nobody reads it yet. */
  | { kind: "unknown"; name: string };

/** One answer to a resident, before a platform's shape: its text is complete without any button. */
export interface Reply {
  text: string;
  /** Offered as buttons where the platform has them; the text must already number them. */
  choices?: Choice[];
  /** A picture to send with it: a public address, or a stored one by hash. */
  image?: { url: string } | { mediaHash: string };
  /** A stored file, under the name it shall have; it goes alone, without words. */
  file?: { mediaHash: string; name: string };
  link?: { title: string; url: string };
  /**
   * Goes instead of everything else when the platform's window is closed at the moment of sending; inside the window the
   * words go. Get it from `templateFor` (templates.ts). Not split: the words must fit one message.
   */
  template?: TemplateMessage;
}

/** A message the platform approved beforehand, with what fills its gaps. */
export interface TemplateMessage {
  /** Zalo: the template's number. Facebook: its name. */
  id: string;
  /** Facebook: "vi". */
  language: string;
  /** In the template's order; Zalo goes by the names, Facebook by the order. */
  parameters: { name: string; value: string }[];
}

export interface Choice {
  label: string;
  /** What comes back when it is tapped. */
  value: string;
}

export type Recipient =
  | { user: string }
  /** Facebook: one private reply to a comment. */
  | { comment: string }
  /** Facebook: an answer under a comment, for all to see. */
  | { publicComment: string }
  /** Zalo: a visitor of the web widget. */
  | { anonymous: string; conversation: string };

/** A reply on its way out, with what decides how the platform wants it. */
export interface Outgoing {
  /** Our row; comes back as metadata where the platform can. */
  id: bigint;
  recipient: Recipient;
  reply: Reply;
  author: "bot" | "staff";
  purpose: "reply" | "bulk";
  /** The resident's last message, or null if there was none. */
  lastInboundAt: Date | null;
}

/** An account with its secrets opened: lives in memory only. */
export interface ConnectedAccount {
  id: number;
  channel: ChannelName;
  externalId: string;
  unitCode: string;
  name: string;
  appId: string | null;
  appSecret: string;
  /** Zalo: the OA secret key that signs webhooks. Facebook: the verify token. */
  webhookSecret: string;
  accessToken: string | null;
  status: "active" | "needs_reauth" | "stopped";
  settings: AccountSettings;
}

/** What a unit may choose for its account. */
export interface AccountSettings {
  /** Facebook: how comments that ask or report something are met. */
  comments: "off" | "private" | "public_and_private";
  /** Posts on which comments are left alone. */
  quietPosts: string[];
  /** Zalo: send buttons besides the numbered text; off until tried on the real OA. */
  buttons: boolean;
  /** Messages a second this account may send; unset: the platform's own limit. */
  sendsPerSecond?: number;
  /** Facebook: the Page has the HUMAN_AGENT permission. */
  humanAgent: boolean;
  /** Zalo: what stands first in a webhook's signature; the app id as documented, unless the real OA shows otherwise. */
  signedWith: "app_id" | "oa_id";
  /** Zalo: sign API calls with appsecret_proof. */
  secretProof: boolean;
  /** Approved templates, by what they are used for; none: nothing goes past the window. */
  templates: TemplateChoices;
}

export interface Channel {
  name: ChannelName;
  /** Is the body signed by the platform, for any of these accounts? Compares in constant time, on the raw bytes. */
  isAuthentic(headers: IncomingHttpHeaders, rawBody: Buffer, accounts: ConnectedAccount[]): boolean;
  /** Cuts a parsed body into events, every entry and every element; what it cannot read becomes "unknown". Never throws. */
  split(body: unknown): RawEvent[];
  /** Reads one kept element. Never throws: at worst "unknown". */
  parse(raw: unknown): InboundEvent;
  /** Sends one message, if the platform's window allows it now. @throws DeliveryError */
  send(account: ConnectedAccount, outgoing: Outgoing, now: Date): Promise<Receipt>;
  /** Longest text of one message, in characters of NFC. */
  textLimit: number;
  /** Files it takes besides pictures: their types by content, and the most bytes. */
  files: { types: ReadonlySet<string>; largest: number };
  /** The public name of somebody who has written to the account; null: they have none. @throws DeliveryError */
  readName?(account: ConnectedAccount, residentExternalId: string): Promise<string | null>;
  /** Shows that an answer is being written; failing silently. */
  showTyping?(account: ConnectedAccount, residentExternalId: string): Promise<void>;
}

export interface Receipt {
  externalId: string;
  /** The platform asks for calm until then (usage headers). */
  slowDownUntil?: Date;
}
