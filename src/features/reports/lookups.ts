/** What the form asks the database before its next question. */
import { z } from "zod";
import { codeOfWard } from "../../places/index.ts";
import type { Feature, TurnContext } from "../feature.ts";
import { categoryOf } from "./categories.ts";
import type { NearbyOffer } from "./draft.ts";
import { NEARBY, PHOTO_PLACE } from "./flow.ts";
import { LAMP, type FindLamp } from "./lamp.ts";
import { findNearby, photoPoint, radiusFor } from "./store.ts";

const point = z.object({ latitude: z.number(), longitude: z.number() }).nullable();
const whereabouts = z.object({
  category: z.string(),
  ward: z.string().nullable(),
  street: z.string().nullable(),
  houseNumber: z.string().nullable(),
  pole: z.string().nullable(),
  point,
});
const pictures = z.object({ photos: z.array(z.string()) });
const DAY = 86_400_000;

const lampSought = z.object({ pole: z.string().nullable(), point });

export const createLookups = (findLamp: FindLamp): NonNullable<Feature["lookups"]> => ({
  [PHOTO_PLACE]: async (data, { tx }) => photoPoint(tx, pictures.parse(data).photos.map(BigInt)),
  [NEARBY]: othersNear,
  [LAMP]: async (data, { tx }) => findLamp(tx, lampSought.parse(data)),
});

async function othersNear(data: Record<string, unknown>, { tx, now }: TurnContext): Promise<NearbyOffer[]> {
  const { category, ward, street, houseNumber, pole, point } = whereabouts.parse(data);
  const where = { point, lampPole: pole, street, houseNumber, wardCode: ward && codeOfWard(ward) };
  const found = await findNearby(tx, category, where, await radiusFor(tx, categoryOf(category)));
  return found.map(({ code, state, createdAt, distance, lampPole, street: along, photo }) => ({
    ...{ code, state, photo, street: along, metres: distance },
    samePole: pole !== null && lampPole === pole,
    days: Math.max(0, Math.floor((now.getTime() - createdAt.getTime()) / DAY)),
  }));
}
