/** Other systems that push to us show a key: `Authorization: Bearer KEY`. */
import { createHash, timingSafeEqual } from "node:crypto";

/** Compared as hashes, so that neither length nor a common beginning shows in the time it takes. */
export function bearsKey(header: string | undefined, keys: string[]): boolean {
  const given = hash(/^Bearer (.+)$/.exec(header ?? "")?.[1] ?? "");
  return keys.map((key) => timingSafeEqual(hash(key), given)).includes(true);
}

const hash = (text: string) => createHash("sha256").update(text).digest();
