/** Street lamps, and what they told of themselves. */
import type { Db, Tx } from "../../../infra/db.ts";
import type { Lamp } from "../../../infra/generated/client.ts";
import { metresBetween, type Point } from "../../../places/index.ts";

export type { Lamp };

export type LampState = "ok" | "fault";

export async function lockLamp(tx: Tx, code: string): Promise<Lamp | null> {
  await tx.$executeRaw`SELECT 1 FROM lamp WHERE code = ${code} FOR NO KEY UPDATE`;
  return tx.lamp.findUnique({ where: { code } });
}

export async function keepLampState(
  tx: Tx,
  code: string,
  told: { state: LampState; since: Date; toldAt: Date },
): Promise<void> {
  await tx.lamp.update({ where: { code }, data: told });
}

/** "nh12" and "NH-012" are one plate. */
export async function lampByPlate(tx: Db | Tx, plate: string): Promise<Lamp | null> {
  const [, letters, digits] = /^(\p{L}+)\W*0*(\d+)$/u.exec(plate.toUpperCase()) ?? [];
  if (!letters || !digits) return null;
  const spellings = [0, 2, 3, 4].flatMap((width) =>
    ["-", ""].map((dash) => `${letters}${dash}${digits.padStart(width, "0")}`),
  );
  return tx.lamp.findFirst({ where: { code: { in: [plate, ...spellings] } }, orderBy: { code: "asc" } });
}

const METRES_PER_DEGREE = 111_195;

export async function nearestLamp(tx: Db | Tx, point: Point, within: number): Promise<Lamp | null> {
  const tall = within / METRES_PER_DEGREE;
  const wide = tall / Math.cos((point.latitude * Math.PI) / 180);
  const around = await tx.lamp.findMany({
    where: {
      latitude: { gte: point.latitude - tall, lte: point.latitude + tall },
      longitude: { gte: point.longitude - wide, lte: point.longitude + wide },
    },
    take: 200,
  });
  const [nearest] = around
    .map((lamp) => ({ lamp, metres: metresBetween(point, pointOf(lamp)!) }))
    .sort((one, other) => one.metres - other.metres);
  return nearest && nearest.metres <= within ? nearest.lamp : null;
}

export const pointOf = ({ latitude, longitude }: Lamp): Point | null =>
  latitude === null || longitude === null ? null : { latitude, longitude };

// ── in the console ──

export interface LampFilter {
  words: string;
  state: string;
}

/** The units' lamps, those out first. @param units whose */
export async function listLamps(
  db: Db,
  units: string[],
  { words, state }: LampFilter,
  page: { skip: number; take: number },
): Promise<{ lamps: Lamp[]; total: number }> {
  const like = { contains: words, mode: "insensitive" as const };
  const where = {
    unitCode: { in: units },
    ...(words ? { OR: [{ code: like }, { street: like }] } : {}),
    ...(state === "silent" ? { state: null } : state ? { state } : {}),
  };
  const [lamps, total] = await Promise.all([
    db.lamp.findMany({
      where,
      // "fault" comes before "ok"; those that tell nothing come last
      orderBy: [{ state: { sort: "asc", nulls: "last" } }, { code: "asc" }],
      ...page,
    }),
    db.lamp.count({ where }),
  ]);
  return { lamps, total };
}

export type LampFacts = Pick<Lamp, "code" | "street" | "latitude" | "longitude" | "unitCode" | "source">;

/** What it told of itself stays. @param check nothing is kept */
export async function keepLamp(
  tx: Tx,
  lamp: LampFacts,
  check = false,
): Promise<"added" | "changed" | "unchanged"> {
  const before = await tx.lamp.findUnique({ where: { code: lamp.code } });
  if (!before) {
    if (!check) await tx.lamp.create({ data: lamp });
    return "added";
  }
  const isSame = (Object.keys(lamp) as (keyof LampFacts)[]).every((field) => before[field] === lamp[field]);
  if (isSame) return "unchanged";
  if (!check) await tx.lamp.update({ where: { code: lamp.code }, data: lamp });
  return "changed";
}
