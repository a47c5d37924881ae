/** What a Page has, beside what this service needs of it. */
import { t, vi } from "../../bilingual/index.ts";
import { formatDateTime } from "../../infra/clock.ts";
import { bad, ok, warn, type Finding } from "../../infra/findings.ts";
import type { ConnectedAccount } from "../channel.ts";
import {
  accountWatch,
  asked,
  platformClock,
  statusFinding,
  webhookFinding,
  type AccountRow,
} from "../check-account.ts";
import type { FacebookClient, TokenInfo } from "./client.ts";
import { SCOPES, SUBSCRIBED_FIELDS } from "./needs.ts";

const RECONNECT = vi`Tạo token trang mới, dán vào Bảng điều khiển → Tài khoản (hoặc \`accounts -- add facebook --page-token …\`).`;
const DAY = 24 * 3_600_000;

export async function checkFacebookAccount(
  client: FacebookClient,
  account: ConnectedAccount,
  row: AccountRow,
  { publicUrl, now }: { publicUrl: string; now: Date },
): Promise<Finding[]> {
  const setUp = t`Vào developers.facebook.com → ứng dụng → Webhooks, đối tượng Page: địa chỉ ${publicUrl}/webhooks/facebook với verify token của tài khoản này; ứng dụng phải ở chế độ Live.`;
  if (!account.accessToken)
    return [statusFinding(row), bad("token", t`chưa có`, t.of(RECONNECT)), webhookFinding(row, setUp, now)];
  const [token, page, fields] = await Promise.all([
    asked("token", client.debugToken(account), (info) => tokenFindings(account, info, now)),
    asked("Page", client.pageInfo(account), ({ page, date }) => [
      ok("Page", page.name ?? page.id),
      ...platformClock("Facebook", date, now),
    ]),
    asked("fields", client.subscribedApps(account), (apps) => [fieldFinding(account, apps)]),
  ]);
  return [statusFinding(row), ...token, ...page, ...fields, webhookFinding(row, setUp, now)];
}

function tokenFindings(account: ConnectedAccount, info: TokenInfo, now: Date): Finding[] {
  if (!info.is_valid) return [bad("token", t`Facebook báo token không còn dùng được`, t.of(RECONNECT))];
  return [lifeFinding(info, now), ...appFinding(account, info), scopeFinding(info)];
}

/** Seconds since 1970; 0 or nothing: it has no end. */
function lifeFinding({ expires_at: expiresAt }: TokenInfo, now: Date): Finding {
  if (!expiresAt) return ok("token", t`dùng được, không thời hạn`);
  const end = new Date(expiresAt * 1000);
  const found = t`dùng được tới ${formatDateTime(end)}`;
  const mend = t`Tạo token trang từ token người dùng dài hạn hoặc system user: token ấy không hết hạn.`;
  return end.getTime() - now.getTime() < accountWatch.value.tokenDays * DAY
    ? bad("token", found, mend)
    : warn("token", found, mend);
}

function appFinding({ appId }: ConnectedAccount, info: TokenInfo): Finding[] {
  if (!info.app_id || !appId) return [];
  if (info.app_id === appId) return [ok("app", appId)];
  const found = t`token thuộc ứng dụng ${info.app_id}, tài khoản này thuộc ứng dụng ${appId}`;
  return [
    bad("app", found, t`Webhook do ứng dụng kia ký: thêm lại trang với khóa bí mật của đúng ứng dụng.`),
  ];
}

function scopeFinding({ scopes }: TokenInfo): Finding {
  const missing = Object.keys(SCOPES).filter((scope) => !scopes.includes(scope));
  if (missing.length === 0) return ok("permissions", Object.keys(SCOPES).join(", "));
  const lost = missing.map((scope) => `${scope} (${t.of(SCOPES[scope])})`).join(", ");
  return bad(
    "permissions",
    t`thiếu: ${lost}`,
    t`Xin các quyền này trong App Review, rồi tạo token trang mới.`,
  );
}

function fieldFinding(
  { appId }: ConnectedAccount,
  apps: { id?: string; subscribed_fields: string[] }[],
): Finding {
  const ours = apps.find(({ id }) => id !== undefined && id === appId) ?? (appId ? undefined : apps[0]);
  const mend = t`Bấm “Lưu” ở phần Kết nối của tài khoản (hoặc \`accounts -- add facebook\`) để đăng ký lại.`;
  if (!ours) return bad("fields", t`ứng dụng chưa đăng ký trang này: không có webhook nào tới`, mend);
  const missing = SUBSCRIBED_FIELDS.filter((field) => !ours.subscribed_fields.includes(field));
  if (missing.length > 0) return bad("fields", t`thiếu: ${missing.join(", ")}`, mend);
  return ok("fields", t`đủ ${SUBSCRIBED_FIELDS.length} loại`);
}
