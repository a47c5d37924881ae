/** What an OA has, beside what this service needs of it (zalo-oa.md §1–3, §7). */
import { DateTime } from "luxon";
import { formatDateTime, ZONE } from "../../infra/clock.ts";
import { bad, clockFinding, ok, warn, type Finding } from "../../infra/findings.ts";
import type { ConnectedAccount } from "../channel.ts";
import { asked, statusFinding, webhookFinding, type AccountRow } from "../check-account.ts";
import type { OaInfo, ZaloClient } from "./client.ts";

const RECONNECT =
  "Connect the OA again: Console → Accounts, or `accounts -- add zalo` with a new pair of tokens.";
const HOUR = 3_600_000;
/** A refresh token lives three months. */
const REFRESH_LIFETIME = 90 * 24 * HOUR;

/** @param resident somebody who wrote to this OA lately, whose quota Zalo can be asked for. */
export async function checkZaloAccount(
  client: ZaloClient,
  account: ConnectedAccount,
  row: AccountRow,
  { publicUrl, resident, now }: { publicUrl: string; resident: string | null; now: Date },
): Promise<Finding[]> {
  const setUp =
    `In developers.zalo.me → the app → Webhook: address ${publicUrl}/webhooks/zalo, every event on, ` +
    "“Lọc cú pháp” off, “Webhook Retry” on.";
  return [
    statusFinding(row),
    ...tokenFindings(row, now),
    ...(await asked("OA", client.getOa(account), ({ oa, date }) => [
      ...oaFindings(account, oa, now),
      ...clockFinding("Zalo's", date, now.getTime()),
    ])),
    ...(resident ? await asked("quota", client.quotaFor(account, resident), quotaFindings) : []),
    webhookFinding(row, setUp, now),
  ];
}

function tokenFindings(row: AccountRow, now: Date): Finding[] {
  const { accessToken, refreshToken, tokenExpiresAt, tokenObtainedAt, refreshBegunAt } = row;
  if (!accessToken) return [bad("token", "none", RECONNECT)];
  if (!refreshToken)
    return [bad("token", "no refresh token: the access token ends within 25 hours", RECONNECT)];
  if (refreshBegunAt && now.getTime() - refreshBegunAt.getTime() > HOUR) {
    const found = `a renewal begun ${formatDateTime(refreshBegunAt)} never ended`;
    return [warn("token", found, "Is a worker running? It looks into this within ten minutes.")];
  }
  const age = tokenObtainedAt ? now.getTime() - tokenObtainedAt.getTime() : 0;
  if (age > REFRESH_LIFETIME)
    return [bad("token", "older than three months: the refresh token is dead", RECONNECT)];
  if (tokenExpiresAt && tokenExpiresAt < now) {
    const found = `ended ${formatDateTime(tokenExpiresAt)} and was not renewed`;
    return [bad("token", found, `Is a worker running? If one is: ${RECONNECT}`)];
  }
  const until = tokenExpiresAt ? `until ${formatDateTime(tokenExpiresAt)}` : "end unknown";
  return [ok("token", `${hours(age)} old, ${until}, renewed by itself`)];
}

const hours = (ms: number) => `${Math.floor(ms / HOUR)} h`;

function oaFindings(account: ConnectedAccount, oa: OaInfo, now: Date): Finding[] {
  const findings: Finding[] = [];
  if (oa.oa_id && oa.oa_id !== account.externalId) {
    const found = `the tokens are of OA ${oa.oa_id}${oa.name ? ` “${oa.name}”` : ""}`;
    findings.push(bad("OA", found, `Paste the tokens of OA ${account.externalId}, or add that OA instead.`));
  } else findings.push(ok("OA", oa.name ?? account.externalId));
  if (oa.is_verified === false) {
    findings.push(
      bad("verified", "no", "Have the OA verified in oa.zalo.me; most of the API is closed until then."),
    );
  } else if (oa.is_verified) findings.push(ok("verified", "yes"));
  findings.push(...packageFindings(oa, now));
  return findings;
}

/** Zalo writes the day as dd/MM/yyyy. */
function packageFindings(
  { package_name: name, package_valid_through_date: day }: OaInfo,
  now: Date,
): Finding[] {
  if (!name && !day) return [];
  const end = DateTime.fromFormat(day ?? "", "dd/MM/yyyy", { zone: ZONE }).endOf("day");
  const found = [name, day && `until ${day}`].filter(Boolean).join(", ");
  const renew = "Renew the OA's package in oa.zalo.me; without one the API stops.";
  if (!end.isValid) return [ok("package", found)];
  const days = end.diff(DateTime.fromJSDate(now), "days").days;
  if (days < 0) return [bad("package", `${found}: ended`, renew)];
  return [days < 14 ? warn("package", found, renew) : ok("package", found)];
}

/** What a quota says differs from package to package, so every figure it has is shown. */
function quotaFindings(quota: Record<string, unknown>): Finding[] {
  const figures = flatten(quota).filter(([, value]) => typeof value === "number");
  const used = figures.find(([name, value]) => /remain/.test(name) && value === 0);
  const found = figures.map(([name, value]) => `${name} ${value}`).join(", ") || "no figures given";
  if (used) return [warn("quota", found, "Wait for the next period, or buy quota in Zalo Cloud.")];
  return [ok("quota", found)];
}

function flatten(value: object, path: string[] = []): [string, unknown][] {
  return Object.entries(value).flatMap(([name, inner]): [string, unknown][] =>
    typeof inner === "object" && inner !== null
      ? flatten(inner as object, [...path, name])
      : [[[...path, name].join("."), inner]],
  );
}
