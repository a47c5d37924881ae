/** An OA's articles: made in the background, asked for by token, broadcast by id (zalo-oa.md §8). */
import { z } from "zod";
import type { Account, Article } from "../accounts.ts";
import type { Call } from "../http.ts";
import { secretToken } from "../ids.ts";
import type { World } from "../world.ts";
import { read } from "./messages.ts";
import { ZaloRefusal } from "./refusal.ts";

/** How long an article is "still processing", ms. */
const PROCESSING = 1500;
const MOST_A_PAGE = 10;

// One field client found exactly 150 refused.
const fields = z.looseObject({
  type: z.enum(["normal", "video"]),
  title: z.string().min(1).max(149),
  author: z.string().max(50).optional(),
  description: z.string().max(300).optional(),
  cover: z
    .looseObject({
      cover_type: z.enum(["photo", "video"]),
      photo_url: z.string().optional(),
      status: z.string().optional(),
    })
    .optional(),
  body: z.array(z.looseObject({ type: z.enum(["text", "image", "video", "product"]) })).min(1),
  status: z.enum(["show", "hide"]).default("hide"),
  comment: z.enum(["show", "hide"]).default("show"),
});

export function createArticles(world: World) {
  const find = (account: Account, id: unknown): Article => {
    const article = account.articles.find((each) => each.id === id);
    if (!article) throw new ZaloRefusal(-201, "id");
    return article;
  };

  function checked(call: Call) {
    const given = read(call, fields);
    const picture = given.cover?.photo_url;
    const isUsable =
      picture === undefined || (/^https?:\/\//.test(picture) && picture === encodeURI(decodeURI(picture)));
    if (!isUsable) throw new ZaloRefusal(-201, "cover is invalid");
    return given;
  }

  return {
    create(account: Account, call: Call) {
      const given = checked(call);
      const article = {
        id: secretToken().slice(0, 20),
        token: secretToken(),
        fields: given,
        at: world.now(),
      };
      account.articles.unshift(article);
      return { token: article.token };
    },
    verify(account: Account, call: Call) {
      const { token } = read(call, z.object({ token: z.string() }));
      const article = account.articles.find((each) => each.token === token);
      if (!article) throw new ZaloRefusal(-201, "token");
      if (world.now() - article.at < PROCESSING) throw new ZaloRefusal(-214);
      return { id: article.id };
    },
    update(account: Account, call: Call) {
      const { id } = read(call, z.looseObject({ id: z.string() }));
      const article = find(account, id);
      article.fields = { ...article.fields, ...checked(call) };
      return { token: article.token };
    },
    getDetail: (account: Account, call: Call) => {
      const { id, fields: known, at } = find(account, call.query.get("id"));
      return { id, ...known, create_date: at, total_view: 0 };
    },
    getSlice(account: Account, call: Call) {
      const offset = Number(call.query.get("offset") ?? 0);
      const limit = Number(call.query.get("limit") ?? MOST_A_PAGE);
      const type = call.query.get("type") ?? "normal";
      if (!(limit >= 1 && limit <= MOST_A_PAGE) || !(offset >= 0)) throw new ZaloRefusal(-201, "limit");
      const all = account.articles.filter((article) => article.fields.type === type);
      const medias = all.slice(offset, offset + limit).map(({ id, fields: known, at }) => ({
        ...{ id, type, title: known.title, status: known.status, create_date: at, total_view: 0 },
        link_view: `${world.address}/articles/${id}`,
      }));
      return { total: all.length, medias };
    },
    remove(account: Account, call: Call) {
      const { id } = read(call, z.object({ id: z.string() }));
      account.articles.splice(account.articles.indexOf(find(account, id)), 1);
      return {};
    },
  };
}
