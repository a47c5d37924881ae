/** Elements of Facebook's webhook entries (facebook.md §2.3). */
import type { Account, Comment, Post } from "../accounts.ts";
import type { Attachment, Entry, Thread } from "../threads.ts";
import type { Event } from "../webhooks.ts";

/** @param field what a Page must be subscribed to for the app to hear of it. */
const messaging = (field: string, element: object): Event => ({
  channel: "facebook",
  field,
  list: "messaging",
  element,
});
const change = (field: string, value: object): Event => ({
  channel: "facebook",
  field,
  list: "changes",
  element: { field, value },
});

const fromResident = (field: string, { account, resident }: Thread, at: number, more: object) =>
  messaging(field, { sender: { id: resident }, recipient: { id: account.id }, timestamp: at, ...more });

export function message(thread: Thread, entry: Entry, quickReply?: string): Event {
  return fromResident("messages", thread, entry.at, {
    message: {
      mid: entry.id,
      ...(entry.text ? { text: entry.text } : {}),
      ...(quickReply === undefined ? {} : { quick_reply: { payload: quickReply } }),
      ...(entry.quotes ? { reply_to: { mid: entry.quotes } } : {}),
      ...(entry.attachments?.length ? { attachments: entry.attachments.map(written) } : {}),
    },
  });
}

function written({ type, ...given }: Attachment): object {
  const { url, name, title, stickerId, latitude, longitude } = given;
  switch (type) {
    case "sticker":
      return { type, payload: { url, sticker_id: Number(stickerId) } };
    case "location": {
      const coordinates = { lat: latitude, long: longitude };
      return {
        type,
        title,
        url: `https://www.bing.com/maps?q=${latitude},${longitude}`,
        payload: { coordinates },
      };
    }
    case "link":
      return { type: "fallback", title, url, payload: { title, url } };
    case "gif":
      return { type: "image", payload: { url } };
    case "file":
      return { type, name, payload: { url } };
    default:
      return { type, payload: { url } };
  }
}

/** What the Page sent. `appId`: ours with our metadata, or the inbox's when a person wrote it. */
export function echo({ account, resident }: Thread, entry: Entry, appId: string): Event {
  const payload = templateOf(entry);
  const attachments = payload ? [{ type: "template", payload }] : entry.attachments?.map(written);
  return messaging("message_echoes", {
    ...{ sender: { id: account.id }, recipient: { id: resident }, timestamp: entry.at },
    message: {
      ...{ mid: entry.id, is_echo: true, app_id: Number(appId) },
      ...(entry.metadata ? { metadata: entry.metadata } : {}),
      ...(entry.text && !payload ? { text: entry.text } : {}),
      ...(attachments?.length ? { attachments } : {}),
    },
  });
}

function templateOf({ text, buttons, cards }: Entry): object | null {
  const written = buttons?.map(({ kind, title, value }) =>
    kind === "url" ? { type: "web_url", title, url: value } : { type: "postback", title, payload: value },
  );
  if (cards) {
    const elements = cards.map(({ title, subtitle, picture: image_url }) => ({ title, subtitle, image_url }));
    return { template_type: "generic", elements };
  }
  return written ? { template_type: "button", text, buttons: written } : null;
}

export const postback = (
  thread: Thread,
  { mid, title, payload }: { mid: string; title: string; payload: string },
  at: number,
) => fromResident("messaging_postbacks", thread, at, { postback: { mid, title, payload } });

/** Meta's sample of a delivery carries no timestamp. */
export const delivered = ({ account, resident }: Thread, ids: string[], watermark: number) =>
  messaging("message_deliveries", {
    ...{ sender: { id: resident }, recipient: { id: account.id } },
    delivery: { mids: ids, watermark },
  });

export const seen = (thread: Thread, watermark: number, at: number) =>
  fromResident("message_reads", thread, at, { read: { watermark } });

export function reacted(thread: Thread, mid: string, emoji: string | null, at: number) {
  const what = emoji ? { action: "react", emoji, reaction: NAMES[emoji] ?? "other" } : { action: "unreact" };
  return fromResident("message_reactions", thread, at, { reaction: { ...what, mid } });
}
const NAMES: Record<string, string> = {
  ...{ "❤": "love", "❤️": "love", "👍": "like", "😆": "smile", "😮": "wow", "😢": "sad", "😠": "angry" },
};

export const edited = (thread: Thread, { id, text, edits }: Entry, at: number) =>
  fromResident("message_edits", thread, at, { message_edit: { mid: id, text, num_edit: edits } });

/** A feed change under a Page's post: created_time in seconds. */
export function comment(post: Post, { id, parentId, authorId, authorName, text, at }: Comment): Event {
  const value = {
    ...{ from: { id: authorId, name: authorName }, message: text, post_id: post.id, comment_id: id },
    ...{ created_time: Math.floor(at / 1000), item: "comment", parent_id: parentId, verb: "add" },
    post: {
      id: post.id,
      status_type: "mobile_status_update",
      is_published: true,
      promotion_status: "inactive",
    },
  };
  return change("feed", value);
}

export function posted(account: Account, post: Post): Event {
  const value = {
    ...{ from: { id: account.id, name: account.name }, message: post.text, post_id: post.id },
    ...{
      created_time: Math.floor(post.at / 1000),
      item: post.picture ? "photo" : "status",
      published: 1,
      verb: "add",
    },
  };
  return change("feed", value);
}

export const templateStatus = (id: string, name: string) =>
  change("message_template_status_update", {
    ...{ event: "APPROVED", message_template_id: id, message_template_name: name, reason: "NONE" },
  });
