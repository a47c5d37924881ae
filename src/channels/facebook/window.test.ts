import { DeliveryError } from "../delivery-error.ts";
import type { Outgoing } from "../channel.ts";
import { facebookAccount } from "../testing/accounts.ts";
import { messagingType } from "./window.ts";

const now = new Date("2026-11-24T10:00:00+07:00");
const plain = facebookAccount();
const permitted = facebookAccount({ settings: { ...plain.settings, humanAgent: true } });

/** What a message written by `author`, that many hours after the resident's last, goes out as. */
function typeOf(account: typeof plain, author: Outgoing["author"], hours: number | null): string {
  const lastInboundAt = hours === null ? null : new Date(now.getTime() - hours * 3_600_000);
  const outgoing: Outgoing = {
    ...{ id: 1n, recipient: { user: "1" }, reply: { text: "dạ" } },
    ...{ author, purpose: "reply", lastInboundAt },
  };
  try {
    const type = messagingType(account, outgoing, now);
    return type.messaging_type === "MESSAGE_TAG" ? type.tag : type.messaging_type;
  } catch (error) {
    if (error instanceof DeliveryError) return error.errorClass;
    throw error;
  }
}

test.each([
  ["bot", 0, "RESPONSE"],
  ["bot", 23.9, "RESPONSE"],
  ["bot", 24.1, "window_closed"],
  ["bot", 167, "window_closed"],
  ["bot", 169, "window_closed"],
  ["bot", null, "window_closed"],
  ["staff", 0, "RESPONSE"],
  ["staff", 23.9, "RESPONSE"],
  ["staff", 24.1, "HUMAN_AGENT"],
  ["staff", 167, "HUMAN_AGENT"],
  ["staff", 169, "window_closed"],
  ["staff", null, "window_closed"],
] as const)(
  "a message of the %s, %s hours after the resident's last, goes as %s",
  (author, hours, expected) => {
    expect(typeOf(permitted, author, hours)).toBe(expected);
  },
);

test("HUMAN_AGENT is used only by a Page that has the permission", () => {
  expect(typeOf(plain, "staff", 30)).toBe("window_closed");
  expect(typeOf(plain, "staff", 3)).toBe("RESPONSE");
});
