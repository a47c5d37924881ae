/**
 * Articles of an OA and their broadcast to its followers (zalo-oa.md §5.4, §8). An article is made in the background: `create`
 * gives a token, `verify` the id once it is there. Nothing here is tried again: who calls decides.
 */
import { z } from "zod";
import type { ConnectedAccount } from "../channel.ts";
import { DeliveryError } from "../delivery-error.ts";
import type { ZaloClient } from "./client.ts";

/** Confirmed limits, less what one ward's client found refused at the very edge (title 150, description 300). */
export const ARTICLE_LIMITS = { title: 140, author: 50, description: 250 };

export interface ArticleText {
  title: string;
  author: string;
  description: string;
  /** A public address of a picture. */
  cover: string;
  /** A block each: whether a text may carry line breaks or marks is not confirmed. */
  paragraphs: string[];
}

/** Whom a broadcast is for; empty: every follower. Wards are no target of the platform, city codes after the merger of 2025 are not confirmed. */
export interface BroadcastTarget {
  /** "0,1,…", codes of the platform's own list. */
  cities?: string;
}

export interface ListedArticle {
  id: string;
  title: string;
  /** Where residents read it; the platform does not always tell. */
  link: string | null;
}

const made = z.object({ token: z.string().min(1) });
const verified = z.object({ id: z.coerce.string().min(1) });
const broadcast = z.object({ message_id: z.coerce.string().min(1) });
const slice = z.object({
  medias: z
    .array(
      z.looseObject({
        id: z.coerce.string(),
        title: z.string().default(""),
        link_view: z.string().optional(),
      }),
    )
    .default([]),
});
const detail = z.looseObject({ id: z.coerce.string() });
const anything = z.unknown();

const MOST_A_PAGE = 10;

export type ZaloArticles = ReturnType<typeof createZaloArticles>;

export function createZaloArticles({ call }: Pick<ZaloClient, "call">) {
  /** -223 has two meanings in the reference: no right to the API, or no articles left. Neither is a reason to stop the whole OA. */
  async function about<Result>(work: Promise<Result>): Promise<Result> {
    return work.catch((error: unknown) => {
      if (!(error instanceof DeliveryError) || error.code !== "-223") throw error;
      const words = "Hết lượt bài viết của OA trong kỳ này, hoặc OA chưa cấp quyền bài viết cho ứng dụng";
      throw new DeliveryError("permanent", "-223", `${words} (${error.message})`);
    });
  }

  return {
    /** @returns the token by which it is asked for. */
    create: async (account: ConnectedAccount, text: ArticleText): Promise<string> =>
      (await about(call(account, "POST", "/v2.0/article/create", articleBody(text), made))).data.token,

    /** Replaces what a known article says. @returns a token to verify, as after `create`. */
    async change(account: ConnectedAccount, id: string, text: ArticleText): Promise<string> {
      const body = { id, ...articleBody(text) };
      return (await about(call(account, "POST", "/v2.0/article/update", body, made))).data.token;
    },

    /** @throws DeliveryError -214 while it is still being made. */
    verify: async (account: ConnectedAccount, token: string): Promise<string> =>
      (await about(call(account, "POST", "/v2.0/article/verify", { token }, verified))).data.id,

    async remove(account: ConnectedAccount, id: string): Promise<void> {
      await about(call(account, "POST", "/v2.0/article/remove", { id }, anything));
    },

    /** The newest first, ten a page. */
    async list(account: ConnectedAccount, page: number): Promise<ListedArticle[]> {
      const query = `offset=${page * MOST_A_PAGE}&limit=${MOST_A_PAGE}&type=normal`;
      const { data } = await call(account, "GET", `/v2.0/article/getslice?${query}`, undefined, slice);
      return data.medias.map(({ id, title, link_view: link }) => ({ id, title, link: link ?? null }));
    },

    /** Everything the platform keeps of an article, as one text to look for something in. */
    async read(account: ConnectedAccount, id: string): Promise<string> {
      const url = `/v2.0/article/getdetail?id=${encodeURIComponent(id)}`;
      return JSON.stringify((await call(account, "GET", url, undefined, detail)).data);
    },

    /** To the followers. @returns the broadcast's message id. */
    broadcast: async (
      account: ConnectedAccount,
      articleId: string,
      target: BroadcastTarget,
    ): Promise<string> =>
      (await call(account, "POST", "/v2.0/oa/message", broadcastBody(articleId, target), broadcast)).data
        .message_id,
  };
}

function articleBody({ title, author, description, cover, paragraphs }: ArticleText) {
  return {
    type: "normal",
    title,
    author,
    cover: { cover_type: "photo", photo_url: cover, status: "show" },
    description,
    body: paragraphs.map((content) => ({ type: "text", content })),
    status: "show",
    comment: "hide", // nobody hears of comments there: the platform tells of none
  };
}

const broadcastBody = (articleId: string, target: BroadcastTarget) => ({
  recipient: { target },
  message: {
    attachment: {
      type: "template",
      payload: {
        template_type: "media",
        elements: [{ media_type: "article", attachment_id: articleId }],
      },
    },
  },
});
