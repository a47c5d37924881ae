/**
 * How Facebook wants a message: it follows from who wrote it and the hours since the resident's last act
 * (facebook.md §3.1). HUMAN_AGENT is a person's only, and only past 24 hours; the bot then sends nothing.
 */
import { DeliveryError } from "../delivery-error.ts";
import type { ConnectedAccount, Outgoing } from "../channel.ts";

const HOUR = 3_600_000;

export type MessagingType =
  { messaging_type: "RESPONSE" } | { messaging_type: "MESSAGE_TAG"; tag: "HUMAN_AGENT" };

const RESPONSE = { messaging_type: "RESPONSE" } as const;
const HUMAN_AGENT = { messaging_type: "MESSAGE_TAG", tag: "HUMAN_AGENT" } as const;

export const FACEBOOK_WINDOWS: {
  untilHours: number;
  bot: MessagingType | null;
  staff: MessagingType | null;
}[] = [
  { untilHours: 24, bot: RESPONSE, staff: RESPONSE },
  { untilHours: 7 * 24, bot: null, staff: HUMAN_AGENT },
  { untilHours: Infinity, bot: null, staff: null },
];

/** @throws DeliveryError window_closed */
export function messagingType(
  account: ConnectedAccount,
  { author, lastInboundAt }: Outgoing,
  now: Date,
): MessagingType {
  const hours = lastInboundAt ? (now.getTime() - lastInboundAt.getTime()) / HOUR : Infinity;
  const type = FACEBOOK_WINDOWS.find(({ untilHours }) => hours <= untilHours)![author];
  if (type && (type.messaging_type === "RESPONSE" || account.settings.humanAgent)) return type;
  throw new DeliveryError(
    "window_closed",
    "window",
    type
      ? "More than 24 hours have passed, and this Page has no HUMAN_AGENT permission."
      : "Facebook allows no message until the resident writes again.",
  );
}
