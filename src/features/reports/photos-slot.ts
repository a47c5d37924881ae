/** Pictures, and for lamps the pole's code: one question for both, and "bỏ qua" is a good answer. */
import type { HeardAttachment, Slot, Turn } from "../../dialogue/types.ts";
import { isNo, isSkip, isYes } from "../../dialogue/words.ts";
import { foldDiacritics } from "../../language/index.ts";
import { categoryOf } from "./categories.ts";
import { isElsewhere, type ReportDraft } from "./draft.ts";
import { poleOf } from "./lamp.ts";
import { placeIn } from "./place.ts";

export const MOST_PHOTOS = 10;
const LONGEST = 1500;
/** Another matter, and not a word more on this one. */
const PLAINLY_ANOTHER = 0.6;

export const photosSlot: Slot<ReportDraft> = {
  name: "photos",
  isOpen: (draft) => !draft.arePhotosAsked && !isElsewhere(draft),
  asks(draft, say) {
    const { category } = draft;
    const asksPole = category !== null && categoryOf(category).pole && poleOf(draft) === null;
    return { text: asksPole ? say("reports.photos.askWithPole") : say("reports.photos.ask") };
  },
  hears(turn, draft, say, when) {
    const added = picturesIn(turn.attachments);
    const pole = placeIn(turn).pole ?? draft.pole;
    const asked = when === "asked" || added.length > 0 || draft.arePhotosAsked;
    if (added.length > 0) {
      const photos = [...draft.photos, ...added];
      const fill = { ...draft, pole, photos: photos.slice(0, MOST_PHOTOS), arePhotosAsked: asked };
      if (photos.length > MOST_PHOTOS)
        return { fill, sure: true, note: say("reports.photos.tooMany", { most: MOST_PHOTOS }) };
      return { fill, sure: true, ...(when === "beside" ? { note: say("reports.photos.got") } : {}) };
    }
    if (pole !== draft.pole)
      return { fill: { ...draft, pole, arePhotosAsked: asked, nearby: null }, sure: true };
    if (when !== "asked" || !turn.text) return null;
    const done = { ...draft, arePhotosAsked: true };
    if (isSkip(turn.text) || isNo(turn.text)) return { fill: done, sure: true };
    if (isYes(turn.text)) return { problem: say("reports.photos.waiting") };
    if (isAnotherMatter(turn, draft)) return null;
    if (!/\p{L}{2}/u.test(turn.text)) return { fill: done };
    return {
      fill: {
        ...done,
        description: [draft.description, turn.text].filter(Boolean).join("\n").slice(0, LONGEST),
      },
    };
  },
  keepsHearing: true,
  skips: (draft) => ({ ...draft, arePhotosAsked: true }),
  clears: (draft) => ({ ...draft, photos: [], pole: null, arePhotosAsked: false }),
  label: (say) => say("reports.line.photos"),
  named: /(?<!\p{L})(?:hinh|anh chup|hinh anh|tru den|photo|picture)(?!\p{L})/u,
};

export const picturesIn = (attachments: HeardAttachment[]): string[] =>
  attachments.flatMap(({ type, attachmentId }) =>
    attachmentId !== null && (type === "image" || type === "gif") ? [attachmentId] : [],
  );

/** “sẵn báo luôn …”: what else is said beside a matter is more of it, unless it is announced. */
const isAnotherMatter = ({ understanding, text }: Turn, { intent }: ReportDraft) =>
  ANNOUNCED.test(foldDiacritics(text)) &&
  understanding.intents.some(
    ({ name, confidence }) => name.startsWith("report.") && name !== intent && confidence >= PLAINLY_ANOTHER,
  );
const ANNOUNCED =
  /(?<!\p{L})(?:san|tien the|nhan tien|luon tien|voi lai|ngoai ra|con (?:vu|chuyen|viec|cai|cho)|bao (?:luon|them)|them (?:vu|chuyen|viec)|(?:chuyen|vu|viec) khac|nua la)(?!\p{L})/u;
