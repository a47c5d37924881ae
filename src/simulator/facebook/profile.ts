/** What a Page is set to, and who and what stands behind an id: subscriptions, profile, templates, tokens. */
import { z } from "zod";
import type { Account } from "../accounts.ts";
import { textOf } from "../http.ts";
import { numericId } from "../ids.ts";
import { template } from "../templates.ts";
import type { Webhooks } from "../webhooks.ts";
import type { World } from "../world.ts";
import { templateStatus } from "./events.ts";
import { GraphRefusal, invalid } from "./refusal.ts";

type Fields = Record<string, unknown>;
const bodies = z.array(z.looseObject({ type: z.string(), text: z.string().optional() }));

const FIELDS = [
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

export function createProfile(world: World, webhooks: Webhooks) {
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

  function set(account: Account, fields: Fields) {
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

  function createTemplate(account: Account, { name, category, language, components }: Fields) {
    if (typeof name !== "string" || category !== "UTILITY")
      throw invalid("name and category UTILITY are required");
    const body = bodies.safeParse(typeof components === "string" ? JSON.parse(components) : components);
    const wording = body.data?.find(({ type }) => /^body$/i.test(type))?.text;
    if (!wording) throw invalid("components needs a body with a text");
    const id = numericId(`template ${account.id} ${name}`, 16);
    account.templates.set(id, template.parse({ name, wording, language }));
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

  return {
    ...{ subscriptions, subscribe, set, createTemplate, debugToken, object },
    unsubscribe(account: Account) {
      account.subscribed = [];
      return { success: true };
    },
    get: (account: Account, { fields }: Fields) => ({ data: [pick(account.profile, fields)] }),
    remove(account: Account, { fields }: Fields) {
      for (const name of textOf(fields).split(",")) delete account.profile[name];
      return { result: "success" };
    },
    templates: (account: Account) => ({
      data: [...account.templates].map(([id, { name, status }]) => ({ id, name, status })),
    }),
  };
}

function pick(all: Fields, fields: unknown): Fields {
  const names = fields === undefined ? Object.keys(all) : textOf(fields).split(",");
  return Object.fromEntries(names.flatMap((name) => (name in all ? [[name, all[name]]] : [])));
}
