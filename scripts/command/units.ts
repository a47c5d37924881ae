import { OperatorError } from "../../src/config.ts";
import type { Db } from "../../src/infra/db.ts";

/** @throws OperatorError that lists the units there are. */
export async function requireUnit(db: Db, code: string): Promise<{ code: string; name: string }> {
  const units = await db.unit.findMany({ orderBy: { code: "asc" } });
  const found = units.find((unit) => unit.code === code.trim().toUpperCase());
  if (found) return found;
  const list = units.map((unit) => `${unit.code} (${unit.name})`).join(", ");
  throw new OperatorError(`There is no unit ${code}. Units here: ${list}.`);
}
