/** Messages of an OA: to one resident, by template, and the broadcast of an article (zalo-oa.md §5). */
import { z } from "zod";
import type { Account } from "../accounts.ts";
import type { Arrivals } from "../arrivals.ts";
import { jsonOf, type Call } from "../http.ts";
import { zaloMessageId } from "../ids.ts";
import type { Settings } from "../settings.ts";
import type { Attachment, Button, Entry, Thread } from "../threads.ts";
import type { World } from "../world.ts";
import { ZaloRefusal } from "./refusal.ts";

const HOUR = 3_600_000;
const LONGEST_TEXT = 2000;
const MOST_BUTTONS = 5;
const LONGEST_TITLE = 100;
const LONGEST_PAYLOAD = 1000;

const button = z.object({
  title: z.string().min(1),
  type: z.enum(["oa.open.url", "oa.query.show", "oa.query.hide", "oa.open.phone", "oa.open.sms"]),
  payload: z.union([z.string(), z.looseObject({})]),
});
const element = z.looseObject({
  media_type: z.string().optional(),
  url: z.string().optional(),
  attachment_id: z.string().optional(),
  width: z.coerce.number().optional(),
  height: z.coerce.number().optional(),
  title: z.string().optional(),
});
const attachment = z.object({
  type: z.enum(["template", "file"]),
  payload: z.looseObject({
    template_type: z.string().optional(),
    elements: z.array(element).optional(),
    buttons: z.array(button).optional(),
    token: z.string().optional(),
  }),
});
const message = z.object({
  text: z.string().optional(),
  quote_message_id: z.string().optional(),
  attachment: attachment.optional(),
});
const csBody = z.object({ recipient: z.looseObject({ user_id: z.string().min(1) }), message });

type Content = Omit<Entry, "id" | "at" | "by">;

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
    const entry = arrivals.arrive(thread, contentOf(account, message));
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

  function contentOf(
    account: Account,
    { text, attachment, quote_message_id: quotes }: z.infer<typeof message>,
  ): Content {
    if (!text && !attachment) throw new ZaloRefusal(-201, "message is empty");
    const words = (text ?? "").normalize("NFC");
    if ([...words].length > LONGEST_TEXT)
      throw new ZaloRefusal(-210, `text must not be longer than ${LONGEST_TEXT}`);
    const content: Content = { text: words, ...(quotes ? { quotes } : {}) };
    if (!attachment) return content;
    const { payload, type } = attachment;
    if (type === "file") return { ...content, attachments: [uploaded(account, payload.token, ["file"])] };
    if (payload.buttons) return { ...content, buttons: readButtons(payload.buttons) };
    if (payload.template_type === "request_user_info")
      return { ...content, ...requestOf(payload.elements?.[0]) };
    if (payload.template_type !== "media") throw new ZaloRefusal(-233, payload.template_type);
    const [media, ...more] = payload.elements ?? [];
    if (!media || more.length > 0) throw new ZaloRefusal(-201, "elements");
    return { ...content, attachments: [pictureOf(account, media)] };
  }

  function pictureOf(account: Account, media: z.infer<typeof element>): Attachment {
    const { media_type: kind, url, attachment_id: id, width, height } = media;
    if (kind === "sticker")
      return { type: "sticker", stickerId: id ?? "", url: `${world.address}/stickers/${id}.svg` };
    if (kind !== "image" && kind !== "gif") throw new ZaloRefusal(-233, `media_type ${kind}`);
    if (!url === !id) throw new ZaloRefusal(-201, "one of url and attachment_id");
    if (kind === "gif" && !(width && height)) throw new ZaloRefusal(-201, "width and height of a gif");
    return url ? { type: kind, url } : uploaded(account, id, [kind]);
  }

  function uploaded(account: Account, id: string | undefined, kinds: string[]): Attachment {
    const upload = account.uploads.get(id ?? "");
    if (!upload || !kinds.includes(upload.kind)) throw new ZaloRefusal(-201, "attachment_id");
    if (upload.expiresAt < world.now()) throw new ZaloRefusal(-100);
    const { kind, url, name, size } = upload;
    return { type: kind, url, name, size };
  }

  /** POST /v3.0/oa/message/template, and the same to a phone number on the business host. */
  function sendTemplate(account: Account, call: Call) {
    const body = read(
      call,
      z.object({
        user_id: z.string().min(1),
        template_id: z.coerce.string().min(1),
        template_data: z.looseObject({}),
      }),
    );
    const thread = threadOf(account, body.user_id);
    const entry = arrivals.arrive(thread, { text: templateText(body.template_id, body.template_data) });
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
    const entry = arrivals.arrive(thread, contentOf(account, body.message ?? {}));
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

function readButtons(given: z.infer<typeof button>[]): Button[] {
  if (given.length > MOST_BUTTONS) throw new ZaloRefusal(-210, `at most ${MOST_BUTTONS} buttons`);
  return given.map(({ title, type, payload }) => {
    if (title.length > LONGEST_TITLE) throw new ZaloRefusal(-210, "title of a button");
    const inside = (name: string) => (typeof payload === "object" ? payload[name] : undefined);
    const value = {
      "oa.open.url": inside("url"),
      "oa.open.phone": inside("phone_code"),
      "oa.open.sms": inside("phone_code"),
    };
    const known = type in value ? value[type as keyof typeof value] : payload;
    if (typeof known !== "string" || known === "") throw new ZaloRefusal(-201, "payload of a button");
    if (known.length > LONGEST_PAYLOAD) throw new ZaloRefusal(-210, "payload of a button");
    return { title, kind: KINDS[type], value: known };
  });
}

const KINDS = {
  "oa.open.url": "url",
  "oa.query.show": "say",
  "oa.query.hide": "hidden",
  "oa.open.phone": "phone",
  "oa.open.sms": "phone",
} as const;

function requestOf(element: { title?: string | undefined } | undefined): Partial<Content> {
  const { title = "", subtitle = "", image_url: picture = "" } = (element ?? {}) as Record<string, string>;
  if (!title) throw new ZaloRefusal(-201, "title");
  return { asksInfo: true, cards: [{ title, subtitle, ...(picture ? { picture } : {}), buttons: [] }] };
}

/** A template's wording is Zalo's to keep; here its fields are shown. */
export function templateText(id: string, fields: object): string {
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  return [`[Mẫu tin ${id}]`, ...lines].join("\n");
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
