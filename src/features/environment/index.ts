/** What the stations measure: salinity, water level, rain, air; pushed to us, read out with a chart, told when it is high. */
import type { Media } from "../../channels/media.ts";
import type { Feature } from "../feature.ts";
import { answer } from "./answer.ts";
import { follow, unfollow } from "./following.ts";
import { pushRouter } from "./push.ts";
import { createReadings, type TakeReading } from "./readings.ts";
import { createTelling, type TellingParts } from "./telling.ts";

export { openMqtt } from "./mqtt.ts";
export { ensureSampleStations } from "./sample.ts";
export type { DraftsAnnouncement, WarningDraft } from "./telling.ts";

export interface EnvironmentParts extends TellingParts {
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
  const take = createReadings({ ...parts, warn: telling.warn });
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
