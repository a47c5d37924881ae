/** Followers and what an OA notes about them; the OA itself and its quota (zalo-oa.md §7). */
import { z } from "zod";
import type { Account } from "../accounts.ts";
import type { Call } from "../http.ts";
import { numericId } from "../ids.ts";
import type { Settings } from "../settings.ts";
import type { Thread } from "../threads.ts";
import type { Webhooks } from "../webhooks.ts";
import type { World } from "../world.ts";
import * as events from "./events.ts";
import { read } from "./messages.ts";
import { ZaloRefusal } from "./refusal.ts";

const DAY = 24 * 3_600_000;
const MOST_A_PAGE = 50;
const LAST_OFFSET = 9951;
const PERIODS: Record<string, [from: number, until: number]> = {
  ...{ TODAY: [1, 0], YESTERDAY: [2, 1], L7D: [7, 0], L30D: [30, 0] },
};

/** These calls carry their parameters as JSON in `data`. */
function dataOf<Schema extends z.ZodType>(call: Call, schema: Schema): z.infer<Schema> {
  let data: unknown;
  try {
    data = JSON.parse(call.query.get("data") ?? "{}");
  } catch {
    throw new ZaloRefusal(-201, "data");
  }
  const result = schema.safeParse(data);
  if (!result.success) throw new ZaloRefusal(-201, result.error.issues[0]?.path.join("."));
  return result.data;
}

export function createUsers(world: World, webhooks: Webhooks, settings: () => Settings) {
  const known = (account: Account, id: string): Thread => {
    const thread = account.threads.get(id);
    if (!thread) throw new ZaloRefusal(-201, "user_id");
    return thread;
  };

  return {
    /** GET /v2.0/oa/getoa */
    getOa: (account: Account) => ({
      oa_id: account.id,
      name: account.name,
      description: "Tài khoản giả lập",
      oa_alias: "",
      is_verified: true,
      oa_type: 2,
      cate_name: "Cơ quan nhà nước",
      num_follower: [...account.threads.values()].filter(({ follows }) => follows).length,
      avatar: "",
      cover: "",
      package_name: "Gói Nâng cao",
      package_valid_through_date: "31/12/2027",
      package_auto_renew_date: "",
      linked_ZCA: "",
    }),

    /** GET /v3.0/oa/user/detail */
    detail(account: Account, call: Call) {
      const { user_id: id } = dataOf(call, z.object({ user_id: z.string() }));
      const thread = known(account, id);
      return {
        user_id: id,
        user_id_by_app: numericId(`by app ${account.appId} ${id}`, 19),
        user_external_id: "",
        display_name: thread.name,
        user_alias: thread.name,
        is_sensitive: false,
        user_last_interaction_date: thread.lastActAt === null ? "" : dayOf(thread.lastActAt),
        user_is_follower: thread.follows,
        avatar: "",
        avatars: { 120: "", 240: "" },
        dynamic_param: "",
        tags_and_notes_info: { notes: [], tag_names: [...thread.tags] },
        shared_info: {},
      };
    },

    /** GET /v3.0/oa/user/getlist */
    list(account: Account, call: Call) {
      const wanted = dataOf(
        call,
        z.object({
          offset: z.coerce.number().int().min(0).max(LAST_OFFSET),
          count: z.coerce.number().int().min(1).max(MOST_A_PAGE),
          tag_name: z.string().optional(),
          last_interaction_period: z.string().optional(),
          is_follower: z.union([z.boolean(), z.stringbool()]).optional(),
        }),
      );
      const fits = (thread: Thread) =>
        (wanted.is_follower === undefined || thread.follows === wanted.is_follower) &&
        (!wanted.tag_name || thread.tags.has(wanted.tag_name)) &&
        isWithin(thread, wanted.last_interaction_period, world.now());
      const all = [...account.threads.values()].filter(fits);
      const page = all.slice(wanted.offset, wanted.offset + wanted.count);
      return {
        total: all.length,
        count: page.length,
        offset: wanted.offset,
        users: page.map(({ resident }) => ({ user_id: resident })),
      };
    },

    /** POST /v2.0/oa/tag/tagfollower and /rmfollowerfromtag */
    tag(account: Account, call: Call, isAdded: boolean) {
      const { user_id: id, tag_name: name } = read(
        call,
        z.object({ user_id: z.string(), tag_name: z.string().min(1) }),
      );
      const thread = known(account, id);
      if (isAdded) thread.tags.add(name);
      else thread.tags.delete(name);
      webhooks.send(account, `tag:${name}`, events.tagged(thread, name, isAdded, world.now()));
      return {};
    },

    /** POST /v2.0/oa/tag/rmtag */
    removeTag(account: Account, call: Call) {
      const { tag_name: name } = read(call, z.object({ tag_name: z.string() }));
      for (const thread of account.threads.values()) thread.tags.delete(name);
      return {};
    },

    /** GET /v2.0/oa/tag/gettagsofoa */
    tags: (account: Account) => [...new Set([...account.threads.values()].flatMap(({ tags }) => [...tags]))],

    /** POST /v3.0/oa/quota/message */
    quota(account: Account, call: Call) {
      const { user_id: id } = read(call, z.looseObject({ user_id: z.string().optional() }));
      const { broadcastsPerMonth: total } = settings();
      const left = total - account.broadcasts.count;
      const promotion = {
        daily_total: total,
        daily_remain: left,
        monthly_total: total,
        monthly_remain: left,
      };
      if (!id)
        return [{ quota_owner: "OA", product_type: "cs", quota_type: "sub_quota", total: 0, remain: 0 }];
      const { lastActAt } = known(account, id);
      const isFree = lastActAt !== null && world.now() - lastActAt <= 2 * DAY;
      return {
        last_interaction: lastActAt === null ? "" : String(lastActAt),
        cs_reply: { is_free: isFree },
        promotion,
      };
    },
  };
}

function isWithin({ lastActAt }: Thread, period: string | undefined, now: number): boolean {
  if (!period) return true;
  const days = PERIODS[period];
  if (!days) return true; // a range of dates
  return lastActAt !== null && lastActAt > now - days[0] * DAY && lastActAt <= now - days[1] * DAY;
}

const dayOf = (at: number) => new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Ho_Chi_Minh" }).format(at);
