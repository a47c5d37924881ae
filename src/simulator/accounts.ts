/** The accounts the pretend platforms know, their tokens, and what belongs to a Page or OA beside its talks. */
import { z } from "zod";
import type { ChannelName } from "../channels/channel.ts";
import { numericId, secretToken } from "./ids.ts";
import { firstTemplates, type Template } from "./templates.ts";
import type { Thread } from "./threads.ts";

/** An account as the gateway has it: `accounts.json` of the stand-alone simulator is a list of these. */
export const givenAccount = z.object({
  channel: z.enum(["zalo", "facebook"]),
  /** OA id or Page id. */
  externalId: z.string().min(1),
  name: z.string().default(""),
  unitCode: z.string().default(""),
  appId: z.string().nullish(),
  appSecret: z.string().min(1),
  /** Zalo: the OA secret key that signs webhooks. Facebook: the verify token. */
  webhookSecret: z.string(),
  accessToken: z.string().nullish(),
  refreshToken: z.string().nullish(),
  /** When the access token ends; unset: it does not. */
  tokenExpiresAt: z.coerce.date().nullish(),
  /** Zalo: show the OA's buttons; only told to the phone page. */
  buttons: z.boolean().default(false),
});
export type GivenAccount = z.infer<typeof givenAccount>;

export interface Comment {
  id: string;
  parentId: string;
  authorId: string;
  authorName: string;
  text: string;
  at: number;
  repliedPrivately: boolean;
}
export interface Post {
  id: string;
  text: string;
  link?: string;
  picture?: string;
  /** Of a post of several; the first is `picture`. */
  pictures?: string[];
  at: number;
  /** Its words were changed since. */
  edited?: true;
  /** Set while it waits for its time. */
  scheduledFor: number | null;
  comments: Comment[];
}
export interface Article {
  id: string;
  token: string;
  fields: Record<string, unknown>;
  at: number;
}
/** Something uploaded to be sent: usable until it expires. */
export interface Upload {
  url: string;
  kind: "image" | "gif" | "file" | "audio" | "video";
  name: string;
  size: number;
  expiresAt: number;
}

export interface Account {
  /** "zalo:1840…" */
  key: string;
  channel: ChannelName;
  id: string;
  name: string;
  unitCode: string;
  appId: string;
  appSecret: string;
  webhookSecret: string;
  buttons: boolean;
  accessToken: string | null;
  /** ms since 1970, or null: no end. */
  accessUntil: number | null;
  refreshToken: string | null;
  refreshUntil: number | null;
  /** Every token ever given out here, so that a dead one is not taken for a pasted one. */
  issued: Set<string>;
  /** Facebook: which fields of the Page are told to the app; null: all, as if subscribed before. */
  subscribed: string[] | null;
  /** Facebook: greeting, get_started, persistent_menu … */
  profile: Record<string, unknown>;
  posts: Post[];
  /** Facebook: photos that were uploaded and stand in no post yet. */
  photos: Map<string, string>;
  articles: Article[];
  uploads: Map<string, Upload>;
  templates: Map<string, Template>;
  /** Zalo: broadcasts this month. */
  broadcasts: { month: string; count: number };
  threads: Map<string, Thread>;
}

const DAY = 24 * 3_600_000;
/** zalo-oa.md §2: 25 hours, and three months. */
export const ACCESS_LIFETIME = 25 * 3_600_000;
const REFRESH_LIFETIME = 90 * DAY;

/** What every Page of a demo begins with. */
export interface PageStart {
  /** As the gateway would set it by POST /me/messenger_profile. */
  profile: Record<string, unknown>;
  firstPost: string;
}

export function newAccount(given: GivenAccount, start?: PageStart): Account {
  const account: Account = {
    key: `${given.channel}:${given.externalId}`,
    channel: given.channel,
    id: given.externalId,
    // Facebook: the gateway may not know its app id yet and learns it from an echo
    ...{ appId: "", appSecret: "", webhookSecret: "", name: "", unitCode: "", buttons: false },
    ...{ accessToken: null, accessUntil: null, refreshToken: null, refreshUntil: null, issued: new Set() },
    ...{ subscribed: null, profile: {}, posts: [], photos: new Map(), articles: [], uploads: new Map() },
    templates: firstTemplates(given.channel),
    broadcasts: { month: "", count: 0 },
    threads: new Map(),
  };
  adopt(account, given);
  if (start && account.channel === "facebook") begin(account, start);
  return account;
}

function begin(account: Account, { profile, firstPost }: PageStart) {
  account.profile = { ...profile };
  const id = `${account.id}_${numericId(`first post ${account.id}`, 15)}`;
  account.posts.push({ id, text: firstPost, at: Date.now(), scheduledFor: null, comments: [] });
}

/** What the gateway has may have changed: another secret, or a pasted token. */
export function adopt(account: Account, given: GivenAccount) {
  const { name, unitCode, appSecret, webhookSecret, buttons } = given;
  Object.assign(account, { name, unitCode, appSecret, webhookSecret, buttons });
  account.appId = given.appId ?? numericId(`app ${appSecret}`, 15);
  const isPasted = given.accessToken && !account.issued.has(given.accessToken);
  if (!isPasted) return;
  account.issued.add(given.accessToken!);
  account.accessToken = given.accessToken!;
  account.accessUntil = given.tokenExpiresAt?.getTime() ?? null;
  account.refreshToken = given.refreshToken ?? null;
  account.refreshUntil = given.refreshToken ? Date.now() + REFRESH_LIFETIME : null;
  if (given.refreshToken) account.issued.add(given.refreshToken);
}

/** A new pair; the former access token and refresh token are dead from here on. */
export function issuePair(account: Account, now: number): { accessToken: string; refreshToken: string } {
  const pair = { accessToken: secretToken(), refreshToken: secretToken() };
  Object.assign(account, pair);
  account.accessUntil = now + ACCESS_LIFETIME;
  account.refreshUntil = now + REFRESH_LIFETIME;
  account.issued.add(pair.accessToken).add(pair.refreshToken);
  return pair;
}
