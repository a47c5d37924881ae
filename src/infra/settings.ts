/** Choices of the operators that are not in the environment, one row per subject, checked when read. */
import type { z } from "zod";
import type { Db, Tx } from "./db.ts";

/** @param shape must give its defaults for {}: what is stored and cannot be read counts as not set. */
export async function readSetting<Shape extends z.ZodType>(
  db: Db | Tx,
  key: string,
  shape: Shape,
): Promise<z.infer<Shape>> {
  const row = await db.setting.findUnique({ where: { key } });
  const read = shape.safeParse(row?.value ?? {});
  return read.success ? read.data : shape.parse({});
}

export async function writeSetting(tx: Tx, key: string, value: object): Promise<void> {
  const data = { value, updatedAt: new Date() };
  await tx.setting.upsert({ where: { key }, create: { key, ...data }, update: data });
}
