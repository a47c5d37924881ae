/** Messages of an OA: to one resident, by template, and the broadcast of an article (zalo-oa.md §5). */
import { z } from "zod";
import type { Account } from "../accounts.ts";
import type { Arrivals } from "../arrivals.ts";
import { jsonOf, type Call } from "../http.ts";
import { zaloMessageId } from "../ids.ts";
import type { Settings } from "../settings.ts";
import { filled, gapsOf } from "../templates.ts";
import type { Thread } from "../threads.ts";
import type { World } from "../world.ts";
import { contentOf, message } from "./content.ts";
import { ZaloRefusal } from "./refusal.ts";

const HOUR = 3_600_000;
const csBody = z.object({ recipient: z.looseObject({ user_id: z.string().min(1) }), message });
const templateBody = z.strictObject({
  user_id: z.string().min(1),
  template_id: z.coerce.string().min(1),
  template_data: z.record(z.string(), z.string()),
});
/** Zalo gives no number; ours. */
const LONGEST_PARAMETER = 400;

/** @throws ZaloRefusal -201 naming the field, as the platform does. */
export function read<Schema extends z.ZodType>(call: Call, schema: Schema): z.infer<Schema> {
  const result = schema.safeParse(jsonOf(call));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new ZaloRefusal(-201, `${issue?.path.join(".")} ${issue?.message}`);
}

export function createMessages(world: World, arrivals: Arrivals, settings: () => Settings) {
  /** POST /v3.0/oa/message/cs */
  function sendCs(account: Account, call: Call) {
    const { recipient, message } = read(call, csBody);
    const thread = threadOf(account, recipient.user_id);
    const hours = checkWindow(thread, world.now());
    const entry = arrivals.arrive(thread, contentOf(world, account, message));
    return {
      ...{ message_id: entry.id, user_id: thread.resident, sent_time: String(entry.at) },
      // remain and total are no longer told since 2026-03-01
      quota: { quota_type: hours <= 48 ? "reply" : "sub_quota", owner_type: "OA", owner_id: account.id },
    };
  }

  function threadOf(account: Account, resident: string): Thread {
    const thread = account.threads.get(resident);
    if (!thread) throw new ZaloRefusal(-201, "user_id");
    return thread;
  }

  /** POST /v3.0/oa/message/template: past the window as well as in it. */
  function sendTemplate(account: Account, call: Call) {
    const body = read(call, templateBody);
    const thread = threadOf(account, body.user_id);
    const template = account.templates.get(body.template_id);
    if (!template) throw new ZaloRefusal(-117);
    if (template.status !== "APPROVED") throw new ZaloRefusal(template.status === "DISABLED" ? -146 : -131);
    if (!template.byUserId) throw new ZaloRefusal(-249);
    const gaps = gapsOf(template);
    const missing = gaps.find((name) => !body.template_data[name]);
    if (missing) throw new ZaloRefusal(-1121, missing);
    const strange = Object.keys(body.template_data).find((name) => !gaps.includes(name));
    if (strange) throw new ZaloRefusal(-1122, strange);
    const long = gaps.find((name) => [...body.template_data[name]!].length > LONGEST_PARAMETER);
    if (long) throw new ZaloRefusal(-1124, long);
    if (template.left === 0) throw new ZaloRefusal(-147);
    template.left--;
    const entry = arrivals.arrive(thread, { text: filled(template, body.template_data) });
    return { message_id: entry.id, user_id: thread.resident, sent_time: String(entry.at) };
  }

  /** POST /v2.0/oa/message: only broadcasts, anonymous visitors and reactions are left of it. */
  function sendV2(account: Account, call: Call) {
    const body = read(
      call,
      z.object({
        recipient: z
          .looseObject({ user_id: z.string().optional(), anonymous_id: z.string().optional() })
          .extend({ target: z.looseObject({}).optional() }),
        message: message.optional(),
        sender_action: z.object({ react_icon: z.string(), react_message_id: z.string() }).optional(),
      }),
    );
    const { recipient, sender_action: action } = body;
    if (recipient.target) return broadcast(account, body.message);
    if (action)
      return react(threadOf(account, recipient.user_id ?? ""), action.react_message_id, action.react_icon);
    if (!recipient.anonymous_id) throw new ZaloRefusal(-240);
    const thread = threadOf(account, recipient.anonymous_id);
    const entry = arrivals.arrive(thread, contentOf(world, account, body.message ?? {}));
    return { message_id: entry.id };
  }

  function react(thread: Thread, id: string, icon: string) {
    const entry = thread.byId.get(id);
    if (!entry) throw new ZaloRefusal(-201, "react_message_id");
    entry.reaction = icon;
    world.changed(thread, entry);
    return { message_id: id };
  }

  function broadcast(account: Account, given: z.infer<typeof message> | undefined) {
    const { hour, month } = inVietnam(world.now());
    if (hour >= 22 || hour < 6) throw new ZaloRefusal(-234);
    const media = given?.attachment?.payload.elements?.[0];
    if (media?.media_type !== "article") throw new ZaloRefusal(-233, "only an article can be broadcast");
    const article = account.articles.find(({ id }) => id === media.attachment_id);
    if (!article) throw new ZaloRefusal(-201, "attachment_id");
    if (account.broadcasts.month !== month) account.broadcasts = { month, count: 0 };
    if (account.broadcasts.count >= settings().broadcastsPerMonth) throw new ZaloRefusal(-211);
    account.broadcasts.count++;
    const { title, description, cover } = article.fields as Record<string, string> & {
      cover?: { photo_url?: string };
    };
    const card = {
      ...{ title: title ?? "", subtitle: description ?? "", buttons: [] },
      url: `${world.address}/articles/${article.id}`,
      ...(cover?.photo_url ? { picture: cover.photo_url } : {}),
    };
    for (const thread of account.threads.values()) {
      if (thread.follows) arrivals.arrive(thread, { text: "", cards: [card] });
    }
    return { message_id: zaloMessageId() };
  }

  return { sendCs, sendTemplate, sendV2 };
}

/** Free for 48 hours, paid to 7 days, then nothing. @returns hours since the last act. @throws ZaloRefusal */
function checkWindow({ lastActAt }: Thread, now: number): number {
  if (lastActAt === null) throw new ZaloRefusal(-232);
  const hours = (now - lastActAt) / HOUR;
  if (hours > 45 * 24) throw new ZaloRefusal(-227, "user is inactive for more than 45 days");
  if (hours > 7 * 24) throw new ZaloRefusal(-230);
  return hours;
}

const vietnam = new Intl.DateTimeFormat("en-CA", {
  ...({ timeZone: "Asia/Ho_Chi_Minh", hourCycle: "h23" } as const),
  ...({ year: "numeric", month: "2-digit", hour: "2-digit" } as const),
});

/** The night ban's time zone is not stated; Vietnam's is assumed. */
function inVietnam(now: number): { hour: number; month: string } {
  const parts = Object.fromEntries(vietnam.formatToParts(now).map(({ type, value }) => [type, value]));
  return { hour: Number(parts.hour), month: `${parts.year}-${parts.month}` };
}
