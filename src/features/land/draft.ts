/** Which parcel is meant: by sheet, number and ward; by a point; by its identifier; or as one picked from a list. */
import { z } from "zod";

export const draftShape = z.object({
  intent: z.string(),
  sheet: z.number().nullable().catch(null),
  number: z.number().nullable().catch(null),
  /** As named; "" when the resident does not know. */
  ward: z.string().nullable().catch(null),
  point: z.tuple([z.number(), z.number()]).nullable().catch(null),
  identifier: z.string().nullable().catch(null),
  /** "4711": of our own map. "42.1": the second of an answer of the portal. */
  id: z.string().nullable().catch(null),
});
export type LandDraft = z.output<typeof draftShape>;

export const emptyDraft = (intent: string): LandDraft => ({
  ...{ intent, sheet: null, number: null, ward: null, point: null, identifier: null, id: null },
});

/** Found without its ward. */
export const isPlaced = ({ point, identifier, id }: LandDraft) => Boolean(point ?? identifier ?? id);
