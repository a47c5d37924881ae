/** Connecting an OA by Zalo's consent page: OAuth v4 with PKCE. The verifier never leaves the session. */
import { randomBytes } from "node:crypto";
import type { Request } from "express";
import { createPkce, type ZaloTokens } from "../../channels/zalo/tokens.ts";
import type { ConnectedAccount } from "../../channels/channel.ts";

declare module "express-session" {
  interface SessionData {
    zalo: { accountId: number; verifier: string; state: string; since: number };
  }
}

/** Consent may take a while: the admin of the OA must sign in at Zalo. */
const PATIENCE = 30 * 60_000;

export const callbackAddress = (publicUrl: string) => `${publicUrl}/console/accounts/zalo/callback`;

/** @returns the address of Zalo's consent page for this account. */
export function beginConsent(
  request: Request,
  tokens: ZaloTokens,
  account: ConnectedAccount,
  publicUrl: string,
): string {
  const { verifier, challenge } = createPkce();
  const state = randomBytes(18).toString("base64url");
  request.session.zalo = { accountId: account.id, verifier, state, since: Date.now() };
  return tokens.consentUrl(account.appId ?? "", callbackAddress(publicUrl), challenge, state);
}

/** What was begun in this very session, once; null when the answer is not to it. */
export function endConsent(request: Request, state: string): { accountId: number; verifier: string } | null {
  const begun = request.session.zalo;
  delete request.session.zalo;
  if (!begun || begun.state !== state || Date.now() - begun.since > PATIENCE) return null;
  return begun;
}
