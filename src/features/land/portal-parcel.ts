/** A parcel as a land portal tells it, and how it is asked for. */
import { z } from "zod";
import type { JsonSource } from "../../infra/json-source/source.ts";
import type { LandDraft } from "./draft.ts";
import type { Shape } from "./geometry.ts";
import type { Position } from "./projection.ts";

export type Question =
  | { by: "number"; sheet: number; number: number; ward: string }
  | { by: "point"; point: Position }
  | { by: "identifier"; identifier: string };

export function questionOf({ sheet, number, ward, point, identifier }: LandDraft): Question | null {
  if (point) return { by: "point", point };
  if (identifier) return { by: "identifier", identifier };
  return sheet === null || number === null ? null : { by: "number", sheet, number, ward: ward ?? "" };
}

/** Under which the last answer is kept; a point is one to about a metre. */
export function keyOf(question: Question): string {
  if (question.by === "point") return `@${question.point.map((degrees) => degrees.toFixed(5)).join(",")}`;
  if (question.by === "identifier") return `#${question.identifier}`;
  const { sheet, number, ward } = question;
  return `${sheet}/${number}/${ward.toLowerCase()}`;
}

const zoneShape = z.object({
  code: z.string(),
  name: z.string(),
  /** m² of the parcel. */
  area: z.number(),
});
export const portalParcelShape = z.object({
  sheet: z.number(),
  number: z.number(),
  ward: z.string(),
  /** m²; null: it does not say, and gives no outline to measure. */
  area: z.number().nullable(),
  useCodes: z.array(z.string()),
  address: z.string().nullable(),
  geohash: z.string().nullable(),
  shape: z.custom<Shape>(Array.isArray).nullable(),
  /** null: it says nothing of planning. */
  zones: z.array(zoneShape).nullable(),
  source: z.string(),
  asOf: z.coerce.date(),
});
export type PortalParcel = z.output<typeof portalParcelShape>;

export interface LandSource extends Pick<JsonSource<Question, PortalParcel[]>, "find"> {
  canAnswer(question: Question): boolean;
}
