/** When the bot may write of its own accord: while the platform's window is open, and not at night. */
import { DateTime } from "luxon";
import { vi } from "../bilingual/index.ts";
import { ZONE } from "../infra/clock.ts";
import { settingGroup } from "../infra/setting-groups.ts";
import type { ChannelName } from "./channel.ts";
import { FACEBOOK_WINDOWS } from "./facebook/window.ts";
import { ZALO_WINDOWS } from "./zalo/window.ts";

/** Nghị định 91/2020 keeps advertising out of 22:00–07:00; official news keeps the same hours, or longer ones. */
export const quietHours = settingGroup("quiet.hours", {
  title: vi`Giờ yên tĩnh`,
  meaning: vi`Trong giờ này trợ lý không tự nhắn cho ai; tin chờ tới sáng. Câu trả lời cho người đang nhắn và tin khẩn cấp vẫn đi ngay.`,
  choices: {
    from: {
      ...{ kind: "number", label: vi`Bắt đầu lúc`, unit: vi`giờ`, min: 18, max: 22, initial: 22 },
      meaning: vi`Nghị định 91/2020: muộn nhất là 22 giờ.`,
    },
    to: {
      ...{ kind: "number", label: vi`Hết lúc`, unit: vi`giờ sáng`, min: 7, max: 10, initial: 7 },
      meaning: vi`Nghị định 91/2020: sớm nhất là 7 giờ.`,
    },
  },
});

/** The moment itself by day; the morning for what falls in the quiet hours: seven, for 22:00 to 07:00. */
export function afterNight(moment: Date): Date {
  const night = quietHours.value;
  const local = DateTime.fromJSDate(moment, { zone: ZONE });
  if (local.hour >= night.to && local.hour < night.from) return moment;
  const morning = local.startOf("day").set({ hour: night.to });
  return (local.hour >= night.from ? morning.plus({ days: 1 }) : morning).toJSDate();
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
