/** OAuth v4 of Official Accounts (zalo-oa.md §2): consent address, exchange of a code, renewal of a pair. */
import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import type { Config } from "../../config.ts";
import { RefreshRefused, type TokenPair, type TokenPlatform } from "../account-care.ts";
import type { ConnectedAccount } from "../channel.ts";
import { DeliveryError } from "../delivery-error.ts";
import { platformHttp } from "../http.ts";
import type { ZaloClient } from "./client.ts";

const pair = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.coerce.number().positive(), // a string of seconds, "90000"
});
const refusal = z.object({ error: z.coerce.number(), error_name: z.string().default("") });

/** A verifier of exactly 43 characters and its challenge, as the official SDK makes them (RFC 7636, S256). */
export function createPkce(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString("base64url");
  return { verifier, challenge: createHash("sha256").update(verifier).digest("base64url") };
}

export interface ZaloTokens extends TokenPlatform {
  consentUrl(appId: string, redirectUri: string, challenge: string, state: string): string;
  /** @throws RefreshRefused when Zalo refuses the code. */
  exchange(account: ConnectedAccount, code: string, verifier: string): Promise<TokenPair>;
}

export function createZaloTokens(config: Pick<Config, "ZALO_OAUTH_URL">, client: ZaloClient): ZaloTokens {
  const http = platformHttp(config.ZALO_OAUTH_URL);

  /** An answer in words is a refusal; anything unreadable leaves the outcome open, and is thrown as it is. */
  async function ask(account: ConnectedAccount, fields: Record<string, string>): Promise<TokenPair> {
    const body = new URLSearchParams({ app_id: account.appId ?? "", ...fields });
    const response = await http.request({
      ...{ method: "POST", url: "/v4/oa/access_token", data: body },
      headers: { secret_key: account.appSecret },
    });
    const granted = pair.safeParse(response.data);
    if (granted.success) {
      const { access_token: accessToken, refresh_token: refreshToken, expires_in: seconds } = granted.data;
      return { accessToken, refreshToken, expiresAt: new Date(Date.now() + seconds * 1000) };
    }
    const refused = refusal.safeParse(response.data);
    if (refused.success && refused.data.error !== 0 && refused.data.error !== -32 && response.status < 500) {
      throw new RefreshRefused(`${refused.data.error} ${refused.data.error_name}`.trim());
    }
    throw new Error(`Zalo's OAuth host answered ${response.status} without a token.`);
  }

  return {
    consentUrl(appId, redirectUri, challenge, state) {
      const query = new URLSearchParams({
        app_id: appId,
        redirect_uri: redirectUri,
        code_challenge: challenge,
        state,
      });
      return `${config.ZALO_OAUTH_URL}/v4/oa/permission?${query}`;
    },
    exchange: (account, code, verifier) =>
      ask(account, { code, grant_type: "authorization_code", code_verifier: verifier }),
    refresh: (account, refreshToken) =>
      ask(account, { refresh_token: refreshToken, grant_type: "refresh_token" }),
    async isAccessTokenAlive(account) {
      try {
        await client.getOa(account);
        return true;
      } catch (error) {
        if (error instanceof DeliveryError && error.errorClass === "refresh_token") return false;
        throw error;
      }
    },
  };
}
