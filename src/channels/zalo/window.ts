/** When Zalo lets us answer (zalo-oa.md §5.1): free for 48 hours after the resident's last act, paid to 7 days. */
import { DeliveryError } from "../delivery-error.ts";
import type { Outgoing } from "../channel.ts";

const HOUR = 3_600_000;

export const ZALO_WINDOWS = [
  { untilHours: 48, bot: true, staff: true, bulk: true },
  // paid for by the message: an answer is worth it, a bulk copy is not
  { untilHours: 7 * 24, bot: true, staff: true, bulk: false },
  { untilHours: Infinity, bot: false, staff: false, bulk: false },
];

/** @throws DeliveryError window_closed */
export function checkZaloWindow({ author, purpose, lastInboundAt, recipient }: Outgoing, now: Date): void {
  if ("anonymous" in recipient) return;
  const hours = lastInboundAt ? (now.getTime() - lastInboundAt.getTime()) / HOUR : Infinity;
  const row = ZALO_WINDOWS.find(({ untilHours }) => hours <= untilHours)!;
  if (row[purpose === "bulk" ? "bulk" : author]) return;
  throw new DeliveryError(
    "window_closed",
    "window",
    "Zalo allows no message until the resident writes again.",
  );
}
