/**
 * Reading JSON that somebody else wrote: nothing here throws, whatever comes. Platforms change types between
 * versions (ids as numbers, times as strings), so each reader takes what it can use and leaves the rest.
 */
import { createHash } from "node:crypto";

/** Longest id we take for one; the longest known, a Facebook mid, has about 150 characters. */
const LONGEST_ID = 200;
/** Deeper than any webhook; JSON.stringify itself fails some thousands of levels down. */
const DEEPEST = 60;

/**
 * Like JSON.parse, but whole numbers too large for a JavaScript number come as strings of their digits:
 * `{"id":3120457788990011223}` → `{ id: "3120457788990011223" }`. Undefined when it is not JSON.
 */
export function parseJson(raw: Buffer | string): unknown {
  const text = typeof raw === "string" ? raw : raw.toString("utf8");
  try {
    return JSON.parse(/[:[,]\s*-?\d{16}/.test(text) ? quoteLongNumbers(text) : text);
  } catch {
    return undefined;
  }
}

/** Strings are matched too, so that digits inside them stay as they are. */
function quoteLongNumbers(json: string): string {
  return json.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|-?\d{16,}(?![\d.eE])/gs, (token) =>
    token.startsWith('"') || Number.isSafeInteger(Number(token)) ? token : `"${token}"`,
  );
}

/** The value at a path of own keys, or undefined. */
export function field(value: unknown, ...path: string[]): unknown {
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The elements of a list; a lone object counts as a list of one. */
export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : isObject(value) ? [value] : [];
}

/** An id as text, whether it came as text or as a number; null where there is none worth the name. */
export function id(value: unknown): string | null {
  if (Number.isInteger(value) && Math.abs(value as number) < 1e30) return BigInt(value as number).toString();
  if (typeof value !== "string" || value.length === 0 || value.length > LONGEST_ID) return null;
  return /[\p{Cc}\p{Cs}]/u.test(value) ? null : value;
}

export function ids(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).map(id).filter((found) => found !== null);
}

/** Text that PostgreSQL can keep: U+0000 and halves of surrogate pairs become U+FFFD. */
export function text(value: unknown): string {
  if (typeof value === "number") return String(value);

  return typeof value === "string" ? value.replace(/[\0\p{Cs}]/gu, "\ufffd") : "";
}

/** The first of the values that is a text with something in it. */
export function firstText(...values: unknown[]): string | undefined {
  for (const value of values) {
    const found = text(value);
    if (found.trim()) return found;
  }
  return undefined;
}

/** The first of the values that is a web address: nothing a browser would run when somebody clicks it. */
export function webAddress(...values: unknown[]): string | undefined {
  return firstText(...values.filter((value) => /^https?:\/\//i.test(text(value))));
}

/** `{ [key]: value }`, or nothing when there is no value. */
export function optional<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>);
}

export function number(value: unknown): number | undefined {
  if (typeof value === "string" && value.trim()) value = Number(value);
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** A moment from milliseconds or seconds since 1970, as number or text; null outside 2001–2100. */
export function moment(value: unknown): Date | null {
  const since1970 = number(value);
  if (since1970 === undefined) return null;
  const ms = since1970 < 1e11 ? since1970 * 1000 : since1970;
  return ms >= 1e12 && ms < 4.1e12 ? new Date(ms) : null;
}

/** The same values have the same fingerprint, in this process or any other. */
export function fingerprint(...values: unknown[]): string {
  return createHash("sha256").update(JSON.stringify(values)).digest("hex").slice(0, 32);
}

export function isTooDeep(value: unknown, deepest = DEEPEST): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (deepest === 0) return true;
  for (const inner of Object.values(value)) if (isTooDeep(inner, deepest - 1)) return true;
  return false;
}

/** "84900000123" and "+84 900 000 123" → "0900000123". */
export function localPhone(value: unknown): string {
  const digits = text(value).replace(/[\s.()-]/g, "");
  return digits.replace(/^\+?84(?=\d{9}$)/, "0");
}
