/** The second step of sign-in: codes of an authenticator app (TOTP, RFC 6238), and codes on paper for a lost phone. */
import { createHash, randomBytes } from "node:crypto";
import { Secret, TOTP } from "otpauth";

const PERIOD = 30;

const totpOf = (secret: Secret, label = "") =>
  new TOTP({ issuer: "Hỏi Phường", label, algorithm: "SHA1", digits: 6, period: PERIOD, secret });

/** @returns 160 bits in base32, as authenticator apps take them. */
export const newTotpSecret = () => new Secret({ size: 20 }).base32;

/** What the QR code says. */
export const totpUri = (secret: string, email: string) => totpOf(Secret.fromBase32(secret), email).toString();

/** @returns the time step of the code, one period early or late included; null when it is wrong. */
export function stepOfCode(secret: string, code: string, now = Date.now()): bigint | null {
  const digits = code.replace(/\s/g, "");
  if (!/^\d{6}$/.test(digits)) return null;
  const totp = totpOf(Secret.fromBase32(secret));
  const delta = totp.validate({ token: digits, window: 1, timestamp: now });
  return delta === null ? null : BigInt(Math.floor(now / 1000 / PERIOD) + delta);
}

const RECOVERY_CODES = 10;

/** Each replaces one code of the app, once: 80 bits, so that a plain hash keeps them. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () =>
    randomBytes(10)
      .toString("hex")
      .replace(/(.{5})(?=.)/g, "$1-"),
  );
}

export function hashRecoveryCode(code: string): string {
  return createHash("sha256")
    .update(code.toLowerCase().replace(/[^0-9a-f]/g, ""))
    .digest("base64url");
}
