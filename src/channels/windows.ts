/** When the bot may write of its own accord: while the platform's window is open, and not at night. */
import { DateTime } from "luxon";
import { ZONE } from "../infra/clock.ts";
import type { ChannelName } from "./channel.ts";
import { FACEBOOK_WINDOWS } from "./facebook/window.ts";
import { ZALO_WINDOWS } from "./zalo/window.ts";

// Nghị định 91/2020 keeps advertising out of the night; official news keeps the same hours.
const NIGHT = { from: 22, to: 7 };

/** The moment itself by day; seven in the morning for what falls between 22:00 and 07:00. */
export function afterNight(moment: Date): Date {
  const local = DateTime.fromJSDate(moment, { zone: ZONE });
  if (local.hour >= NIGHT.to && local.hour < NIGHT.from) return moment;
  const morning = local.startOf("day").set({ hour: NIGHT.to });
  return (local.hour >= NIGHT.from ? morning.plus({ days: 1 }) : morning).toJSDate();
}

const HOUR = 3_600_000;

/** May the bot still write to somebody last heard of then? */
export function isWindowOpen(channel: ChannelName, lastInboundAt: Date | null, now: Date): boolean {
  if (!lastInboundAt) return false;
  const hours = (now.getTime() - lastInboundAt.getTime()) / HOUR;
  const windows = channel === "zalo" ? ZALO_WINDOWS : FACEBOOK_WINDOWS;
  return Boolean(windows.find(({ untilHours }) => hours <= untilHours)?.bot);
}

/** Hours after the resident's last act in which a copy of an announcement may go, by platform: Zalo's paid days are not for that. */
export const BULK_HOURS: Record<ChannelName, number> = {
  zalo: Math.max(...ZALO_WINDOWS.filter(({ bulk }) => bulk).map(({ untilHours }) => untilHours)),
  facebook: Math.max(...FACEBOOK_WINDOWS.filter(({ bot }) => bot).map(({ untilHours }) => untilHours)),
};
