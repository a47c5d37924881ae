/**
 * Zalo signs a webhook with a plain SHA-256 of (app id + body as sent + the body's timestamp + OA secret key),
 * in `X-ZEvent-Signature: mac=<hex>` (zalo-oa.md §3). Some community code reads the OA id for the first term, and some
 * the app secret for the last: a call signed so is refused, and the log says which reading would have matched. An
 * account whose OA really signs with the OA id is set to it (`signedWith`).
 */
import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { ConnectedAccount } from "../channel.ts";
import { log } from "../../infra/log.ts";
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
  const macWith = (firstTerm: string, secret: string) =>
    createHash("sha256").update(firstTerm).update(rawBody).update(timestamp).update(secret).digest();
  const matching = readings(body, accounts).filter((reading) =>
    timingSafeEqual(macWith(reading.firstTerm, reading.secret), given),
  );
  if (matching.some(({ counts }) => counts)) return true;
  for (const { account, name } of matching) {
    log.warn({ account, reading: name }, "a webhook was refused whose signature fits another reading");
  }
  return false;
}

function macOf(header: string | string[] | undefined): Buffer | null {
  const hex = /^(?:mac\s*=\s*)?([0-9a-f]{64})$/i.exec(typeof header === "string" ? header.trim() : "")?.[1];
  return hex ? Buffer.from(hex, "hex") : null;
}

interface Reading {
  firstTerm: string;
  secret: string;
  name: string;
  /** A match proves the sender; the others only explain a mismatch. */
  counts: boolean;
  account: number;
}

/** Only the secrets of the OA (or, where none is named, of the app) that the body speaks of: no unit signs for another. */
function readings(body: Record<string, unknown>, accounts: ConnectedAccount[]): Reading[] {
  const app = appOf(body);
  const named = oaCandidates(body);
  const ofOa = accounts.filter((account) => named.includes(account.externalId));
  const signers =
    ofOa.length > 0 ? ofOa : accounts.filter((account) => app !== null && account.appId === app);
  return signers.flatMap(({ id: account, appId, externalId, webhookSecret, appSecret, settings }) => {
    const app_id = appId ?? app ?? "";
    const variants = [
      { name: "app_id", firstTerm: app_id, secret: webhookSecret, counts: settings.signedWith === "app_id" },
      {
        name: "oa_id",
        firstTerm: externalId,
        secret: webhookSecret,
        counts: settings.signedWith === "oa_id",
      },
      { name: "app_secret", firstTerm: app_id, secret: appSecret, counts: false },
    ];
    return variants
      .filter(({ firstTerm, secret }) => firstTerm && secret)
      .map((variant) => ({ ...variant, account }));
  });
}
