/** What stations and lamps in the field tell: salinity, water level, rain, air, read out with a chart and told when high; lamps. */
import type { Media } from "../../channels/media.ts";
import type { Feature } from "../feature.ts";
import { answer } from "./answer.ts";
import { follow, unfollow } from "./following.ts";
import { createLamps, isOfLamp, type LampParts } from "./lamps/take.ts";
import { pushRouter } from "./push.ts";
import { createReadings, type TakeReading } from "./readings.ts";
import { createTelling, type TellingParts } from "./telling.ts";

export { findLamp, lampSearch } from "./lamps/find.ts";
export { environmentConsole } from "./console/routes.tsx";
export { stationSilence } from "./console/silence.ts";
export { brokerWatch } from "./broker-watch.ts";
export { openMqtt } from "./mqtt.ts";
export { stationNames } from "./store.ts";
export { ensureSampleStations } from "./sample.ts";
export type { DraftsAnnouncement, WarningDraft } from "./telling.ts";

export interface EnvironmentParts extends TellingParts, LampParts {
  media: Pick<Media, "keepPicture">;
  /** Keys of the systems that may push readings. */
  pushKeys: string[];
}

export interface Environment extends Feature {
  /** For readings that come by another road than HTTP. */
  takeReading: TakeReading;
}

export function createEnvironment({ media, pushKeys, ...parts }: EnvironmentParts): Environment {
  const telling = createTelling(parts);
  const takeReading = createReadings({ ...parts, warn: telling.warn });
  const takeLamp = createLamps(parts);
  const take: TakeReading = (row, by) => (isOfLamp(row) ? takeLamp(row, by) : takeReading(row, by));
  return {
    name: "environment",
    takeReading: take,
    answers: {
      "environment.reading": (turn, context) => answer(turn, context, media),
      "environment.follow": follow,
      "environment.unfollow": unfollow,
    },
    news: telling.withAnswer,
    jobs: { tasks: { "environment.tell": ({ id }: { id: string }) => telling.tell(BigInt(id)) } },
    pages: pushRouter(take, pushKeys),
  };
}
