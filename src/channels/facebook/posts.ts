/** Posts of a Page (facebook.md §3.2). There is no mark against a second copy: after a time-out the posts are listed, never written again. */
import { z } from "zod";
import type { ConnectedAccount } from "../channel.ts";
import type { FacebookClient } from "./client.ts";

export interface PostText {
  message: string;
  link: string;
  /** A public address of a picture: the post is then a photo with these words under it, and the link stands in them. */
  picture: string | null;
}

export interface ListedPost {
  id: string;
  message: string;
  link: string | null;
}

/** How far ahead the platform takes a post: ten minutes at least; the upper bound is disputed, a month the strictest reading. */
export const SCHEDULE_AHEAD = { least: 15 * 60_000, most: 29 * 24 * 3_600_000 };

const made = z.object({ id: z.string().min(1), post_id: z.string().optional() });
const posts = z.object({
  data: z.array(
    z.looseObject({
      id: z.string(),
      message: z.string().default(""),
      permalink_url: z.string().optional(),
    }),
  ),
});
const anything = z.unknown();
/** So many of the newest are looked through. */
const LISTED = "50";

export type FacebookPosts = ReturnType<typeof createFacebookPosts>;

export function createFacebookPosts({ call }: Pick<FacebookClient, "call">) {
  async function list(account: ConnectedAccount, edge: "published_posts" | "scheduled_posts") {
    const params = { fields: "id,message,permalink_url", limit: LISTED };
    const { data } = await call(account, "GET", `/${account.externalId}/${edge}`, { params }, posts);
    return data.data.map(({ id, message, permalink_url: link }): ListedPost => {
      return { id, message, link: link ?? null };
    });
  }

  return {
    /** @param at published by the platform itself at that moment. @returns the post's id. */
    async create(account: ConnectedAccount, text: PostText, at: Date | null): Promise<string> {
      const { message, link, picture } = text;
      const held = at ? { published: false, scheduled_publish_time: Math.floor(at.getTime() / 1000) } : {};
      const [edge, body] = picture
        ? ["photos", { url: picture, caption: message, ...held }]
        : ["feed", { message, link, ...held }];
      const { data } = await call(account, "POST", `/${account.externalId}/${edge}`, { body }, made);
      return data.post_id ?? data.id;
    },
    /** Other words; the picture or the link stays. */
    async change(account: ConnectedAccount, id: string, message: string): Promise<void> {
      await call(account, "POST", `/${id}`, { body: { message } }, anything);
    },
    async remove(account: ConnectedAccount, id: string): Promise<void> {
      await call(account, "DELETE", `/${id}`, {}, anything);
    },
    /** The newest first. */
    published: (account: ConnectedAccount) => list(account, "published_posts"),
    /** What the platform holds for later. */
    scheduled: (account: ConnectedAccount) => list(account, "scheduled_posts"),
  };
}
