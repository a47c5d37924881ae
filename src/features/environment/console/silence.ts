/** A station that has not been heard of for a while is lost, as far as the office knows. */
import { vi } from "../../../bilingual/index.ts";
import { settingGroup } from "../../../infra/setting-groups.ts";
import { isPast } from "../warning.ts";
import type { ListedStation } from "./store.ts";

export const stationSilence = settingGroup("stations.silent", {
  title: vi`Trạm đo mất liên lạc`,
  meaning: vi`Trạm im lâu hơn vậy thì trang Trạm đo ghi là mất liên lạc.`,
  choices: {
    hours: {
      ...{ kind: "number", label: vi`Im lặng quá`, unit: vi`giờ`, min: 1, max: 168, initial: 6 },
      meaning: vi`Trạm gửi thưa thì để dài hơn.`,
    },
  },
});

export type Condition = "off" | "unheard" | "lost" | "past" | "fine";

export function conditionOf(
  { offAt, last, warnFrom, warnsLow }: Pick<ListedStation, "offAt" | "last" | "warnFrom" | "warnsLow">,
  now: Date,
): Condition {
  if (offAt) return "off";
  if (!last) return "unheard";
  if (now.getTime() - last.at.getTime() > stationSilence.value.hours * 3_600_000) return "lost";
  return isPast({ warnFrom, warnsLow }, last.value) ? "past" : "fine";
}
