/** Posts of a Page (facebook.md §3.2). There is no mark against a second copy: after a time-out the posts are listed, never written again. */
import { z } from "zod";
import type { ConnectedAccount } from "../channel.ts";
import { DeliveryError } from "../delivery-error.ts";
import type { FacebookClient } from "./client.ts";

export interface PostText {
  message: string;
  link: string;
  /** Public addresses of pictures: the post is then of photos with these words, and the link stands in the words. */
  pictures: string[];
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

/** A photo that nobody sees may have been uploaded twice. */
function harmless(error: unknown): never {
  if (!(error instanceof DeliveryError) || error.errorClass !== "unknown") throw error;
  throw new DeliveryError("later", error.code, error.message);
}

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

  /**
   * Photos that stand nowhere yet, then one post of them all. Not in the reference, but long in use: a Page that refuses it has
   * taken nothing, and gets the first picture alone.
   * @returns null when it was refused.
   */
  async function createOfSeveral(
    account: ConnectedAccount,
    message: string,
    pictures: string[],
    held: object,
  ): Promise<string | null> {
    const page = `/${account.externalId}`;
    try {
      const media: { media_fbid: string }[] = [];
      for (const url of pictures) {
        const body = { url, published: false };
        const { data } = await call(account, "POST", `${page}/photos`, { body }, made).catch(harmless);
        media.push({ media_fbid: data.id });
      }
      const body = { message, attached_media: media, ...held };
      return (await call(account, "POST", `${page}/feed`, { body }, made)).data.id;
    } catch (error) {
      if (error instanceof DeliveryError && error.errorClass === "permanent") return null;
      throw error;
    }
  }

  return {
    /** @param at published by the platform itself at that moment. @returns the post's id. */
    async create(account: ConnectedAccount, text: PostText, at: Date | null): Promise<string> {
      const { message, link, pictures } = text;
      const held = at ? { published: false, scheduled_publish_time: Math.floor(at.getTime() / 1000) } : {};
      const [first, ...more] = pictures;
      if (first && more.length > 0) {
        const several = await createOfSeveral(account, message, pictures, held);
        if (several) return several;
      }
      const [edge, body] = first
        ? ["photos", { url: first, caption: message, ...held }]
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
