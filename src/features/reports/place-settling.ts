/** What a place amounts to: the words kept, and the ward as far as they or the map tell it. */
import type { Wording } from "../../dialogue/types.ts";
import {
  inSentence,
  landmarkNear,
  type Point,
  type TodaysWard,
  wardAt,
  wardsOfStreet,
} from "../../places/index.ts";
import { withoutComparison, type ReportDraft } from "./draft.ts";
import type { SpokenPlace } from "./place.ts";

/** An answer that is plainly a place: never taken for a question to us. */
export interface Settled {
  fill: ReportDraft;
  sure: boolean;
  note?: string;
}

/** The draft with a place said in words. */
export function withSpokenPlace(draft: ReportDraft, spoken: SpokenPlace): ReportDraft {
  const { street, houseNumber, hamlet } = spoken;
  const place = spoken.words ?? draft.place;
  const point = spoken.point ?? draft.point;
  return withoutComparison({ ...draft, place, vaguePlace: null, street, houseNumber, hamlet, point });
}

/** The ward as the words tell it: named, or the only one the street runs through; several are left to be asked. */
export function settleWard(draft: ReportDraft, { point, wards }: SpokenPlace, say: Wording): Settled {
  if (point) return { fill: withPoint(draft, point, say), sure: true };
  const [only, another] = wards;
  if (only && another) {
    const wardChoices = wards.map(({ ward }) => ward);
    return { fill: { ...draft, wardChoices, isWardSettled: false }, sure: true };
  }
  if (only) return nameWard(draft, only, say);
  if (draft.isWardSettled) return { fill: draft, sure: true };
  const along = draft.street ? wardsOfStreet(draft.street) : [];
  if (along.length === 1) return { fill: { ...draft, ward: along[0]!, isWardSettled: true }, sure: true };
  return { fill: { ...draft, wardChoices: [...along] }, sure: true };
}

/** A ward by its name; one of before is accepted as it is, and the one of today is told. */
export function nameWard(draft: ReportDraft, { ward, formerly }: TodaysWard, say: Wording): Settled {
  const wardSaid = formerly ?? ward;
  const fill = { ...draft, ward, wardSaid, wardChoices: [], isWardSettled: true, isOutside: false };
  if (!formerly) return { fill, sure: true };
  return { fill, sure: true, note: say("reports.ward.now", { formerly, ward: inSentence(ward) }) };
}

/** The ward from the map; where the words said another, or a boundary is near, it is left to be asked. */
export function withPoint(draft: ReportDraft, point: Point, say: Wording): ReportDraft {
  const { ward, orElse } = wardAt(point);
  const place = draft.place ?? (draft.vaguePlace || nameOfPoint(point, say));
  const placed = withoutComparison({ ...draft, point, place, vaguePlace: null, wardChoices: [] });
  const named = draft.wardSaid === null ? null : draft.ward;
  const mapped = [...(ward ? [ward] : []), ...orElse];
  if (mapped.length === 0 && !named) return { ...placed, ward: null, isWardSettled: false, isOutside: true };
  const possible = named && mapped.includes(named) ? [named] : [...(named ? [named] : []), ...mapped];
  if (possible.length === 1) return { ...placed, ward: possible[0]!, isWardSettled: true, isOutside: false };
  return { ...placed, ward: null, wardChoices: possible, isWardSettled: false, isOutside: false };
}

function nameOfPoint(point: Point, say: Wording): string {
  const near = landmarkNear(point);
  return near ? say("reports.place.pinNear", { landmark: near.name }) : say("reports.place.pin");
}
