/** Where it is, in words; and a position from the map, whenever one is sent. */
import type { Heard, Slot, Turn, Wording } from "../../dialogue/types.ts";
import { isNo, isQuestion, isSkip, isYes } from "../../dialogue/words.ts";
import { foldDiacritics } from "../../language/index.ts";
import { inSentence } from "../../places/index.ts";
import { isElsewhere, needsPlace, withoutPlace, type ReportDraft } from "./draft.ts";
import { askAboutPhotoPlace, asksAboutPhotoPlace, hearAboutPhotoPlace } from "./photo-place.ts";
import { inFull, placeIn, type SpokenPlace } from "./place.ts";
import { settleWard, withPoint, withSpokenPlace } from "./place-settling.ts";

const LONGEST = 300;

export const placeSlot: Slot<ReportDraft> = {
  name: "place",
  isOpen: (draft) => draft.place === null && needsPlace(draft) && !isElsewhere(draft),
  asks(draft, say) {
    if (asksAboutPhotoPlace(draft)) return askAboutPhotoPlace(draft, say);
    if (draft.vaguePlace !== null) return { text: say("reports.place.askExact") };
    if (draft.ward) return { text: say("reports.place.askInWard", { ward: inSentence(draft.ward) }) };
    return { text: say("reports.place.ask") };
  },
  hears(turn, draft, say, when) {
    const aboutPhoto =
      when === "asked" && asksAboutPhotoPlace(draft) && hearAboutPhotoPlace(turn, draft, say);
    if (aboutPhoto) return aboutPhoto;
    const spoken = placeIn(turn);
    if (when === "asked") return hearAnswer(turn, spoken, draft, say);
    if (spoken.isExact && (spoken.words ?? spoken.point))
      return settleWard(withSpokenPlace(draft, spoken), spoken, say);
    if (when !== "opening") return null;
    if (spoken.wards.length > 0) return settleWard({ ...draft, vaguePlace: spoken.words }, spoken, say);
    return spoken.words ? { fill: { ...draft, vaguePlace: spoken.words } } : null;
  },
  clears: withoutPlace,
  label: (say) => say("reports.line.place"),
  named: /(?<!\p{L})(?:dia chi|dia diem|cho|noi|vi tri|so nha|duong|hem|place|where|address)(?!\p{L})/u,
};

/** Any words may be the place. What tells too little is asked about once more, never a third time. */
function hearAnswer(
  turn: Turn,
  spoken: SpokenPlace,
  draft: ReportDraft,
  say: Wording,
): Heard<ReportDraft> | null {
  const text = turn.text.replace(/\s+/g, " ").trim().slice(0, LONGEST);
  if (!text) return null;
  const isSecondTry = draft.vaguePlace !== null;
  if (isSkip(text) || isYes(text) || isNo(text)) return isSecondTry ? giveUp(draft, say) : tryOnce(draft, "");
  if (text.length < 2 || /^[\d\W]+$/.test(text)) return { problem: say("reports.place.tooShort") };
  const isOnlyWard = !spoken.words && spoken.wards.length > 0;
  if (isOnlyWard && !isSecondTry) return settleWard({ ...draft, vaguePlace: "" }, spoken, say);
  if (!spoken.isExact && !isSecondTry && isVague(text)) return tryOnce(draft, text);
  if (saysNoPlace(spoken) && !isSecondTry && isQuestion(text)) return tryOnce(draft, "");
  const whole = inFull(text, { start: 0, end: text.length }, turn.understanding.entities);
  const words = joinWords(worthKeeping(draft.vaguePlace), whole).slice(0, LONGEST);
  const heard = settleWard(withSpokenPlace(draft, { ...spoken, words }), spoken, say);
  return { ...heard, sure: spoken.isExact && !isQuestion(text) };
}

const tryOnce = (draft: ReportDraft, vaguePlace: string) => ({ fill: { ...draft, vaguePlace } });

function giveUp(draft: ReportDraft, say: Wording) {
  const place = draft.vaguePlace || say("reports.place.unknown");
  return { fill: { ...draft, place, isWardSettled: draft.ward !== null } };
}

/** Not a street, not a ward, not “gần …”; a resident may still mean a place by it. */
const saysNoPlace = ({ words, wards }: SpokenPlace) => !words && wards.length === 0;

/** “trước nhà tui”, “chỗ này nè”: true, and of no use to whoever has to find it. */
const isVague = (text: string) =>
  /(?<!\p{L})(?:nha|hem|xom|cua|ngo) (?:tui|toi|em|minh|con|chau|tao|anh|chi)(?!\p{L})|^(?:o )?(?:day|do|cho nay|cho do|gan day|gan nha)(?: ne| ah| a)?$/u.test(
    foldDiacritics(text),
  );

/** “gần cầu” says more beside the street; “trước nhà tui” does not. */
const worthKeeping = (words: string | null) =>
  words && /(?<!\p{L})nha(?!\p{L})/u.test(foldDiacritics(words)) ? null : words;

/** “gần cầu” and then “đường Hùng Vương”: both. */
export function joinWords(before: string | null, text: string): string {
  if (!before || foldDiacritics(text).includes(foldDiacritics(before))) return text;
  return `${before}, ${text}`;
}

/** Heard whenever it comes; never asked for by itself. */
export const pinSlot: Slot<ReportDraft> = {
  name: "pin",
  isOpen: () => false,
  asks: (_draft, say) => ({ text: say("reports.place.ask") }),
  hears({ attachments }, draft, say) {
    const shared = attachments.find(
      ({ latitude, longitude }) => latitude !== undefined && longitude !== undefined,
    );
    if (!shared || isElsewhere(draft)) return null;
    const point = { latitude: shared.latitude!, longitude: shared.longitude! };
    return { fill: withPoint(draft, point, say), sure: true };
  },
  clears: (draft) => draft,
  keepsHearing: true,
};
