/** What an OA has, beside what this service needs of it (zalo-oa.md §1–3, §7). */
import { DateTime } from "luxon";
import { t, vi } from "../../bilingual/index.ts";
import { formatDateTime, ZONE } from "../../infra/clock.ts";
import { bad, ok, warn, type Finding } from "../../infra/findings.ts";
import type { ConnectedAccount } from "../channel.ts";
import { asked, platformClock, statusFinding, webhookFinding, type AccountRow } from "../check-account.ts";
import type { OaInfo, ZaloClient } from "./client.ts";

const RECONNECT = vi`Kết nối lại OA: Bảng điều khiển → Tài khoản, hoặc \`accounts -- add zalo\` với cặp token mới.`;
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
  const setUp = t`Vào developers.zalo.me → ứng dụng → Webhook: địa chỉ ${publicUrl}/webhooks/zalo, bật mọi sự kiện, tắt “Lọc cú pháp”, bật “Webhook Retry”.`;
  return [
    statusFinding(row),
    ...tokenFindings(row, now),
    ...(await asked("OA", client.getOa(account), ({ oa, date }) => [
      ...oaFindings(account, oa, now),
      ...platformClock("Zalo", date, now),
    ])),
    ...(resident ? await asked("quota", client.quotaFor(account, resident), quotaFindings) : []),
    webhookFinding(row, setUp, now),
  ];
}

function tokenFindings(row: AccountRow, now: Date): Finding[] {
  const { accessToken, refreshToken, tokenExpiresAt, tokenObtainedAt, refreshBegunAt } = row;
  if (!accessToken) return [bad("token", t`chưa có`, t.of(RECONNECT))];
  if (!refreshToken)
    return [bad("token", t`không có refresh token: access token hết hạn trong 25 giờ`, t.of(RECONNECT))];
  if (refreshBegunAt && now.getTime() - refreshBegunAt.getTime() > HOUR) {
    const found = t`lần làm mới lúc ${formatDateTime(refreshBegunAt)} chưa xong`;
    return [warn("token", found, t`Kiểm tra tiến trình worker có đang chạy: nó xem lại trong mười phút.`)];
  }
  const age = tokenObtainedAt ? now.getTime() - tokenObtainedAt.getTime() : 0;
  if (age > REFRESH_LIFETIME)
    return [bad("token", t`quá ba tháng: refresh token đã hết dùng`, t.of(RECONNECT))];
  if (tokenExpiresAt && tokenExpiresAt < now) {
    const found = t`hết hạn ${formatDateTime(tokenExpiresAt)} mà chưa được làm mới`;
    return [bad("token", found, t`Kiểm tra tiến trình worker có đang chạy. Nếu có: ${t.of(RECONNECT)}`)];
  }
  const until = tokenExpiresAt ? t`dùng được tới ${formatDateTime(tokenExpiresAt)}` : t`không rõ hạn`;
  return [ok("token", t`lấy cách đây ${hours(age)}, ${until}, tự làm mới`)];
}

const hours = (ms: number) => t`${Math.floor(ms / HOUR)} giờ`;

function oaFindings(account: ConnectedAccount, oa: OaInfo, now: Date): Finding[] {
  const findings: Finding[] = [];
  if (oa.oa_id && oa.oa_id !== account.externalId) {
    const found = t`token là của OA ${oa.oa_id}${oa.name ? ` “${oa.name}”` : ""}`;
    findings.push(
      bad("OA", found, t`Dán token của OA ${account.externalId}, hoặc thêm OA kia thành tài khoản riêng.`),
    );
  } else findings.push(ok("OA", oa.name ?? account.externalId));
  if (oa.is_verified === false) {
    findings.push(
      bad("verified", t`chưa`, t`Xác thực OA ở oa.zalo.me; chưa xác thực thì phần lớn API bị khóa.`),
    );
  } else if (oa.is_verified) findings.push(ok("verified", t`rồi`));
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
  const found = [name, day && t`tới ${day}`].filter(Boolean).join(", ");
  const renew = t`Gia hạn gói của OA ở oa.zalo.me; hết gói thì API ngừng.`;
  if (!end.isValid) return [ok("package", found)];
  const days = end.diff(DateTime.fromJSDate(now), "days").days;
  if (days < 0) return [bad("package", t`${found}: đã hết`, renew)];
  return [days < 14 ? warn("package", found, renew) : ok("package", found)];
}

/** What a quota says differs from package to package, so every figure it has is shown. */
function quotaFindings(quota: Record<string, unknown>): Finding[] {
  const figures = flatten(quota).filter(([, value]) => typeof value === "number");
  const used = figures.find(([name, value]) => /remain/.test(name) && value === 0);
  const found = figures.map(([name, value]) => `${name} ${value}`).join(", ") || t`Zalo không cho con số`;
  if (used) return [warn("quota", found, t`Chờ kỳ sau, hoặc mua thêm hạn mức ở Zalo Cloud.`)];
  return [ok("quota", found)];
}

function flatten(value: object, path: string[] = []): [string, unknown][] {
  return Object.entries(value).flatMap(([name, inner]): [string, unknown][] =>
    typeof inner === "object" && inner !== null
      ? flatten(inner as object, [...path, name])
      : [[[...path, name].join("."), inner]],
  );
}
