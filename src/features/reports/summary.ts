/** The report as the resident sees it before it goes: short lines, each of which can be changed. */
import { foldDiacritics } from "../../language/index.ts";
import type { Wording } from "../../dialogue/types.ts";
import { formatDateTime } from "../../infra/clock.ts";
import { inSentence, roadInSentence } from "../../places/index.ts";
import { categoryOf } from "./categories.ts";
import { needsPlace, type ReportDraft } from "./draft.ts";
import { lampInWords, poleOf } from "./lamp.ts";

const LONGEST = 300;

export function summaryOf(draft: ReportDraft, say: Wording): string {
  const { category, description, photos } = draft;
  const lines = [
    say("reports.summary.kind", { kind: categoryOf(category ?? "other").name[say.language] }),
    ...(needsPlace(draft) || draft.place
      ? [say("reports.summary.place", { place: placeLine(draft, say) })]
      : []),
    ...(description ? [say("reports.summary.what", { what: shortened(description) })] : []),
    ...poleLines(draft, say),
    ...(photos.length > 0 ? [say("reports.summary.photos", { count: photos.length })] : []),
  ];
  return [say("reports.summary.opening"), ...lines, say("reports.summary.closing")].join("\n");
}

/** Which lamp, and what it tells of itself. */
function poleLines(draft: ReportDraft, say: Wording): string[] {
  const { lamp, place } = draft;
  const pole = poleOf(draft);
  if (!pole) return [];
  const isPlace = lamp !== null && place === lampInWords(lamp);
  const where = lamp?.street ? `${pole}, ${roadInSentence(lamp.street)}` : pole;
  return [
    ...(isPlace ? [] : [say("reports.summary.pole", { pole: where })]),
    ...(lamp?.state && lamp.since
      ? [say(`reports.lamp.${lamp.state}`, { at: formatDateTime(new Date(lamp.since)) })]
      : []),
  ];
}

/** “trước số 12 Nguyễn Huệ, phường An Hội”: the ward is added unless the words already say it. */
export function placeLine({ place, ward, point }: ReportDraft, say: Wording): string {
  const words = place ?? say("reports.place.unknown");
  const bare = ward && foldDiacritics(ward.replace(/^(?:Phường|Xã) /, ""));
  const whole = !ward || foldDiacritics(words).includes(bare!) ? words : `${words}, ${inSentence(ward)}`;
  return point ? say("reports.summary.withPin", { place: whole }) : whole;
}

const shortened = (text: string) => {
  const line = text.replace(/\s*\n\s*/g, ". ");
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST).trimEnd()}…`;
};
