/** Passwords: argon2id with the parameters of RFC 9106 §4 for servers with little memory to spare. */
import { randomBytes } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";

const OPTIONS = { memoryCost: 64 * 1024, timeCost: 3, parallelism: 1 };

export const hashPassword = (password: string) => hash(password, OPTIONS);

export async function isPassword(stored: string, given: string): Promise<boolean> {
  return verify(stored, given).catch(() => false);
}

/** Easy to read aloud and to type: no letters that look like another, 60 bits. */
export function oneTimePassword(): string {
  const letters = "abcdefghjkmnpqrstuvwxyz23456789ABCD";
  const bytes = [...randomBytes(64)].filter((byte) => byte < letters.length * 7).slice(0, 12);
  return bytes
    .map((byte) => letters[byte % letters.length])
    .join("")
    .replace(/(.{4})(?=.)/g, "$1-");
}
