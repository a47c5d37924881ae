/**
 * Facebook signs what it sends with HMAC-SHA256 of the app secret over the bytes as sent: it escapes non-ASCII
 * letters, so hashing the body written anew fails on every Vietnamese text (facebook.md §2.2).
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { ConnectedAccount } from "../channel.ts";
import { field, id, isObject, list, moment, parseJson } from "../loose-json.ts";

/** Only `X-Hub-Signature-256` counts; the SHA-1 header of old does not. */
export function isSignedByFacebook(
  headers: IncomingHttpHeaders,
  rawBody: Buffer,
  accounts: ConnectedAccount[],
): boolean {
  const given = signatureOf(headers["x-hub-signature-256"]);
  if (!given) return false;
  const secrets = new Set(accounts.map(({ appSecret }) => appSecret).filter(Boolean));
  const signing = new Set([...secrets].filter((secret) => isMac(given, secret, rawBody)));
  if (signing.size === 0) return false;
  return secrets.size === 1 || speaksOnlyForItsOwn(rawBody, signing, accounts);
}

function signatureOf(header: string | string[] | undefined): Buffer | null {
  const hex = /^sha256=([0-9a-f]{64})$/i.exec(typeof header === "string" ? header.trim() : "")?.[1];
  return hex ? Buffer.from(hex, "hex") : null;
}

function isMac(given: Buffer, secret: string, signed: Buffer | string): boolean {
  const expected = createHmac("sha256", secret).update(signed).digest();
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Where Pages belong to several apps, the secret of one must not vouch for the Page of another. */
function speaksOnlyForItsOwn(rawBody: Buffer, signing: Set<string>, accounts: ConnectedAccount[]): boolean {
  const named = new Set(list(field(parseJson(rawBody), "entry")).map((entry) => id(field(entry, "id"))));
  return accounts.every(({ externalId, appSecret }) => !named.has(externalId) || signing.has(appSecret));
}

export interface SignedRequest {
  /** App-scoped: not the id the person has in Messenger. */
  userId: string;
  issuedAt: Date | null;
}

/** Reads the `signed_request` of the data-deletion and deauthorise callbacks; null when it is not theirs. */
export function readSignedRequest(
  signedRequest: unknown,
  appSecrets: string[],
  now = new Date(),
): SignedRequest | null {
  if (typeof signedRequest !== "string") return null;
  const [signature, payload, ...more] = signedRequest.split(".");
  if (!signature || !payload || more.length > 0) return null;
  const given = Buffer.from(signature, "base64url");
  const isSigned = appSecrets.filter(Boolean).some((secret) => isMac(given, secret, payload));
  if (!isSigned) return null;
  const claims = parseJson(Buffer.from(payload, "base64url"));
  if (!isObject(claims) || !/^hmac-sha256$/i.test(String(claims.algorithm))) return null;
  const [userId, expires] = [id(claims.user_id), moment(claims.expires)];
  if (!userId || (expires && expires < now)) return null;
  return { userId, issuedAt: moment(claims.issued_at) };
}
