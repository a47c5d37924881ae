/**
 * Facebook's webhook bodies: every entry and every element of its lists becomes one event (facebook.md §2.2).
 * Nothing here throws, whatever comes.
 */
import type { InboundEvent, RawEvent } from "../channel.ts";
import { field, fingerprint, id, isObject, isTooDeep, list, moment, text } from "../loose-json.ts";
import { readChange } from "./feed.ts";
import { isByPage, readMessaging } from "./messaging.ts";

/** How an element is kept: the Page and the list it came in stand outside of it in the body. */
interface KeptElement {
  page: string;
  list: (typeof LISTS)[number] | "entry";
  element: unknown;
}

const LISTS = ["messaging", "standby", "changes"] as const;

/** An index entry of PostgreSQL has its limits. */
const LONGEST_KEY = 400;

export function split(body: unknown, now = new Date()): RawEvent[] {
  return list(field(body, "entry")).flatMap((entry) => {
    const page = id(field(entry, "id")) ?? "";
    const cameAt = moment(field(entry, "time")) ?? now;
    const kept = LISTS.flatMap((name): KeptElement[] =>
      list(field(entry, name)).map((element) => ({ page, list: name, element })),
    );
    if (kept.length === 0) kept.push({ page, list: "entry", element: entry });
    return kept.map((element) => rawEvent(element, cameAt));
  });
}

function rawEvent(kept: KeptElement, cameAt: Date): RawEvent {
  const raw = isTooDeep(kept) ? { ...kept, element: "dropped: nested too deeply" } : kept;
  const event = parse(raw);
  const { messaging, change } = contentOf(raw);
  const account = pageOf(raw);
  const key = keyOf(raw, event);
  const created = moment(field(messaging, "timestamp")) ?? moment(field(change, "created_time"));
  return {
    externalKey: `${account}:${key.length > LONGEST_KEY ? fingerprint(key) : key}`,
    accountExternalId: account,
    residentExternalId: messaging ? residentOf(messaging, account) : null,
    kind: event.kind,
    messageId: messageIdOf(event),
    occurredAt: created ?? cameAt,
    raw,
  };
}

export function parse(raw: unknown): InboundEvent {
  const { messaging, change, name } = contentOf(raw);
  if (!messaging) return change ? readChange(name, change, pageOf(raw)) : { kind: "unknown", name };
  const event = readMessaging(messaging, pageOf(raw));
  return field(raw, "list") === "standby" && !TELLS_OF_OURS.has(event.kind)
    ? { kind: "standby", event }
    : event;
}

/** What the Page sent and what became of it is the same, whoever owns the thread. */
const TELLS_OF_OURS = new Set<InboundEvent["kind"]>(["echo", "delivered", "seen"]);

/**
 * An element is a messaging one, or a change of some field. The App Dashboard's test button, and Meta's own
 * reference, wrap messaging elements as changes: `{ field: "messages", value: { sender, recipient, … } }`.
 */
function contentOf(raw: unknown) {
  const element = field(raw, "element");
  if (field(raw, "list") !== "changes") {
    return field(raw, "list") === "entry" || !isObject(element)
      ? { name: "" }
      : { messaging: element, name: "" };
  }
  const [name, value] = [text(field(element, "field")), field(element, "value")];
  const isMessaging = isObject(field(value, "sender")) || isObject(field(value, "recipient"));
  return isMessaging ? { messaging: value, name } : { change: value, name };
}

/** The dashboard's test sends entry id "0"; the Page is then whoever the element is for. */
function pageOf(raw: unknown): string {
  const page = id(field(raw, "page"));
  if (page && page !== "0") return page;
  const { messaging } = contentOf(raw);
  return id(field(messaging, isByPage(messaging, null) ? "sender" : "recipient", "id")) ?? "";
}

function residentOf(messaging: unknown, page: string): string | null {
  const resident = id(field(messaging, isByPage(messaging, page) ? "recipient" : "sender", "id"));
  return resident === page ? null : resident;
}

function messageIdOf(event: InboundEvent): string | null {
  switch (event.kind) {
    case "standby":
      return messageIdOf(event.event);
    case "comment":
      return event.commentId;
    case "post":
      return event.postId || null;
    default:
      return "messageId" in event ? event.messageId || null : null;
  }
}

/** What makes it the same event when Facebook sends it again; within one Page. */
function keyOf(raw: KeptElement, event: InboundEvent): string {
  const { messaging, change } = contentOf(raw);
  const sender = id(field(messaging, "sender", "id"));
  const timestamp = id(field(messaging, "timestamp"));
  const key = (...parts: (string | null)[]) => (parts.includes(null) ? fingerprint(raw) : parts.join(":"));
  switch (event.kind) {
    case "message":
    case "echo":
    case "postback":
      return key(event.kind, event.messageId || null);
    case "edit":
      return key(
        "edit",
        event.messageId || null,
        id(field(messaging, "message_edit", "num_edit")) ?? timestamp,
      );
    case "reaction":
      return key(
        "reaction",
        event.messageId || null,
        sender,
        text(field(messaging, "reaction", "action")),
        timestamp,
      );
    case "delivered":
    case "seen": {
      const mids = event.messageIds.length > 0 ? [fingerprint(event.messageIds)] : [];
      return key(event.kind, sender, event.before && String(event.before.getTime()), ...mids);
    }
    case "comment":
    case "post": {
      const [item, verb, at] = [text(field(change, "item")), event.verb, id(field(change, "created_time"))];
      // an edit may carry the time of the comment it edits
      const edit = verb === "add" || verb === "remove" ? [] : [fingerprint(event.text)];
      return key("feed", item, messageIdOf(event), verb, at, ...edit);
    }
    case "standby":
      return `standby:${keyOf(raw, event.event)}`;
    default:
      return fingerprint(raw);
  }
}
