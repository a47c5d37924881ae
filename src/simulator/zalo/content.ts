/** What a message of an OA may carry, and how it looks on the phone (zalo-oa.md §5.1). */
import { z } from "zod";
import type { Account } from "../accounts.ts";
import type { Attachment, Button, Entry } from "../threads.ts";
import type { World } from "../world.ts";
import { ZaloRefusal } from "./refusal.ts";

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
export const message = z.object({
  text: z.string().optional(),
  quote_message_id: z.string().optional(),
  attachment: attachment.optional(),
});

type Content = Omit<Entry, "id" | "at" | "by">;

/** @throws ZaloRefusal naming what is wrong. */
export function contentOf(
  world: World,
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
  if (type === "file")
    return { ...content, attachments: [uploaded(world, account, payload.token, ["file"])] };
  if (payload.buttons) return { ...content, buttons: readButtons(payload.buttons) };
  if (payload.template_type === "request_user_info")
    return { ...content, ...requestOf(payload.elements?.[0]) };
  if (payload.template_type !== "media") throw new ZaloRefusal(-233, payload.template_type);
  const [media, ...more] = payload.elements ?? [];
  if (!media || more.length > 0) throw new ZaloRefusal(-201, "elements");
  return { ...content, attachments: [pictureOf(world, account, media)] };
}

function pictureOf(world: World, account: Account, media: z.infer<typeof element>): Attachment {
  const { media_type: kind, url, attachment_id: id, width, height } = media;
  if (kind === "sticker")
    return { type: "sticker", stickerId: id ?? "", url: `${world.address}/stickers/${id}.svg` };
  if (kind !== "image" && kind !== "gif") throw new ZaloRefusal(-233, `media_type ${kind}`);
  if (!url === !id) throw new ZaloRefusal(-201, "one of url and attachment_id");
  if (kind === "gif" && !(width && height)) throw new ZaloRefusal(-201, "width and height of a gif");
  return url ? { type: kind, url } : uploaded(world, account, id, [kind]);
}

function uploaded(world: World, account: Account, id: string | undefined, kinds: string[]): Attachment {
  const upload = account.uploads.get(id ?? "");
  if (!upload || !kinds.includes(upload.kind)) throw new ZaloRefusal(-201, "attachment_id");
  if (upload.expiresAt < world.now()) throw new ZaloRefusal(-100);
  const { kind, url, name, size } = upload;
  return { type: kind, url, name, size };
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
