/** What a Page has, beside what this service needs of it. */
import { formatDateTime } from "../../infra/clock.ts";
import { bad, clockFinding, ok, warn, type Finding } from "../../infra/findings.ts";
import type { ConnectedAccount } from "../channel.ts";
import { asked, statusFinding, webhookFinding, type AccountRow } from "../check-account.ts";
import type { FacebookClient, TokenInfo } from "./client.ts";
import { SCOPES, SUBSCRIBED_FIELDS } from "./needs.ts";

const RECONNECT = "Make a new Page token and give it to `accounts -- add facebook --page-token …`.";
const WEEK = 7 * 24 * 3_600_000;

export async function checkFacebookAccount(
  client: FacebookClient,
  account: ConnectedAccount,
  row: AccountRow,
  { publicUrl, now }: { publicUrl: string; now: Date },
): Promise<Finding[]> {
  const setUp =
    `In developers.facebook.com → the app → Webhooks, object Page: address ${publicUrl}/webhooks/facebook with ` +
    "this account's verify token; the app must be Live.";
  if (!account.accessToken)
    return [statusFinding(row), bad("token", "none", RECONNECT), webhookFinding(row, setUp, now)];
  const [token, page, fields] = await Promise.all([
    asked("token", client.debugToken(account), (info) => tokenFindings(account, info, now)),
    asked("Page", client.pageInfo(account), ({ page, date }) => [
      ok("Page", page.name ?? page.id),
      ...clockFinding("Facebook's", date, now.getTime()),
    ]),
    asked("fields", client.subscribedApps(account), (apps) => [fieldFinding(account, apps)]),
  ]);
  return [statusFinding(row), ...token, ...page, ...fields, webhookFinding(row, setUp, now)];
}

function tokenFindings(account: ConnectedAccount, info: TokenInfo, now: Date): Finding[] {
  if (!info.is_valid) return [bad("token", "Facebook says it is not valid any more", RECONNECT)];
  return [lifeFinding(info, now), ...appFinding(account, info), scopeFinding(info)];
}

/** Seconds since 1970; 0 or nothing: it has no end. */
function lifeFinding({ expires_at: expiresAt }: TokenInfo, now: Date): Finding {
  if (!expiresAt) return ok("token", "valid, without an end");
  const end = new Date(expiresAt * 1000);
  const found = `valid until ${formatDateTime(end)}`;
  const mend = "Make the Page token with a long-lived user token, or a system user: such a token has no end.";
  return end.getTime() - now.getTime() < WEEK ? bad("token", found, mend) : warn("token", found, mend);
}

function appFinding({ appId }: ConnectedAccount, info: TokenInfo): Finding[] {
  if (!info.app_id || !appId) return [];
  if (info.app_id === appId) return [ok("app", appId)];
  const found = `the token is of app ${info.app_id}, this account of app ${appId}`;
  return [
    bad(
      "app",
      found,
      "Webhooks are signed by the other app: add the Page again with the secret of its own app.",
    ),
  ];
}

function scopeFinding({ scopes }: TokenInfo): Finding {
  const missing = Object.keys(SCOPES).filter((scope) => !scopes.includes(scope));
  if (missing.length === 0) return ok("permissions", Object.keys(SCOPES).join(", "));
  const lost = missing.map((scope) => `${scope} (${SCOPES[scope]})`).join(", ");
  return bad("permissions", `missing: ${lost}`, "Ask for them in App Review, then make a new Page token.");
}

function fieldFinding(
  { appId }: ConnectedAccount,
  apps: { id?: string; subscribed_fields: string[] }[],
): Finding {
  const ours = apps.find(({ id }) => id !== undefined && id === appId) ?? (appId ? undefined : apps[0]);
  const mend = "Add the Page again (`accounts -- add facebook`): that subscribes it.";
  if (!ours) return bad("fields", "the app is not subscribed to this Page: no webhook comes", mend);
  const missing = SUBSCRIBED_FIELDS.filter((field) => !ours.subscribed_fields.includes(field));
  if (missing.length > 0) return bad("fields", `missing: ${missing.join(", ")}`, mend);
  return ok("fields", `all ${SUBSCRIBED_FIELDS.length} subscribed`);
}
