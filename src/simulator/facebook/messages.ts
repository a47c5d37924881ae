/** The Send API: what it takes, when, and what it refuses (facebook.md §3). */
import { z } from "zod";
import type { Account } from "../accounts.ts";
import type { Arrivals } from "../arrivals.ts";
import type { Button, Card, Entry, Thread } from "../threads.ts";
import { filled, gapsOf } from "../templates.ts";
import type { World } from "../world.ts";
import { readAttachment } from "./attachments.ts";
import { GraphRefusal, invalid } from "./refusal.ts";

const HOUR = 3_600_000;
const LONGEST_TEXT = 2000;
const LONGEST_METADATA = 1000;
const MOST_QUICK_REPLIES = 13;
const LONGEST_TITLE = 20;
/** Since 2026-04-27. */
const DEAD_TAGS = new Set(["CONFIRMED_EVENT_UPDATE", "ACCOUNT_UPDATE", "POST_PURCHASE_UPDATE"]);
const TYPING_LASTS = 20_000;

const button = z.object({
  type: z.enum(["web_url", "postback", "phone_number"]),
  title: z.string().min(1).max(LONGEST_TITLE),
  url: z.string().optional(),
  payload: z.string().max(1000).optional(),
});
const element = z.looseObject({
  title: z.string().min(1).max(80),
  subtitle: z.string().max(80).optional(),
  image_url: z.string().optional(),
  default_action: z.looseObject({ url: z.string().optional() }).optional(),
  buttons: z.array(button).max(3).optional(),
});
const template = z.discriminatedUnion("template_type", [
  z.object({
    template_type: z.literal("button"),
    text: z.string().min(1).max(640),
    buttons: z.array(button).min(1).max(3),
  }),
  z.object({ template_type: z.literal("generic"), elements: z.array(element).min(1).max(10) }),
]);
const utility = z.object({
  name: z.string(),
  language: z.object({ code: z.string() }),
  components: z
    .array(
      z.object({
        type: z.literal("body"),
        parameters: z.array(z.object({ type: z.literal("text"), text: z.string().min(1) })),
      }),
    )
    .default([]),
});
const message = z.looseObject({
  text: z.string().optional(),
  metadata: z.string().max(LONGEST_METADATA).optional(),
  attachment: z.object({ type: z.string(), payload: z.looseObject({}) }).optional(),
  template: utility.optional(),
  quick_replies: z
    .array(
      z.looseObject({
        content_type: z.enum(["text", "user_phone_number", "user_email"]),
        title: z.string().max(LONGEST_TITLE).default(""),
        payload: z.string().max(1000).default(""),
      }),
    )
    .max(MOST_QUICK_REPLIES)
    .optional(),
});
const body = z.looseObject({
  recipient: z.looseObject({
    id: z.string().optional(),
    comment_id: z.string().optional(),
    post_id: z.string().optional(),
  }),
  messaging_type: z.enum(["RESPONSE", "UPDATE", "MESSAGE_TAG", "UTILITY"]).optional(),
  tag: z.string().optional(),
  message: message.optional(),
  sender_action: z.enum(["typing_on", "typing_off", "mark_seen"]).optional(),
});
type Body = z.infer<typeof body>;
type Content = Omit<Entry, "id" | "at" | "by">;

