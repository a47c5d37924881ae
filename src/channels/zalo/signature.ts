/**
 * Zalo signs a webhook with a plain SHA-256 of (app id + body as sent + the body's timestamp + OA secret key),
 * in `X-ZEvent-Signature: mac=<hex>` (zalo-oa.md §3). Some community code reads the OA id for the first term,
 * so both readings are tried; either way nobody without the secret can make one.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { ConnectedAccount } from "../channel.ts";
import { id, isObject, parseJson } from "../loose-json.ts";
import { appOf, oaCandidates } from "./parties.ts";

export function isSignedByZalo(
  headers: IncomingHttpHeaders,
  rawBody: Buffer,
  accounts: ConnectedAccount[],
): boolean {
  const given = macOf(headers["x-zevent-signature"]);
  if (!given) return false;
  const body = parseJson(rawBody);
  if (!isObject(body)) return false;
  const timestamp = id(body.timestamp) ?? "";
  let isSigned = false;
  for (const { secret, firstTerm } of readings(body, accounts)) {
    const expected = createHash("sha256")
      .update(firstTerm)
      .update(rawBody)
      .update(timestamp)
      .update(secret)
      .digest();
    if (timingSafeEqual(expected, given)) isSigned = true;
  }
  return isSigned;
}

function macOf(header: string | string[] | undefined): Buffer | null {
  const hex = /^(?:mac\s*=\s*)?([0-9a-f]{64})$/i.exec(typeof header === "string" ? header.trim() : "")?.[1];
  return hex ? Buffer.from(hex, "hex") : null;
}

/** Only the secrets of the OA (or, where none is named, of the app) that the body speaks of: no unit signs for another. */
function readings(body: Record<string, unknown>, accounts: ConnectedAccount[]) {
  const app = appOf(body);
  const named = oaCandidates(body);
  const ofOa = accounts.filter((account) => named.includes(account.externalId));
  const signers =
    ofOa.length > 0 ? ofOa : accounts.filter((account) => app !== null && account.appId === app);
  const different = new Map<string, { secret: string; firstTerm: string }>();
  for (const { webhookSecret: secret, appId, externalId } of signers) {
    if (!secret) continue;
    for (const firstTerm of [appId, app, externalId]) {
      if (firstTerm) different.set(`${firstTerm}\n${secret}`, { secret, firstTerm });
    }
  }
  return different.values();
}
