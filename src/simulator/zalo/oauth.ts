/** The pretend oauth.zaloapp.com: consent page, codes, and pairs whose refresh token works once (zalo-oa.md §2). */
import { createHash } from "node:crypto";
import { ACCESS_LIFETIME, issuePair, type Account } from "../accounts.ts";
import { fieldsOf, type Answer, type Call } from "../http.ts";
import { secretToken } from "../ids.ts";
import type { World } from "../world.ts";
import { consentPage, refusalPage } from "./consent.tsx";

const CODE_LIFETIME = 10 * 60_000;

interface Grant {
  account: Account;
  challenge: string | null;
  expiresAt: number;
}

export function createOauth(world: World) {
  const codes = new Map<string, Grant>();

  const ofApp = (appId: string | null) =>
    world.accounts().filter((account) => account.channel === "zalo" && account.appId === appId);

  /** The person chooses which OA the app may speak for. */
  async function consent(call: Call): Promise<Answer> {
    await world.refresh();
    const { query } = call;
    const accounts = ofApp(query.get("app_id"));
    const redirectUri = query.get("redirect_uri") ?? "";
    if (accounts.length === 0)
      return { status: 400, body: refusalPage(-14002, "Ứng dụng không tồn tại hoặc chưa kích hoạt.") };
    if (!/^https?:\/\//.test(redirectUri))
      return { status: 400, body: refusalPage(-14003, "Địa chỉ chuyển về không hợp lệ.") };
    const chosen = accounts.find(({ id }) => id === query.get("oa_id"));
    if (!chosen) return { body: consentPage(accounts, query) };
    const code = secretToken();
    codes.set(code, {
      ...{ account: chosen, challenge: query.get("code_challenge") },
      expiresAt: world.now() + CODE_LIFETIME,
    });
    const back = new URL(redirectUri);
    back.searchParams.set("code", code);
    back.searchParams.set("oa_id", chosen.id);
    const state = query.get("state");
    if (state !== null) back.searchParams.set("state", state);
    return { status: 302, headers: { location: back.href }, body: "" };
  }

  async function grant(call: Call): Promise<Answer> {
    const fields = fieldsOf(call) as Record<string, string | undefined>;
    await world.refresh();
    const secret = call.headers.secret_key;
    const accounts = ofApp(fields.app_id ?? null);
    if (accounts.length === 0) return refuse(-14002, "Invalid app id");
    if (!accounts.some(({ appSecret }) => appSecret === secret)) return refuse(-14004, "Invalid secret key");
    if (fields.grant_type === "authorization_code") return exchange(fields);
    if (fields.grant_type === "refresh_token") return renew(accounts, fields.refresh_token);
    return refuse(-14005, "Invalid grant type");
  }

  function exchange({
    code = "",
    code_verifier: verifier = "",
    app_id: appId,
  }: Record<string, string | undefined>) {
    const granted = codes.get(code);
    codes.delete(code); // whatever comes of it
    if (!granted || granted.expiresAt < world.now() || granted.account.appId !== appId) {
      return refuse(-14006, "Invalid authorization code");
    }
    const challenge = createHash("sha256").update(verifier).digest("base64url");
    if (granted.challenge && granted.challenge !== challenge) return refuse(-14007, "Invalid code verifier");
    return pairAnswer(granted.account);
  }

  function renew(accounts: Account[], token: string | undefined) {
    const account = accounts.find(({ refreshToken }) => refreshToken !== null && refreshToken === token);
    const isOver = account?.refreshUntil != null && account.refreshUntil <= world.now();
    if (!account || isOver) return refuse(-14014, "Invalid refresh token");
    return pairAnswer(account);
  }

  function pairAnswer(account: Account): Answer {
    const { accessToken: access_token, refreshToken: refresh_token } = issuePair(account, world.now());
    return { body: { access_token, refresh_token, expires_in: String(ACCESS_LIFETIME / 1000) } };
  }

  return async function answer(call: Call): Promise<Answer> {
    switch (`${call.method} ${call.path}`) {
      case "GET /v4/oa/permission":
        return consent(call);
      case "POST /v4/oa/access_token":
        return grant(call);
      default:
        return { status: 404, body: { error: 404, error_name: "Empty api" } };
    }
  };
}

/** Only -14002 and -14003 are documented; the other numbers stand for refusals whose numbers are not. */
const refuse = (error: number, name: string): Answer => ({
  body: { error, error_name: name, error_reason: name, ref_doc: "https://developers.zalo.me/docs" },
});
