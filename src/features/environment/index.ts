/** What the stations measure: salinity, water level, rain, air; pushed to us, read out with a chart. */
import type { Media } from "../../channels/media.ts";
import type { Db } from "../../infra/db.ts";
import type { Feature } from "../feature.ts";
import { answer } from "./answer.ts";
import { pushRouter } from "./push.ts";

export { ensureSampleStations } from "./sample.ts";

/** @param pushKeys of the systems that may push readings */
export function createEnvironment(db: Db, media: Pick<Media, "keepPicture">, pushKeys: string[]): Feature {
  return {
    name: "environment",
    answers: { "environment.reading": (turn, context) => answer(turn, context, media) },
    pages: pushRouter(db, pushKeys),
  };
}
