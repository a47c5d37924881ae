/** The pretend graph.facebook.com. */
import { createHmac } from "node:crypto";
import type { Account } from "../accounts.ts";
import type { Arrivals } from "../arrivals.ts";
import {
  createFinder,
  fieldsOf,
  textOf,
  type Answer,
  type Call,
  type Handler,
  type Routes,
} from "../http.ts";
import { numericId } from "../ids.ts";
import { createDays, createSeconds } from "../rates.ts";
import type { Settings } from "../settings.ts";
import type { Webhooks } from "../webhooks.ts";
import type { World } from "../world.ts";
import { upload } from "./attachments.ts";
import { templateStatus } from "./events.ts";
import { createMessages } from "./messages.ts";
import { createPage } from "./page.ts";
import { GraphRefusal, invalid, refusalAnswer } from "./refusal.ts";

type Fields = Record<string, unknown>;
type Deed = (account: Account, fields: Fields, call: Call) => unknown;

/** In force in November 2026 (facebook.md §1). */
const VERSIONS = ["v21.0", "v22.0", "v23.0", "v24.0", "v25.0", "v26.0"];
export const FIELDS = [
  ...["messages", "messaging_postbacks", "messaging_referrals", "messaging_optins", "message_deliveries"],
  ...[
    "message_reads",
    "message_echoes",
    "message_edits",
    "message_reactions",
    "messaging_handovers",
    "standby",
  ],
  ...["messaging_policy_enforcement", "message_template_status_update", "feed"],
];
const SCOPES = [
  ...["pages_messaging", "pages_manage_metadata", "pages_show_list", "pages_read_engagement"],
  ...["pages_manage_posts", "pages_manage_engagement", "pages_read_user_content", "public_profile"],
];
const PROFILE = [
  "get_started",
  "greeting",
  "ice_breakers",
  "persistent_menu",
  "commands",
  "whitelisted_domains",
];
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
    "GET /:page/subscribed_apps": own(subscriptions),
    "POST /:page/subscribed_apps": own(subscribe),
    "DELETE /:page/subscribed_apps": own((account) => {
      account.subscribed = [];
      return { success: true };
    }),
    "GET /:page/messenger_profile": own((account, { fields }) => ({ data: [pick(account.profile, fields)] })),
    "POST /:page/messenger_profile": own(setProfile),
    "DELETE /:page/messenger_profile": own((account, { fields }) => {
      for (const name of textOf(fields).split(",")) delete account.profile[name];
      return { result: "success" };
    }),
    "POST /:page/feed": own(page.feed),
    "GET /:page/feed": own((account) => page.posts(account, false)),
    "GET /:page/published_posts": own((account) => page.posts(account, false)),
    "GET /:page/scheduled_posts": own((account) => page.posts(account, true)),
    "POST /:page/photos": own(page.photos),
    "POST /:page/message_templates": own(createTemplate),
    "GET /:page/message_templates": own((account) => ({
      data: [...account.templates].map(([id, { name, status }]) => ({ id, name, status })),
    })),
    "GET /debug_token": debugToken,
    "POST /:id/comments": (account, fields, { params }) => page.comment(account, params.id!, fields),
    "GET /:id/comments": (account, _fields, { params }) => page.comments(account, params.id!),
    "GET /:id": (account, fields, { params }) => object(account, params.id!, fields),
    "DELETE /:id": (account, _fields, { params }) => page.remove(account, params.id!),
  };

  function subscriptions(account: Account) {
    const fields = account.subscribed ?? FIELDS;
    if (fields.length === 0) return { data: [] };
    return { data: [{ id: account.appId, name: "Hỏi Phường", subscribed_fields: fields }] };
  }

  function subscribe(account: Account, { subscribed_fields: given }: Fields) {
    const fields = textOf(given).split(",").filter(Boolean);
    const unknown = fields.filter((field) => !FIELDS.includes(field));
    if (fields.length === 0 || unknown.length > 0)
      throw invalid(`Param subscribed_fields ${unknown.join(",")}`);
    account.subscribed = fields;
    return { success: true };
  }

  function setProfile(account: Account, fields: Fields) {
    const given = Object.fromEntries(Object.entries(fields).filter(([name]) => PROFILE.includes(name)));
    if (Object.keys(given).length === 0)
      throw invalid("Requires one of the params: get_started, greeting, …");
    if (given.persistent_menu && !(given.get_started ?? account.profile.get_started)) {
      throw invalid("You must set a Get Started button if you also wish to use persistent menu");
    }
    Object.assign(account.profile, given);
    world.tell({ type: "account", account: account.key });
    return { result: "success" };
  }

  function createTemplate(account: Account, { name, category }: Fields) {
    if (typeof name !== "string" || category !== "UTILITY")
      throw invalid("name and category UTILITY are required");
    const id = numericId(`template ${account.id} ${name}`, 16);
    account.templates.set(id, { name, status: "APPROVED" });
    webhooks.send(account, `template:${id}`, templateStatus(id, name));
    return { id, status: "APPROVED", category };
  }

  function debugToken(_account: Account, { input_token: token }: Fields) {
    const owner = world
      .accounts()
      .find(({ channel, accessToken }) => channel === "facebook" && accessToken === token);
    if (!owner)
      return {
        data: { is_valid: false, scopes: [], error: { code: 190, message: "Invalid OAuth access token." } },
      };
    return {
      data: {
        ...{ app_id: owner.appId, type: "PAGE", application: "Hỏi Phường", profile_id: owner.id },
        ...{
          is_valid: true,
          expires_at: Math.floor((owner.accessUntil ?? 0) / 1000),
          data_access_expires_at: 0,
        },
        scopes: SCOPES,
      },
    };
  }

  /** A Page, a post, or a person who has written to the Page. */
  function object(account: Account, id: string, { fields }: Fields) {
    if (id === "me" || id === account.id) {
      const all = { id: account.id, name: account.name, link: `https://www.facebook.com/${account.id}` };
      return fields ? { ...pick(all, fields), id: account.id } : { id: all.id, name: all.name };
    }
    const thread = account.threads.get(id);
    if (thread && thread.lastActAt === null)
      throw new GraphRefusal(230, "Requires user consent", undefined, 403);
    if (thread) {
      const [last_name = "", ...first] = thread.name.split(" ");
      const all = { id, first_name: first.join(" ") || last_name, last_name, name: thread.name };
      return fields ? { ...pick(all, fields), id } : all;
    }
    const post = account.posts.find((each) => each.id === id);
    if (post) return { id, message: post.text, created_time: new Date(post.at).toISOString() };
    throw new GraphRefusal(100, `Unsupported get request. Object with ID '${id}' does not exist`, 33);
  }

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

function pick(all: Fields, fields: unknown): Fields {
  const names = fields === undefined ? Object.keys(all) : textOf(fields).split(",");
  return Object.fromEntries(names.flatMap((name) => (name in all ? [[name, all[name]]] : [])));
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
