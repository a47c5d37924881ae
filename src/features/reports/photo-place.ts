/** A picture may know where it was taken: asked about, never assumed. */
import { withChoices } from "../../dialogue/choices.ts";
import type { Heard, Turn, Wording } from "../../dialogue/types.ts";
import { isNo, isYes } from "../../dialogue/words.ts";
import { inSentence, landmarkNear, wardAt } from "../../places/index.ts";
import type { ReportDraft } from "./draft.ts";
import { withPoint } from "./place-settling.ts";

const HERE = "pick:photo-place:yes";
const ELSEWHERE = "pick:photo-place:no";

export const asksAboutPhotoPlace = ({ photoPlace, isPhotoPlaceAsked, place }: ReportDraft) =>
  photoPlace !== null && !isPhotoPlaceAsked && place === null;

/** “Ảnh chụp gần Hồ Trúc Giang, phường An Hội, có phải nơi này không?” */
export function askAboutPhotoPlace({ photoPlace }: ReportDraft, say: Wording) {
  const { ward } = wardAt(photoPlace!);
  const where = [landmarkNear(photoPlace!)?.name, ward && inSentence(ward)].filter(Boolean).join(", ");
  const question = where ? say("reports.photo.takenNear", { where }) : say("reports.photo.takenElsewhere");
  return withChoices(question, [
    { label: say("reports.photo.here"), value: HERE },
    { label: say("reports.photo.notHere"), value: ELSEWHERE },
  ]);
}

export function hearAboutPhotoPlace(
  { choice, text, understanding }: Turn,
  draft: ReportDraft,
  say: Wording,
): Heard<ReportDraft> | null {
  const intent = choice ? null : understanding.intents[0]?.name;
  const asked = { ...draft, isPhotoPlaceAsked: true };
  if (choice === HERE || isYes(text) || intent === "affirm")
    return { fill: withPoint(asked, draft.photoPlace!, say), sure: true };
  if (choice === ELSEWHERE || isNo(text) || intent === "deny") return { fill: asked, sure: true };
  return null;
}
