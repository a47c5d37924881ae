/** The pretend graph.facebook.com. */
import { createHmac } from "node:crypto";
import type { Account } from "../accounts.ts";
import type { Arrivals } from "../arrivals.ts";
import { createFinder, fieldsOf, type Answer, type Call, type Handler, type Routes } from "../http.ts";
import { createDays, createSeconds } from "../rates.ts";
import type { Settings } from "../settings.ts";
import type { Webhooks } from "../webhooks.ts";
import type { World } from "../world.ts";
import { upload } from "./attachments.ts";
import { createMessages } from "./messages.ts";
import { createPage } from "./page.ts";
import { createProfile } from "./profile.ts";
import { GraphRefusal, invalid, refusalAnswer } from "./refusal.ts";

type Fields = Record<string, unknown>;
type Deed = (account: Account, fields: Fields, call: Call) => unknown;

/** In force in November 2026 (facebook.md §1). */
const VERSIONS = ["v21.0", "v22.0", "v23.0", "v24.0", "v25.0", "v26.0"];
/** Quota of a Page a day: this many calls for each person engaged with it. */
const CALLS_PER_ENGAGED = 200;

export function createGraphApi(
  world: World,
  webhooks: Webhooks,
  arrivals: Arrivals,
  settings: () => Settings,
) {
  const messages = createMessages(world, arrivals);
  const page = createPage(world, webhooks);
  const profile = createProfile(world, webhooks);
  const seconds = createSeconds(world.now);
  const days = createDays(world.now);

  function send(account: Account, fields: Fields) {
    if (seconds.count(account.id) > settings().facebookPerSecond) {
      throw new GraphRefusal(613, "Calls to this api have exceeded the rate limit.");
    }
    return messages.send(account, fields);
  }

  /** `:page` may be "me": the Page of the token. */
  const deeds: Record<string, Deed> = {
    "POST /:page/messages": own(send),
    "POST /:page/message_attachments": own((account, fields, call) => upload(world, account, call, fields)),
    "GET /:page/subscribed_apps": own(profile.subscriptions),
    "POST /:page/subscribed_apps": own(profile.subscribe),
    "DELETE /:page/subscribed_apps": own(profile.unsubscribe),
    "GET /:page/messenger_profile": own(profile.get),
    "POST /:page/messenger_profile": own(profile.set),
    "DELETE /:page/messenger_profile": own(profile.remove),
    "POST /:page/feed": own(page.feed),
    "GET /:page/feed": own((account) => page.posts(account, false)),
    "GET /:page/published_posts": own((account) => page.posts(account, false)),
    "GET /:page/scheduled_posts": own((account) => page.posts(account, true)),
    "POST /:page/photos": own(page.photos),
    "POST /:page/message_templates": own(profile.createTemplate),
    "GET /:page/message_templates": own(profile.templates),
    "GET /debug_token": profile.debugToken,
    "POST /:id/comments": (account, fields, { params }) => page.comment(account, params.id!, fields),
    "GET /:id/comments": (account, _fields, { params }) => page.comments(account, params.id!),
    "GET /:id": (account, fields, { params }) => profile.object(account, params.id!, fields),
    "POST /:id": (account, fields, { params }) => page.edit(account, params.id!, fields),
    "DELETE /:id": (account, _fields, { params }) => page.remove(account, params.id!),
  };

  /** The token belongs to one Page; calls about another are refused. */
  function own(deed: Deed): Deed {
    return (account, fields, call) => {
      const { page: id } = call.params;
      if (id === "me" || id === account.id) return deed(account, fields, call);
      throw new GraphRefusal(100, `Unsupported request. Object with ID '${id}' does not exist`, 33);
    };
  }

  async function callerOf({ headers }: Call, fields: Fields): Promise<Account> {
    const bearer = /^Bearer (.+)$/i.exec(headers.authorization ?? "")?.[1];
    const token = bearer ?? fields.access_token;
    const account =
      typeof token === "string" && token
        ? await world.accountOf("facebook", ({ accessToken }) => accessToken === token)
        : undefined;
    if (!account) throw new GraphRefusal(190, "Invalid OAuth access token.", undefined, 401);
    if (account.accessUntil !== null && account.accessUntil <= world.now()) {
      throw new GraphRefusal(190, "Error validating access token: Session has expired", 463, 401);
    }
    const expected = () =>
      createHmac("sha256", account.appSecret)
        .update(token as string)
        .digest("hex");
    const proof = fields.appsecret_proof;
    if (proof !== undefined && proof !== expected())
      throw invalid("Invalid appsecret_proof provided in the API argument");
    return account;
  }

  const answering =
    (deed: Deed): Handler =>
    async (call) => {
      const fields = fieldsOf(call);
      let headers: Record<string, string> = {};
      try {
        const account = await callerOf(call, fields);
        headers = usage(account, days.count(account.id), settings().facebookEngaged * CALLS_PER_ENGAGED);
        return { body: await deed(account, fields, call), headers };
      } catch (error) {
        if (error instanceof GraphRefusal) return { ...refusalAnswer(error), headers };
        throw error;
      }
    };

  const routes: Routes = Object.fromEntries(
    Object.entries(deeds).map(([key, deed]) => [key, answering(deed)]),
  );
  const find = createFinder(routes);
  return {
    publishDue: page.publishDue,
    async answer(call: Call): Promise<Answer> {
      const [, version, ...rest] = call.path.split("/");
      const found = VERSIONS.includes(version!) ? find(call.method, `/${rest.join("/")}`) : null;
      if (!found) return refusalAnswer(new GraphRefusal(2500, `Unknown path components: ${call.path}`));
      return found.handler({ ...call, params: found.params });
    },
  };
}

/** Shares in percent of what may be called in a day. */
function usage(account: Account, calls: number, limit: number): Record<string, string> {
  const share = Math.min(100, Math.floor((100 * calls) / limit));
  const figures = { call_count: share, total_cputime: 0, total_time: 0 };
  const ofPage = [{ type: "messenger", ...figures, estimated_time_to_regain_access: share >= 100 ? 1 : 0 }];
  return {
    "x-app-usage": JSON.stringify(figures),
    "x-business-use-case-usage": JSON.stringify({ [account.id]: ofPage }),
  };
}

/** A limit on demand. */
export const rateLimited = (): Answer =>
  refusalAnswer(new GraphRefusal(613, "Calls to this api have exceeded the rate limit."));
