/**
 * How a device signs what it asks: HMAC-SHA-256 over method, path with query, and time, each on a line of its own. A call is
 * good for five minutes, so that what is overheard is soon worth nothing; docs/device-pull.md has it in full.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** Of clocks that go wrong, and of a call kept and repeated, seconds. */
export const WINDOW = 300;

export const newSecret = () => randomBytes(32).toString("hex");

export const signatureOf = (secret: string, method: string, path: string, time: string): string =>
  createHmac("sha256", Buffer.from(secret, "hex")).update(`${method}\n${path}\n${time}`).digest("hex");

interface Call {
  method: string;
  /** With its query, as it was asked for. */
  path: string;
  /** Seconds since 1970. */
  time: string;
  signature: string;
}

/** @param secret null: there is no such device; it takes as long to say so. */
export function isSigned(secret: string | null, { method, path, time, signature }: Call, now: Date): boolean {
  const expected = signatureOf(secret ?? newSecret(), method, path, time);
  const isSame = timingSafeEqual(hash(expected), hash(signature.toLowerCase()));
  const seconds = /^\d{10}$/.test(time) ? Number(time) : 0;
  return isSame && secret !== null && Math.abs(now.getTime() / 1000 - seconds) <= WINDOW;
}

const hash = (text: string) => createHash("sha256").update(text).digest();
