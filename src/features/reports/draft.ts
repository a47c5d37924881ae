/** What a report being filed knows so far. Plain JSON in the talk's state, read back with care after a deploy. */
import { z } from "zod";
import { categoriesOf, isCategory, settle } from "./categories.ts";

const pointShape = z.object({ latitude: z.number(), longitude: z.number() });
const words = z.string().nullable().catch(null);

const nearbyShape = z.object({
  code: z.string(),
  state: z.string(),
  /** Whole days since it was told of. */
  days: z.number(),
  metres: z.number().nullable(),
  samePole: z.boolean(),
  street: z.string().nullable(),
  photo: z.string().nullable(),
});

/** A lamp as whoever keeps them tells of it. */
const lampShape = z.object({
  code: z.string(),
  street: z.string().nullable(),
  point: pointShape.nullable(),
  /** null: it tells nothing of itself. */
  state: z.enum(["ok", "fault"]).nullable(),
  /** Since when, ISO. */
  since: z.string().nullable(),
});
export type KnownLamp = z.output<typeof lampShape>;
export type NearbyOffer = z.output<typeof nearbyShape>;

const draftShape = z.object({
  intent: z.string(),
  category: z.string().nullable().catch(null),
  /** The resident said that the kind was wrong. */
  isReconsidered: z.boolean().catch(false),
  /** The resident's own words; "": the pictures say it. */
  description: words,
  /** Where, in words. */
  place: words,
  /** Words that tell too little ("trước nhà tui"), asked about once more. */
  vaguePlace: words,
  street: words,
  houseNumber: words,
  hamlet: words,
  pole: words,
  /** The lamp of that pole, or the one nearest to the point; and what it was looked for by. */
  lamp: lampShape.nullable().catch(null),
  lampSought: words,
  point: pointShape.nullable().catch(null),
  /** The ward of today, and how it was named. */
  ward: words,
  wardSaid: words,
  /** Wards it may be, where a street or a boundary leaves it open; empty: any. */
  wardChoices: z.array(z.string()).catch([]),
  /** Known, or as well known as it will be. */
  isWardSettled: z.boolean().catch(false),
  /** The shared position lies in none of our wards. */
  isOutside: z.boolean().catch(false),
  photos: z.array(z.string()).catch([]),
  arePhotosAsked: z.boolean().catch(false),
  /** Where the pictures were taken, and what came of asking about it. */
  photoPlace: pointShape.nullable().catch(null),
  isPhotoPlaceAsked: z.boolean().catch(false),
  /** Reports that may be the same; null: not looked for yet. */
  nearby: z.array(nearbyShape).nullable().catch(null),
  /** The report this one joins; null with `isNew`: it is none of those offered. */
  joins: words,
  isNew: z.boolean().catch(false),
  /** A report spoken of just before, to which a picture sent without a word may belong. */
  recent: words,
  addTo: words,
});
export type ReportDraft = z.output<typeof draftShape>;

export function emptyDraft(intent: string): ReportDraft {
  const [only, another] = categoriesOf(intent);
  return {
    ...{ intent, category: only && !another ? only.code : null, isReconsidered: false, description: null },
    ...{
      place: null,
      vaguePlace: null,
      street: null,
      houseNumber: null,
      hamlet: null,
      pole: null,
      lamp: null,
      lampSought: null,
      point: null,
    },
    ...{ ward: null, wardSaid: null, wardChoices: [], isWardSettled: false, isOutside: false },
    ...{ photos: [], arePhotosAsked: false, photoPlace: null, isPhotoPlaceAsked: false },
    ...{ nearby: null, joins: null, isNew: false, recent: null, addTo: null },
  };
}

/** @returns null for what is no draft of ours any more; parts that cannot be read are asked anew. */
export function readDraft(kept: unknown): ReportDraft | null {
  const draft = draftShape.safeParse(kept).data;
  if (!draft) return null;
  return { ...draft, category: isCategory(draft.category) ? draft.category : null };
}

/** The draft without its place, so that it is asked anew; what hung on it goes too. */
export function withoutPlace(draft: ReportDraft): ReportDraft {
  const { place, vaguePlace, street, houseNumber, hamlet, point } = emptyDraft(draft.intent);
  return withoutWard({ ...draft, place, vaguePlace, street, houseNumber, hamlet, point });
}

export function withoutWard(draft: ReportDraft): ReportDraft {
  return withoutComparison({
    ...draft,
    ...{ ward: null, wardSaid: null, wardChoices: [], isWardSettled: false, isOutside: false },
  });
}

/** Whether others told of the same has to be looked at anew. */
export function withoutComparison(draft: ReportDraft): ReportDraft {
  return { ...draft, nearby: null, joins: null, isNew: false };
}

/** The draft of another intent; the category is settled where the intent has one only. */
export function ofIntent(draft: ReportDraft, intent: string): ReportDraft {
  return draft.intent === intent ? draft : { ...draft, intent, category: emptyDraft(intent).category };
}

/** The category once the words settle it: never changes one that is settled. */
export function withCategory(draft: ReportDraft): ReportDraft {
  if (draft.category !== null || draft.description === null || draft.isReconsidered) return draft;
  return { ...draft, category: settle(draft.intent, draft.description) };
}

/** Some matters have no place: a suggestion, a dossier, a call from a swindler. */
export const needsPlace = ({ category }: ReportDraft) => category === null || !PLACELESS.has(category);
const PLACELESS = new Set(["suggestion", "admin_service", "scam"]);

/** The picture belongs to a report filed before, or the matter to one that others filed. */
export const isElsewhere = ({ addTo, joins }: ReportDraft) => addTo !== null || joins !== null;
