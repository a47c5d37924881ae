/** One talk between a resident and an account, as both their screens show it. */
import type { Account } from "./accounts.ts";

export interface Attachment {
  type: "image" | "gif" | "sticker" | "audio" | "video" | "file" | "link" | "location" | "contact";
  url?: string;
  name?: string;
  title?: string;
  description?: string;
  size?: number;
  checksum?: string;
  stickerId?: string;
  latitude?: number;
  longitude?: number;
  phone?: string;
}

export interface Button {
  title: string;
  /** url: opens; say: sends the value as text; hidden: the same without showing it; postback; phone: calls. */
  kind: "url" | "say" | "hidden" | "postback" | "phone";
  value: string;
}

/** Part of a message with several: an article, an element of a generic template. */
export interface Card {
  title: string;
  subtitle?: string;
  picture?: string;
  url?: string;
  buttons: Button[];
}

export interface Entry {
  /** The platform's id of the message. */
  id: string;
  at: number;
  by: "resident" | "bot" | "staff" | "note";
  text: string;
  attachments?: Attachment[];
  buttons?: Button[];
  quickReplies?: { title: string; payload: string }[];
  cards?: Card[];
  /** Zalo: asks for name, phone and address. */
  asksInfo?: boolean;
  /** Id of the message it quotes. */
  quotes?: string;
  /** Facebook: given back in the echo. */
  metadata?: string;
  appId?: string;
  reaction?: string;
  edits?: number;
  /** A resident's: sent, then delivered once the gateway has stored it, seen once it was answered. */
  state?: "sent" | "delivered" | "seen";
}

export interface Thread {
  account: Account;
  /** User id or PSID. */
  resident: string;
  name: string;
  follows: boolean;
  /** When the resident last did what opens the window; null: only followed, was invited, or commented. */
  lastActAt: number | null;
  /** Shown on the phone until the answer comes, ms since 1970. */
  typingUntil: number;
  tags: Set<string>;
  entries: Entry[];
  byId: Map<string, Entry>;
}

/** Older messages are forgotten by the screens; the receipts keep theirs. */
const MOST_ENTRIES = 200;

export function newThread(account: Account, resident: string, name: string): Thread {
  return {
    ...{ account, resident, name, follows: false, lastActAt: null, typingUntil: 0 },
    ...{ tags: new Set(), entries: [], byId: new Map() },
  };
}

export function addEntry(thread: Thread, entry: Entry) {
  thread.entries.push(entry);
  thread.byId.set(entry.id, entry);
  if (thread.entries.length > MOST_ENTRIES) thread.byId.delete(thread.entries.shift()!.id);
}
