/** Ids in the platforms' own looks. */
import { createHash, randomBytes } from "node:crypto";

/** The same seed has the same number, of this many digits and no zero in front. */
export function numericId(seed: string, digits: number): string {
  const number = BigInt(`0x${createHash("sha256").update(seed).digest("hex")}`) % 10n ** BigInt(digits - 1);
  return `${1n + (number % 9n)}${String(number).padStart(digits - 1, "0")}`;
}

/** "m_…" and 40 letters, as Messenger's. */
export const messengerMid = () => `m_${randomBytes(30).toString("base64url")}`;
/** 20 hexadecimal digits, as Zalo's. */
export const zaloMessageId = () => randomBytes(10).toString("hex");
export const secretToken = () => randomBytes(48).toString("base64url");
