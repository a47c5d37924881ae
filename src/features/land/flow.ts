/** Asking after a parcel: the sheet and the number, the ward they are of, or simply where it lies. */
import { askedFor } from "../../dialogue/choices.ts";
import type { Flow, Slot, Turn } from "../../dialogue/types.ts";
import { isSkip } from "../../dialogue/words.ts";
import type { Entity } from "../../language/index.ts";
import { draftShape, emptyDraft, isPlaced, type LandDraft } from "./draft.ts";
import { planeOf, toWgs84, type Position } from "./projection.ts";

const IDENTIFIER = /(?<![a-z0-9])(w3[0-9b-hjkmnp-z]{10})(?![a-z0-9])/i;

const placeSlot: Slot<LandDraft> = {
  name: "place",
  isOpen: (draft) => !isPlaced(draft) && (draft.sheet === null || draft.number === null),
  asks({ sheet, number }, say) {
    if (sheet !== null) return { text: say("land.askNumber", { sheet }) };
    return { text: number === null ? say("land.askPlace") : say("land.askSheet", { number }) };
  },
  hears(turn, draft, say, when) {
    const placed = placedBy(turn);
    if (placed) return { fill: { ...draft, ...placed }, sure: true };
    const named = { ...draft, ...numbersIn(turn, draft, when === "asked") };
    const changed = named.sheet !== draft.sheet || named.number !== draft.number;
    if (changed) return { fill: named, sure: true };
    return when === "asked" ? { problem: say("land.notANumber") } : null;
  },
  clears: (draft) => ({ ...draft, sheet: null, number: null, point: null, identifier: null, id: null }),
};

const wardSlot: Slot<LandDraft> = {
  name: "ward",
  isOpen: (draft) => !isPlaced(draft) && draft.sheet !== null && draft.number !== null && draft.ward === null,
  asks: (_draft, say) => ({ text: say("land.askWard") }),
  hears({ text, understanding }, draft, say, when) {
    const ward = understanding.entities.find(({ type }) => type === "ward")?.value;
    if (typeof ward === "string") return { fill: { ...draft, ward }, sure: true };
    if (when !== "asked" || !text) return null;
    if (isSkip(text) || /không (?:biết|rõ|nhớ)|ko biet|khong (?:biet|ro|nho)/i.test(text))
      return { fill: { ...draft, ward: "" } };
    return { problem: say("land.notAWard") };
  },
  clears: (draft) => ({ ...draft, ward: null }),
  skips: (draft) => ({ ...draft, ward: "" }),
};

/** Shown at once: there is nothing to confirm. */
export const landFlow: Flow<LandDraft> = {
  name: "land.parcel",
  opens: ["land.parcel", "land.planning"],
  isOneMatter: true,
  begins: emptyDraft,
  reads(kept) {
    const read = draftShape.safeParse(kept);
    return read.success ? read.data : null;
  },
  slots: [placeSlot, wardSlot],
  intentOf: ({ intent }) => intent,
  holds: () => false,
  finish: (draft) => ({ type: "land.show", data: draft }),
};

/** A shared place, coordinates either way round, an identifier, or a line of the list before. */
function placedBy({ text, choice, attachments, understanding }: Turn): Partial<LandDraft> | null {
  const picked = askedFor(choice)?.about;
  if (picked && /^\d{1,18}(?:\.\d{1,2})?$/.test(picked)) return { id: picked };
  const shared = attachments.find(({ type }) => type === "location");
  if (shared?.latitude !== undefined && shared.longitude !== undefined) {
    return { point: [shared.longitude, shared.latitude] };
  }
  const identifier = IDENTIFIER.exec(text)?.[1];
  if (identifier) return { identifier: identifier.toLowerCase() };
  const point = pointOf(understanding.entities);
  return point && { point };
}

function pointOf(entities: Entity[]): Position | null {
  const value = entities.find(({ type }) => type === "coordinates")?.value as
    { lat?: number; lon?: number; x?: number; y?: number } | undefined;
  if (value?.lat !== undefined && value.lon !== undefined) return [value.lon, value.lat];
  const plane = value?.x !== undefined && value.y !== undefined ? planeOf(value.x, value.y) : null;
  return plane && toWgs84(plane);
}

/** "tờ 12 thửa 125"; to the question also "12 125", or the one number that was missing. */
function numbersIn({ text, understanding }: Turn, { sheet, number }: LandDraft, isAsked: boolean) {
  const named = understanding.entities
    .filter(({ type }) => type === "parcel")
    .map(({ value }) => value as { sheet?: number; parcel?: number });
  const found = {
    sheet: named.find((each) => each.sheet !== undefined)?.sheet ?? sheet,
    number: named.find((each) => each.parcel !== undefined)?.parcel ?? number,
  };
  if (named.length > 0 || !isAsked) return found;
  const figures = [...text.matchAll(/(?<!\d)\d{1,5}(?!\d)/g)].map(([figure]) => Number(figure));
  if (figures.length === 1) {
    if (sheet !== null && number === null) return { sheet, number: figures[0]! };
    if (number !== null && sheet === null) return { sheet: figures[0]!, number };
  }
  return figures.length === 2 && sheet === null && number === null
    ? { sheet: figures[0]!, number: figures[1]! }
    : found;
}