export function createMessages(world: World, arrivals: Arrivals) {
  /** POST /{page}/messages */
  function send(account: Account, fields: Record<string, unknown>) {
    const given = parse(fields);
    if (given.sender_action) return act(threadOf(account, given.recipient.id), given);
    if (!given.message) throw invalid("param message is required");
    const { comment_id: commentId } = given.recipient;
    if (commentId) return replyPrivately(account, commentId, given);
    const thread = threadOf(account, given.recipient.id);
    checkWindow(thread, given, world.now());
    const entry = arrivals.arrive(thread, contentOf(account, given));
    return { recipient_id: thread.resident, message_id: entry.id };
  }

  function act(thread: Thread, { sender_action: action, message }: Body) {
    if (message) throw invalid("sender_action must be sent alone");
    if (action === "mark_seen") arrivals.readByAccount(thread);
    else showTyping(thread, action === "typing_on" ? world.now() + TYPING_LASTS : 0);
    return { recipient_id: thread.resident };
  }

  function showTyping(thread: Thread, until: number) {
    arrivals.readByAccount(thread);
    thread.typingUntil = until;
    world.tell({ type: "typing", account: thread.account.key, resident: thread.resident, until });
  }

  /** One message, within 7 days; the window opens only when the person answers. */
  function replyPrivately(account: Account, commentId: string, given: Body) {
    const comment = account.posts.flatMap(({ comments }) => comments).find(({ id }) => id === commentId);
    if (!comment) throw invalid("Invalid comment_id");
    if (comment.repliedPrivately) throw new GraphRefusal(10900, "Activity already replied to");
    if (world.now() - comment.at > 7 * 24 * HOUR)
      throw new GraphRefusal(10903, "This user cant reply to this activity");
    const content = contentOf(account, given);
    comment.repliedPrivately = true;
    const thread = world.thread(account, comment.authorId, comment.authorName);
    const entry = arrivals.arrive(thread, content);
    return { recipient_id: thread.resident, message_id: entry.id };
  }

  function threadOf(account: Account, id: string | undefined): Thread {
    const thread = account.threads.get(id ?? "");
    if (!thread) throw new GraphRefusal(100, "No matching user found", 2018001);
    return thread;
  }

  function contentOf(account: Account, { message, messaging_type: type }: Body): Content {
    const { text, attachment, metadata, quick_replies: quick, template: utility } = message!;
    if (type === "UTILITY") return { ...utilityOf(account, utility), ...(metadata ? { metadata } : {}) };
    if (Boolean(text) === Boolean(attachment)) throw invalid("Message must have one of text and attachment");
    if (text && [...text].length > LONGEST_TEXT) {
      throw invalid(`Length of param message[text] must be less than or equal to ${LONGEST_TEXT}`);
    }
    const more = {
      ...(metadata ? { metadata } : {}),
      ...(quick?.length ? { quickReplies: quick.map(({ title, payload }) => ({ title, payload })) } : {}),
    };
    if (!attachment) return { text: text!, ...more };
    if (attachment.type === "template") return { ...templateOf(attachment.payload), ...more };
    return { text: "", attachments: [readAttachment(world, account, attachment)], ...more };
  }

  function utilityOf(account: Account, given: z.infer<typeof utility> | undefined): Content {
    if (!given) throw invalid("Utility messages need message[template]");
    const known = [...account.templates.values()].find(
      ({ name, language }) => name === given.name && language === given.language.code,
    );
    if (!known) throw invalid("The template does not exist in this language");
    if (known.status !== "APPROVED") throw invalid("The template is not approved");
    const values = given.components.flatMap(({ parameters }) => parameters.map(({ text }) => text));
    const gaps = gapsOf(known);
    if (values.length !== gaps.length)
      throw invalid(`Number of parameters does not match: expected ${gaps.length}, got ${values.length}`);
    if (values.some((value) => /[\n\t]/.test(value))) throw invalid("A parameter must be one line");
    if (known.left === 0) throw new GraphRefusal(613, "Calls to this api have exceeded the rate limit.");
    known.left--;
    const named = Object.fromEntries(gaps.map((gap, index) => [gap, values[index]!]));
    return { text: filled(known, named) };
  }

  return { send, showTyping };
}

function parse(fields: Record<string, unknown>): Body {
  // a form or an address carries them as JSON in strings
  const opened = Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      isJson(value) ? (JSON.parse(value) as unknown) : value,
    ]),
  );
  const result = body.safeParse(opened);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw invalid(`Invalid parameter: ${issue?.path.join(".")} ${issue?.message}`);
}

const isJson = (value: unknown): value is string => typeof value === "string" && /^[{[]/.test(value);

/** 24 hours; a person with HUMAN_AGENT to 7 days; utility templates at any time. @throws GraphRefusal */
function checkWindow(thread: Thread, { messaging_type: type = "RESPONSE", tag }: Body, now: number) {
  if (type === "UTILITY") return;
  if (type === "MESSAGE_TAG" && (!tag || DEAD_TAGS.has(tag) || tag !== "HUMAN_AGENT"))
    throw invalid("Invalid parameter");
  const hours = thread.lastActAt === null ? Infinity : (now - thread.lastActAt) / HOUR;
  if (hours <= (type === "MESSAGE_TAG" ? 7 * 24 : 24)) return;
  throw new GraphRefusal(10, "This message is sent outside of allowed window.", 2018278);
}

function templateOf(payload: object): Content {
  const result = template.safeParse(payload);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw invalid(`Invalid template: ${issue?.path.join(".")} ${issue?.message}`);
  }
  const given = result.data;
  if (given.template_type === "button") return { text: given.text, buttons: given.buttons.map(buttonOf) };
  return { text: "", cards: given.elements.map(cardOf) };
}

function buttonOf({ type, title, url, payload }: z.infer<typeof button>): Button {
  if (type === "web_url") {
    if (!/^https?:\/\//.test(url ?? "")) throw invalid("url of a button");
    return { title, kind: "url", value: url! };
  }
  if (!payload) throw invalid("payload of a button");
  return { title, kind: type === "postback" ? "postback" : "phone", value: payload };
}

function cardOf({
  title,
  subtitle,
  image_url: picture,
  default_action,
  buttons,
}: z.infer<typeof element>): Card {
  return {
    title,
    ...(subtitle ? { subtitle } : {}),
    ...(picture ? { picture } : {}),
    ...(default_action?.url ? { url: default_action.url } : {}),
    buttons: (buttons ?? []).map(buttonOf),
  };
}
