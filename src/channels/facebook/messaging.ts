/** One element of `messaging[]` or `standby[]`, in our words (facebook.md §2.3). */
import type { InboundEvent, Referral } from "../channel.ts";
import { field, firstText, id, ids, isObject, moment, text } from "../loose-json.ts";
import { readAttachments, templateText } from "./attachments.ts";

/** The keys that make an element what it is. */
const READERS: [string, (value: unknown, element: unknown, isByPage: boolean) => InboundEvent][] = [
  ["message", readMessage],
  ["message_edit", readEdit],
  ["postback", readPostback],
  ["reaction", readReaction],
  [
    "delivery",
    (value) => ({ kind: "delivered", messageIds: ids(field(value, "mids")), before: watermark(value) }),
  ],
  ["read", (value) => ({ kind: "seen", messageIds: ids(field(value, "mids")), before: watermark(value) })],
  ["referral", (value) => ({ kind: "referral", referral: readReferral(value) })],
  ["optin", readOptin],
  ["pass_thread_control", (value) => readThreadControl("pass", value)],
  ["take_thread_control", (value) => readThreadControl("take", value)],
  ["request_thread_control", readRequest],
  ["app_roles", readRoles],
  ["policy_enforcement", readPolicy],
];

export function readMessaging(element: unknown, page: string | null): InboundEvent {
  const found = READERS.find(([key]) => isObject(field(element, key)));
  if (!found)
    return { kind: "unknown", name: isObject(element) ? (Object.keys(element).find(isTelling) ?? "") : "" };
  const [key, read] = found;
  return read(field(element, key), element, isByPage(element, page));
}

const isTelling = (key: string) => !["sender", "recipient", "timestamp"].includes(key);

/** The Page wrote it: by our call, or a person in the Page's inbox. */
export function isByPage(element: unknown, page: string | null): boolean {
  const isEcho = field(element, "message", "is_echo");
  return (
    isEcho === true || isEcho === "true" || (page !== null && id(field(element, "sender", "id")) === page)
  );
}

function readMessage(message: unknown, _element: unknown, isByPage: boolean): InboundEvent {
  if (field(message, "is_deleted") === true && !isByPage)
    return { kind: "unsent", messageId: id(field(message, "mid")) ?? "" };
  const common = {
    messageId: id(field(message, "mid")) ?? "",
    text: text(field(message, "text")),
    attachments: readAttachments(message),
  };
  if (isByPage) {
    return {
      kind: "echo",
      ...common,
      text: common.text || (templateText(message) ?? ""),
      adminId: null,
      appId: id(field(message, "app_id")),
      metadata: firstText(field(message, "metadata")) ?? null,
    };
  }
  const choice = firstText(field(message, "quick_reply", "payload")) ?? null;
  return { kind: "message", ...common, choice, quotes: id(field(message, "reply_to", "mid")) };
}

function readEdit(edit: unknown, _element: unknown, isByPage: boolean): InboundEvent {
  if (isByPage) return { kind: "unknown", name: "message_edit_by_page" };
  return { kind: "edit", messageId: id(field(edit, "mid")) ?? "", text: text(field(edit, "text")) };
}

function readPostback(postback: unknown): InboundEvent {
  const referral = field(postback, "referral");
  return {
    kind: "postback",
    messageId: id(field(postback, "mid")),
    title: text(field(postback, "title")),
    choice: text(field(postback, "payload")), // missing while another app owns the thread
    referral: isObject(referral) ? readReferral(referral) : null,
  };
}

function readReferral(referral: unknown): Referral {
  return {
    ref: firstText(field(referral, "ref")) ?? null,
    source: firstText(field(referral, "source")) ?? null,
  };
}

function readReaction(reaction: unknown, _element: unknown, isByPage: boolean): InboundEvent {
  if (isByPage) return { kind: "unknown", name: "reaction_by_page" };
  const shown = firstText(field(reaction, "emoji"), field(reaction, "reaction")) ?? null;
  return {
    kind: "reaction",
    messageId: id(field(reaction, "mid")) ?? "",
    reaction: field(reaction, "action") === "unreact" ? null : shown,
  };
}

function watermark(value: unknown): Date | null {
  return moment(field(value, "watermark"));
}

function readOptin(optin: unknown): InboundEvent {
  return {
    kind: "optin",
    type: text(field(optin, "type")),
    payload: firstText(field(optin, "payload"), field(optin, "ref")) ?? null,
    token: id(field(optin, "notification_messages_token")),
    expiresAt: moment(field(optin, "token_expiry_timestamp")),
    status: firstText(field(optin, "user_token_status")) ?? null,
  };
}

function readThreadControl(action: "pass" | "take", value: unknown): InboundEvent {
  return {
    kind: "thread_control",
    action,
    newOwner: id(field(value, "new_owner_app_id")),
    previousOwner: id(field(value, "previous_owner_app_id")),
  };
}

function readRequest(value: unknown): InboundEvent {
  const newOwner = id(field(value, "requested_owner_app_id"));
  return { kind: "thread_control", action: "request", newOwner, previousOwner: null };
}

/** `{ "<app id>": ["primary_receiver"] }`, from the handover protocol of old. */
function readRoles(roles: unknown): InboundEvent {
  const apps = isObject(roles) ? Object.entries(roles) : [];
  const primary = apps.find(([, names]) => Array.isArray(names) && names.includes("primary_receiver"));
  return { kind: "thread_control", action: "roles", newOwner: id(primary?.[0]), previousOwner: null };
}

function readPolicy(value: unknown): InboundEvent {
  return { kind: "policy", action: text(field(value, "action")), reason: text(field(value, "reason")) };
}
