/** Zalo's webhook bodies, as its documentation has them (zalo-oa.md §4). */
import { numericId } from "../ids.ts";
import type { Attachment, Entry, Thread } from "../threads.ts";
import type { Event } from "../webhooks.ts";

const envelope = ({ account, resident }: Thread, at: number) => ({
  app_id: account.appId,
  user_id_by_app: numericId(`by app ${account.appId} ${resident}`, 19),
  timestamp: String(at),
});

const fromResident = (thread: Thread, name: string, at: number, more: object): Event => ({
  channel: "zalo",
  body: {
    ...envelope(thread, at),
    ...{ sender: { id: thread.resident }, recipient: { id: thread.account.id }, event_name: name },
    ...more,
  },
});

const fromOa = (thread: Thread, name: string, at: number, more: object, adminId?: string): Event => ({
  channel: "zalo",
  body: {
    ...envelope(thread, at),
    sender: { id: thread.account.id, ...(adminId ? { admin_id: adminId } : {}) },
    ...{ recipient: { id: thread.resident }, event_name: name },
    ...more,
  },
});

/** What the resident wrote: each attachment is a message of its own on Zalo, the caller sees to that. */
export function message(thread: Thread, entry: Entry): Event {
  const [attachment] = entry.attachments ?? [];
  const kind = attachment ? eventNameOf(attachment) : "text";
  const text = entry.text || attachment?.type === "location" ? { text: entry.text } : {};
  return fromResident(thread, `user_send_${kind}`, entry.at, {
    message: {
      ...text,
      msg_id: entry.id,
      ...(entry.quotes ? { quote_msg_id: entry.quotes } : {}),
      ...(attachment ? { attachments: [written(attachment)] } : {}),
    },
  });
}

const eventNameOf = ({ type }: Attachment) => (type === "contact" ? "business_card" : type);

function written({ type, ...given }: Attachment): object {
  const { url, name, size, checksum, stickerId, latitude, longitude, title, description, phone } = given;
  switch (type) {
    case "image":
    case "gif":
      return { type, payload: { thumbnail: url, url } };
    case "sticker":
      return { type, payload: { url, id: stickerId } };
    case "location":
      return { type, payload: { coordinates: { latitude: String(latitude), longitude: String(longitude) } } };
    case "file":
      return {
        type,
        payload: { size: String(size ?? 0), name, checksum, type: name?.split(".").at(-1), url },
      };
    case "contact": {
      const card = JSON.stringify({ phone, qrCodeUrl: url });
      return { type: "link", payload: { title: name, thumbnail: url, description: card, url } };
    }
    case "link":
      return { type, payload: { thumbnail: url, description: description ?? title, url } };
    default:
      return { type, payload: { url } };
  }
}

/** What the OA sent; `adminId` when a person typed it in Zalo's own tool. */
export function echo(thread: Thread, entry: Entry, adminId?: string): Event {
  const attachment = entry.attachments?.[0];
  const isTemplate = Boolean(entry.buttons ?? entry.cards ?? entry.asksInfo);
  const kind = isTemplate ? "template" : (attachment?.type ?? "text");
  const message = {
    ...(entry.text ? { text: entry.text } : {}),
    msg_id: entry.id,
    ...(attachment ? { attachments: [written(attachment)] } : {}),
  };
  return fromOa(thread, `oa_send_${kind}`, entry.at, { message }, adminId);
}

export const delivered = (thread: Thread, id: string, at: number) =>
  fromOa(thread, "user_received_message", at, { message: { msg_id: id } });

export const seen = (thread: Thread, ids: string[], at: number) =>
  fromOa(thread, "user_seen_message", at, { message: { msg_ids: ids } });

export const reacted = (thread: Thread, id: string, icon: string, at: number) =>
  fromResident(thread, "user_reacted_message", at, { message: { msg_id: id, react_icon: icon } });

export function follows(thread: Thread, isFollowing: boolean, at: number): Event {
  const { account, resident } = thread;
  return {
    channel: "zalo",
    body: {
      oa_id: account.id,
      follower: { id: resident },
      ...{ event_name: isFollowing ? "follow" : "unfollow", source: "oa_profile" },
      ...envelope(thread, at),
    },
  };
}

export interface SharedInfo {
  name: string;
  phone: string;
  address: string;
  ward: string;
  city: string;
}

export const submittedInfo = (thread: Thread, { name, phone, address, ward, city }: SharedInfo, at: number) =>
  fromResident(thread, "user_submit_info", at, {
    info: {
      ...{ name, phone: phone.replace(/^0/, "84") },
      full_address: { user_city: city, user_ward: ward, user_address: address },
    },
  });

export const withdrew = (thread: Thread, at: number): Event => {
  const { app_id, user_id_by_app, timestamp } = envelope(thread, at);
  const body = { user_id: thread.resident, user_id_by_app, event_name: "user_withdraw", app_id, timestamp };
  return { channel: "zalo", body };
};

export const tagged = (thread: Thread, name: string, isAdded: boolean, at: number): Event => ({
  channel: "zalo",
  body: {
    ...{ event_name: isAdded ? "add_user_to_tag" : "remove_user_from_tag", oa_id: thread.account.id },
    ...{ app_id: thread.account.appId, timestamp: String(at), tag: { name, user_ids: [thread.resident] } },
  },
});
