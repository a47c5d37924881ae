/** Which ward: asked where a street runs through several, a boundary is near, or nothing tells. Never refused. */
import { withChoices } from "../../dialogue/choices.ts";
import type { Slot, Wording } from "../../dialogue/types.ts";
import { isNo, isQuestion, isSkip, isYes } from "../../dialogue/words.ts";
import { codeOfWard, roadInSentence, wardOfCode, wardsToday } from "../../places/index.ts";
import {
  isElsewhere,
  needsPlace,
  withoutComparison,
  withoutPlace,
  withoutWard,
  type ReportDraft,
} from "./draft.ts";
import { inFull, placeIn, wardsIn } from "./place.ts";
import { nameWard } from "./place-settling.ts";
import { joinWords } from "./place-slot.ts";

const UNSURE = "pick:ward:unsure";
const OTHER_PLACE = "pick:ward:other-place";
/** A longer answer in which no place is heard speaks of something else, words. */
const MOST_OF_A_NAME = 5;

export const wardSlot: Slot<ReportDraft> = {
  name: "ward",
  isOpen: (draft) => draft.place !== null && !draft.isWardSettled && needsPlace(draft) && !isElsewhere(draft),
  asks(draft, say) {
    if (draft.isOutside) {
      return withChoices(say("reports.ward.outside"), [
        { label: say("reports.ward.sendAnyway"), value: UNSURE },
        { label: say("reports.ward.otherPlace"), value: OTHER_PLACE },
      ]);
    }
    const possible = draft.wardChoices.length > 0 ? draft.wardChoices : wardsToday;
    const wards = possible.map((ward) => ({ label: ward, value: `pick:ward:${codeOfWard(ward)}` }));
    return withChoices(question(draft, say), [
      ...wards,
      { label: say("reports.ward.unsure"), value: UNSURE },
    ]);
  },
  hears({ choice, text, understanding }, draft, say, when) {
    if (choice === OTHER_PLACE) return { fill: withoutPlace(draft), sure: true };
    const leftToOffice = { ...draft, isWardSettled: true };
    if (choice === UNSURE) return { fill: leftToOffice, sure: true };
    const picked = wardOfCode(/^pick:ward:(\d+)$/.exec(choice ?? "")?.[1] ?? "");
    const named = picked ? { ward: picked, formerly: null } : wardsIn(understanding.entities)[0];
    if (named) return nameWard(withoutComparison(draft), named, say);
    if (when !== "asked" || !text) return null;
    if (isSkip(text) || isNo(text)) return { fill: leftToOffice, sure: true };
    const saysWhere = placeIn({ text, understanding }).words !== null;
    if (!saysWhere && (isQuestion(text) || isYes(text) || text.split(/\s+/).length > MOST_OF_A_NAME))
      return null;
    // no ward, but more of the place: kept, and the ward is left to the office
    const more = inFull(text, { start: 0, end: text.length }, understanding.entities);
    return { fill: { ...leftToOffice, place: joinWords(draft.place, more) } };
  },
  clears: withoutWard,
  label: (say) => say("reports.line.ward"),
  named: /(?<!\p{L})(?:phuong|xa|ward)(?!\p{L})/u,
};

function question({ wardChoices, point, street }: ReportDraft, say: Wording): string {
  if (wardChoices.length < 2) return say("reports.ward.ask");
  if (street && !point) return say("reports.ward.crosses", { road: roadInSentence(street) });
  return say("reports.ward.boundary");
}
