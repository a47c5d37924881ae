/** The pretend openapi.zalo.me. */
import { createHmac } from "node:crypto";
import type { Account } from "../accounts.ts";
import type { Arrivals } from "../arrivals.ts";
import { createFinder, type Answer, type Call, type Handler, type Routes } from "../http.ts";
import { createMinutes } from "../rates.ts";
import type { Settings } from "../settings.ts";
import type { Webhooks } from "../webhooks.ts";
import type { World } from "../world.ts";
import { createArticles } from "./articles.ts";
import { createMessages } from "./messages.ts";
import { refusalAnswer, success, ZaloRefusal } from "./refusal.ts";
import { upload } from "./uploads.ts";
import { createUsers } from "./users.ts";

type Deed = (account: Account, call: Call) => unknown;

export function createZaloApi(
  world: World,
  webhooks: Webhooks,
  arrivals: Arrivals,
  settings: () => Settings,
) {
  const messages = createMessages(world, arrivals, settings);
  const users = createUsers(world, webhooks, settings);
  const articles = createArticles(world);
  const minutes = createMinutes(world.now);

  const deeds: Record<string, Deed> = {
    "POST /v3.0/oa/message/cs": messages.sendCs,
    "POST /v3.0/oa/message/template": messages.sendTemplate,
    "POST /v2.0/oa/message": messages.sendV2,
    "POST /v2.0/oa/upload/image": (account, call) => upload(world, account, "image", call),
    "POST /v2.0/oa/upload/gif": (account, call) => upload(world, account, "gif", call),
    "POST /v2.0/oa/upload/file": (account, call) => upload(world, account, "file", call),
    "GET /v2.0/oa/getoa": users.getOa,
    "GET /v3.0/oa/user/detail": users.detail,
    "GET /v3.0/oa/user/getlist": users.list,
    "POST /v2.0/oa/tag/tagfollower": (account, call) => users.tag(account, call, true),
    "POST /v2.0/oa/tag/rmfollowerfromtag": (account, call) => users.tag(account, call, false),
    "POST /v2.0/oa/tag/rmtag": users.removeTag,
    "GET /v2.0/oa/tag/gettagsofoa": users.tags,
    "POST /v3.0/oa/quota/message": users.quota,
    "POST /v2.0/oa/quota/message": users.quota,
    "POST /v2.0/article/create": articles.create,
    "POST /v2.0/article/verify": articles.verify,
    "POST /v2.0/article/update": articles.update,
    "GET /v2.0/article/getdetail": articles.getDetail,
    "GET /v2.0/article/getslice": articles.getSlice,
    "POST /v2.0/article/remove": articles.remove,
    ...closed(["getprofile", "getfollowers"], -240),
  };

  /** Who calls, by the bare token in the header. @throws ZaloRefusal */
  async function callerOf({ headers }: Call): Promise<Account> {
    const token = headers.access_token;
    const account =
      typeof token === "string" && token
        ? await world.accountOf("zalo", ({ accessToken }) => accessToken === token)
        : undefined;
    if (!account) throw new ZaloRefusal(-216);
    if (account.accessUntil !== null && account.accessUntil <= world.now()) throw new ZaloRefusal(-220);
    const proof = headers.appsecret_proof;
    const expected = () =>
      createHmac("sha256", account.appSecret)
        .update(token as string)
        .digest("hex");
    if (proof !== undefined && proof !== expected()) throw new ZaloRefusal(-242);
    return account;
  }

  const answering =
    (deed: Deed): Handler =>
    async (call) => {
      let limits: Record<string, string> = {};
      try {
        const account = await callerOf(call);
        const limit = settings().zaloPerMinute;
        const left = limit - minutes.count(account.appId);
        limits = { "X-RateLimit-Limit": String(limit), "X-RateLimit-Remain": String(Math.max(0, left)) };
        if (left < 0) throw new ZaloRefusal(-32);
        return { ...success(await deed(account, call)), headers: limits };
      } catch (error) {
        if (error instanceof ZaloRefusal) return { ...refusalAnswer(error), headers: limits };
        throw error;
      }
    };

  const routes: Routes = Object.fromEntries(
    Object.entries(deeds).map(([key, deed]) => [key, answering(deed)]),
  );
  const find = createFinder(routes);
  return async function answer(call: Call): Promise<Answer> {
    const found = find(call.method, call.path);
    if (!found) return { status: 404, body: { error: 404, message: "Empty api" } };
    return found.handler(call);
  };
}

/** What Zalo has switched off. */
function closed(names: string[], code: number): Record<string, Deed> {
  const refuse = () => {
    throw new ZaloRefusal(code);
  };
  return Object.fromEntries(names.map((name) => [`GET /v2.0/oa/${name}`, refuse]));
}

export const rateLimited = (): Answer => ({
  ...refusalAnswer(new ZaloRefusal(-32)),
  headers: { "X-RateLimit-Limit": "4000", "X-RateLimit-Remain": "0" },
});
