import { DeliveryError } from "../delivery-error.ts";
import type { Outgoing } from "../channel.ts";
import { checkZaloWindow } from "./window.ts";

const now = new Date("2026-11-24T10:00:00+07:00");

function mayGo(who: "bot" | "staff" | "bulk", hours: number | null): boolean {
  const outgoing: Outgoing = {
    ...{ id: 1n, recipient: { user: "1" }, reply: { text: "dạ" } },
    author: who === "staff" ? "staff" : "bot",
    purpose: who === "bulk" ? "bulk" : "reply",
    lastInboundAt: hours === null ? null : new Date(now.getTime() - hours * 3_600_000),
  };
  try {
    checkZaloWindow(outgoing, now);
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(DeliveryError);
    expect((error as DeliveryError).errorClass).toBe("window_closed");
    return false;
  }
}

test.each([
  ["bot", 47, true],
  ["bot", 49, true],
  ["bot", 169, false],
  ["bot", null, false],
  ["staff", 47, true],
  ["staff", 49, true],
  ["staff", 169, false],
  ["staff", null, false],
  ["bulk", 47, true],
  ["bulk", 49, false],
  ["bulk", 169, false],
  ["bulk", null, false],
] as const)("a message of the %s, %s hours after the resident's last: may it go? %s", (who, hours, may) => {
  expect(mayGo(who, hours)).toBe(may);
});

test("a visitor of the web widget may be answered at any time", () => {
  const outgoing: Outgoing = {
    ...{ id: 1n, recipient: { anonymous: "a", conversation: "c" }, reply: { text: "dạ" } },
    ...{ author: "bot", purpose: "reply", lastInboundAt: null },
  };
  expect(() => checkZaloWindow(outgoing, now)).not.toThrow();
});
