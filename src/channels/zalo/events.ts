/** Zalo's webhook bodies, one event each, cut and read (zalo-oa.md §4). Nothing here throws, whatever comes. */
import type { InboundEvent, RawEvent } from "../channel.ts";
import {
  field,
  fingerprint,
  firstText,
  id,
  ids,
  isObject,
  isTooDeep,
  localPhone,
  moment,
  text,
} from "../loose-json.ts";
import { readAttachments } from "./attachments.ts";
import { isTemplateReceipt, nameOf, partiesOf, type Parties } from "./parties.ts";

export function split(body: unknown, now = new Date()): RawEvent[] {
  if (!isObject(body) || Object.keys(body).length === 0) return [];
  const raw = isTooDeep(body) ? { dropped: "nested too deeply" } : body;
  const event = parse(raw);
  const parties = partiesOf(body);
  return [
    {
      externalKey: keyOf(raw, event, parties),
      accountExternalId: parties.account,
      residentExternalId: OF_NO_RESIDENT.has(event.kind) ? null : parties.resident,
      kind: event.kind,
      messageId: id(field(raw, "message", "msg_id")),
      occurredAt: moment(field(raw, "timestamp")) ?? now,
      raw,
    },
  ];
}

const OF_NO_RESIDENT = new Set<InboundEvent["kind"]>([
  "tag",
  "quota",
  "template_status",
  "permission_revoked",
]);

/** Retries repeat the body, and no event has an id of its own: the message's, or what tells this event from others. */
function keyOf(body: unknown, event: InboundEvent, { account, resident }: Parties): string {
  const [name, timestamp] = [nameOf(body), id(field(body, "timestamp"))];
  const messageId = id(field(body, "message", "msg_id"));
  if (messageId && event.kind !== "unknown") {
    // a person may react to one message again and again
    const reaction = event.kind === "reaction" ? `:${timestamp}:${fingerprint(event.reaction)}` : "";
    const key = `${account}:${name}:${messageId}${reaction}`;
    if (key.length <= 300) return key;
  }
  if (event.kind === "unknown" || timestamp === null) return `${account}:${fingerprint(body)}`;
  return `${account}:${fingerprint(name, timestamp, resident, event)}`;
}

export function parse(raw: unknown): InboundEvent {
  const name = nameOf(raw);
  const message = field(raw, "message");
  if (/^(user|anonymous)_send_(?!group)/.test(name)) return readMessage(name, raw);
  if (/^oa_send_(?!group|consent)/.test(name)) return readEcho(name, raw);
  switch (name) {
    case "follow":
    case "unfollow":
      return { kind: name, source: firstText(field(raw, "source")) ?? null };
    case "user_click_chatnow":
      return { kind: "chat_opened" };
    case "user_submit_info":
      return readSubmittedInfo(field(raw, "info"));
    case "user_received_message":
      return readDelivered(raw);
    case "user_seen_message":
      return { kind: "seen", messageIds: messageIdsOf(message), before: null };
    case "user_reacted_message":
      return {
        kind: "reaction",
        messageId: id(field(message, "msg_id")) ?? "",
        reaction: firstText(field(message, "react_icon")) ?? null,
      };
    case "user_withdraw":
      return { kind: "consent_withdrawn" };
    case "add_user_to_tag":
    case "remove_user_from_tag":
    case "remove_tag":
      return readTag(name, field(raw, "tag"));
    case "change_oa_daily_quota":
      return {
        kind: "quota",
        previous: text(field(raw, "quota", "prev_value")),
        current: text(field(raw, "quota", "new_value")),
      };
    case "change_template_status":
      return {
        kind: "template_status",
        templateId: id(field(raw, "template_id")) ?? "",
        previous: text(field(raw, "status", "prev_status")),
        current: text(field(raw, "status", "new_status")),
        reason: text(field(raw, "reason")),
      };
    case "permission_revoked":
      return { kind: "permission_revoked" };
    default:
      return { kind: "unknown", name };
  }
}

/** "user_send_sticker" → "sticker". */
const subjectOf = (name: string) => name.replace(/^(user|oa|anonymous)_send_(anonymous_)?/, "");

function readMessage(name: string, raw: unknown): InboundEvent {
  const message = field(raw, "message");
  const anonymousConversation = name.startsWith("anonymous_") ? id(field(message, "conversation_id")) : null;
  return {
    kind: "message",
    messageId: id(field(message, "msg_id")) ?? "",
    text: text(field(message, "text")),
    attachments: readAttachments(message, subjectOf(name)),
    choice: null, // a tapped button arrives as a text that is its payload
    quotes: id(field(message, "quote_msg_id")),
    ...(anonymousConversation ? { anonymousConversation } : {}),
  };
}

function readEcho(name: string, raw: unknown): InboundEvent {
  const message = field(raw, "message");
  return {
    kind: "echo",
    messageId: id(field(message, "msg_id")) ?? "",
    text: text(field(message, "text")),
    attachments: readAttachments(message, subjectOf(name)),
    adminId: id(field(raw, "sender", "admin_id")),
    appId: null,
    metadata: null,
  };
}

function readDelivered(raw: unknown): InboundEvent {
  const message = field(raw, "message");
  const trackingId = isTemplateReceipt(raw) ? id(field(message, "tracking_id")) : null;
  return {
    kind: "delivered",
    messageIds: messageIdsOf(message),
    before: null,
    ...(trackingId ? { trackingId } : {}),
  };
}

function messageIdsOf(message: unknown): string[] {
  const several = ids(field(message, "msg_ids"));
  return several.length > 0 ? several : ids(field(message, "msg_id"));
}

/** Two generations: `full_address` as an object, or a flat address. */
function readSubmittedInfo(info: unknown): InboundEvent {
  const full = field(info, "full_address");
  const parts = isObject(full)
    ? [full.user_address, full.user_ward, full.user_district, full.user_city]
    : [field(info, "address"), field(info, "ward"), field(info, "district"), field(info, "city")];
  const birthday = firstText(field(info, "user_dob"));
  const gender = firstText(field(info, "gender"), field(info, "user_gender"));
  return {
    kind: "submitted_info",
    name: text(field(info, "name")).trim(),
    phone: localPhone(field(info, "phone")),
    ...(birthday ? { birthday } : {}),
    ...(gender ? { gender } : {}),
    address: parts
      .map((part) => text(part).trim())
      .filter(Boolean)
      .join(", "),
  };
}

const TAG_ACTIONS = { add_user_to_tag: "add", remove_user_from_tag: "remove", remove_tag: "delete" } as const;

function readTag(name: keyof typeof TAG_ACTIONS, tag: unknown): InboundEvent {
  return {
    kind: "tag",
    action: TAG_ACTIONS[name],
    name: text(field(tag, "name")),
    residentIds: ids(field(tag, "user_ids")),
  };
}
