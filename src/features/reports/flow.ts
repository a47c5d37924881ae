/** Filing a report: what, where, a picture or not, and one look at the whole before it goes. */
import type { Flow, Lookup, Turn } from "../../dialogue/types.ts";
import { categories, categoriesOf, categoryOf, guideFor } from "./categories.ts";
import {
  emptyDraft,
  isElsewhere,
  needsPlace,
  ofIntent,
  readDraft,
  withCategory,
  type NearbyOffer,
  type ReportDraft,
} from "./draft.ts";
import { LAMP, lampOf, poleOf, withLamp } from "./lamp.ts";
import { belongsSlot, categorySlot, whatSlot } from "./matter-slots.ts";
import { photosSlot } from "./photos-slot.ts";
import { pinSlot, placeSlot } from "./place-slot.ts";
import { sameSlot } from "./same-slot.ts";
import { summaryOf } from "./summary.ts";
import { wardSlot } from "./ward-slot.ts";
import type { Point } from "../../places/index.ts";

export const reportFlow: Flow<ReportDraft> = {
  name: "report",
  opens: [...new Set(categories.flatMap(({ intents }) => intents))],
  opensWith({ attachments }: Turn) {
    const opens = attachments.some(({ type }) => type === "image" || type === "location");
    return opens ? "report.other" : null;
  },
  begins(intent, topic) {
    const { code } = topic?.name === "report" ? topic.about : {};
    return { ...emptyDraft(intent), recent: typeof code === "string" ? code : null };
  },
  afresh: "report.other",
  reads: readDraft,
  slots: [belongsSlot, whatSlot, categorySlot, placeSlot, pinSlot, wardSlot, sameSlot, photosSlot],
  intentOf: ({ intent }) => intent,
  narrows(draft, intent) {
    const isVague = draft.intent === "report.other" && draft.category === null;
    if (!isVague || intent === "report.other" || categoriesOf(intent).length === 0) return draft;
    return withCategory(ofIntent(draft, intent));
  },
  diverts({ description, category }) {
    const guide =
      (description && guideFor(description)) ??
      (category !== null && categoryOf(category).handling === "guide" ? "child" : null);
    return guide ? [{ answer: `report.guide.${guide}` }] : null;
  },
  looksUp: (draft) => photoPlaceOf(draft) ?? lampOf(draft) ?? othersOf(draft),
  learns(draft, { type }, found) {
    if (type === PHOTO_PLACE) return { ...draft, photoPlace: found as Point | null };
    if (type === LAMP) return withLamp(draft, found as ReportDraft["lamp"]);
    return { ...draft, nearby: found as NearbyOffer[] };
  },
  isUrgent: ({ intent }) => intent === "report.emergency",
  isAbout({ category, intent }, say) {
    const kind = category === null ? null : categoryOf(category).name[say.language];
    return (kind ?? say(`intents.${intent}`)).toLowerCase();
  },
  holds: ({ description, place, photos }) => Boolean(description) || place !== null || photos.length > 0,
  confirms: summaryOf,
  isAgreed: isElsewhere,
  finish(draft) {
    if (draft.addTo)
      return { type: "reports.add", data: { code: draft.addTo, photos: draft.photos, words: null } };
    if (draft.joins) return { type: "reports.join", data: { code: draft.joins, photos: draft.photos } };
    return { type: "reports.file", data: { ...draft } };
  },
};

export const PHOTO_PLACE = "reports.photo-place";
export const NEARBY = "reports.nearby";
/** Where the pictures were taken: read from them a moment after they came. */
function photoPlaceOf({ photos, place, photoPlace, recent, addTo }: ReportDraft): Lookup | null {
  const isWanted =
    photos.length > 0 && place === null && photoPlace === null && recent === null && addTo === null;
  return isWanted ? { type: PHOTO_PLACE, data: { photos } } : null;
}

/** Others who told of the same, once it is known what and where. */
function othersOf(draft: ReportDraft): Lookup | null {
  const { category, nearby, ward, street, houseNumber, point } = draft;
  const pole = poleOf(draft);
  if (nearby !== null || category === null || isElsewhere(draft) || !needsPlace(draft)) return null;
  if (draft.place === null || !draft.isWardSettled) return null;
  return { type: NEARBY, data: { category, ward, street, houseNumber, pole, point } };
}
