/** What stands in another system's answer, by paths such as "data.hoSo.trangThai". */
import { DateTime } from "luxon";
import { ZONE } from "../clock.ts";

/** undefined: nothing stands there, or null. */
export function valueAt(body: unknown, path: string): unknown {
  let value = body;
  for (const key of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value ?? undefined;
}

/** A word or a number, on one line; null for anything else. */
export function textAt(body: unknown, path: string | undefined): string | null {
  const value = path === undefined ? undefined : valueAt(body, path);
  if (typeof value !== "string" && typeof value !== "number") return null;
  return String(value).replace(/\s+/g, " ").trim() || null;
}

/** @param formats Luxon's, tried after ISO */
export function dayIn(text: string | null, formats: string[]): DateTime | null {
  if (text === null) return null;
  const read = [
    DateTime.fromISO(text, { zone: ZONE }),
    ...formats.map((format) => DateTime.fromFormat(text, format, { zone: ZONE })),
  ];
  return read.find(({ isValid }) => isValid) ?? null;
}
