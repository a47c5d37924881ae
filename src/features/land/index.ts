/** Land: a parcel and what is planned on it, with a picture; land-use codes in plain words; official prices. */
import type { Media } from "../../channels/media.ts";
import type { Feature } from "../feature.ts";
import { explainUse, priceFlow, tellPrice } from "./codes-and-prices.ts";
import { draftShape } from "./draft.ts";
import { landFlow } from "./flow.ts";
import { show } from "./show.ts";

export { ensureSampleLand } from "./sample.ts";

export function createLand(media: Pick<Media, "keepPicture">): Feature {
  return {
    name: "land",
    flows: [landFlow, priceFlow],
    answers: { "land.use_type": explainUse },
    effects: {
      "land.show": (data, context) => show(draftShape.parse(data), context, media),
      "land.price": ({ street }, context) => tellPrice(String(street), context),
    },
    menu: [{ intent: "land.parcel", label: "intents.land.parcel" }],
  };
}
