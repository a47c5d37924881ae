/** Land: a parcel and what is planned on it, with a picture; land-use codes in plain words; official prices. */
import type { WordingBook } from "../../dialogue/wording.ts";
import { createTeller } from "../../residents/teller.ts";
import type { Feature } from "../feature.ts";
import { explainUse, priceFlow, tellPrice } from "./codes-and-prices.ts";
import { draftShape, type LandDraft } from "./draft.ts";
import { createFinding, type FindParts } from "./find.ts";
import { landFlow } from "./flow.ts";
import { createInsert } from "./insert.ts";
import { forgetAnswers } from "./store.ts";

export { createLandSource } from "./http-source.ts";
export { ensureSampleLand } from "./sample.ts";
export { readLandSourceConfig } from "./source-config.ts";

/** What the portal said this long ago helps nobody any more, ms. */
const KEPT = 180 * 86_400_000;

export function createLand(parts: Omit<FindParts, "teller"> & { wording: WordingBook }): Feature {
  const { database, clock, wording } = parts;
  const finding = createFinding({ ...parts, teller: createTeller(database, wording) });
  return {
    name: "land",
    flows: [landFlow, priceFlow],
    answers: { "land.use_type": explainUse },
    effects: {
      "land.show": (data, context) => finding.show(draftShape.parse(data), context),
      "land.price": ({ street }, context) => tellPrice(String(street), context),
    },
    menu: [{ intent: "land.parcel", label: "intents.land.parcel" }],
    insert: createInsert(parts.media),
    jobs: {
      tasks: {
        "land.ask": ({ residentId, draft }: { residentId: string; draft: LandDraft }) =>
          finding.answer(BigInt(residentId), draftShape.parse(draft)),
        land_forget: () => forgetAnswers(database.db, new Date(clock.now().getTime() - KEPT)),
      },
      crontab: ["40 2 * * * land_forget"],
    },
  };
}
