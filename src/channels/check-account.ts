/** What both platforms' checks look at, from our own books. */
import { t, vi } from "../bilingual/index.ts";
import { formatDateTime } from "../infra/clock.ts";
import { bad, isApart, ok, secondsApart, warn, type Finding } from "../infra/findings.ts";
import type { AccountModel } from "../infra/generated/models.ts";
import { settingGroup } from "../infra/setting-groups.ts";
import { DeliveryError, errorWords } from "./delivery-error.ts";

export type AccountRow = AccountModel;

const DAY = 24 * 3_600_000;

/** When quiet or a token near its end is worth a person's look. */
export const accountWatch = settingGroup("accounts.watch", {
  title: vi`Theo dõi tài khoản`,
  meaning: vi`Khi nào một tài khoản được coi là có chuyện và mở sự cố cho người phụ trách.`,
  choices: {
    silentDays: {
      ...{ kind: "number", label: vi`Webhook im lặng quá`, unit: vi`ngày`, min: 1, max: 60, initial: 3 },
      meaning: vi`Đơn vị ít người nhắn thì để dài hơn.`,
    },
    tokenDays: {
      ...{
        kind: "number",
        label: vi`Báo trước khi token hết hạn`,
        unit: vi`ngày`,
        min: 1,
        max: 30,
        initial: 7,
      },
      meaning: vi`Token Zalo tự làm mới; token trang Facebook có hạn thì phải thay tay.`,
    },
    failures: {
      ...{
        kind: "number",
        label: vi`Tin gửi hỏng trong một giờ`,
        unit: vi`tin`,
        min: 1,
        max: 1000,
        initial: 10,
      },
      meaning: vi`Từ số này trở lên thì mở sự cố.`,
    },
  },
});

export function statusFinding({ status, statusReason }: AccountRow): Finding {
  if (status === "active") return ok("status", t`đang hoạt động`);
  const state = status === "needs_reauth" ? t`cần kết nối lại` : t`bị dừng`;
  const found = `${state}: ${t.of(statusReason ?? undefined) ?? t`không rõ vì sao`}`;
  return bad("status", found, t`Khắc phục nguyên nhân, rồi kết nối lại tài khoản.`);
}

/** @param setUp where webhooks are switched on, in the platform's own words. */
export function webhookFinding({ webhookSeenAt, createdAt }: AccountRow, setUp: string, now: Date): Finding {
  if (!webhookSeenAt) {
    const isNew = now.getTime() - createdAt.getTime() < DAY;
    return (isNew ? warn : bad)("webhook", t`chưa nhận được lần nào`, setUp);
  }
  const found = t`gần nhất ${formatDateTime(webhookSeenAt)}`;
  const { silentDays } = accountWatch.value;
  if (now.getTime() - webhookSeenAt.getTime() < silentDays * DAY) return ok("webhook", found);
  return warn("webhook", t`${found}: hơn ${silentDays} ngày rồi`, t`Nếu từ đó vẫn có người nhắn: ${setUp}`);
}

/** When the token ends, as far as we know. Zalo's is renewed by itself: it is trouble only once it has ended. */
export function tokenEndFinding({ channel, tokenExpiresAt, accessToken }: AccountRow, now: Date): Finding {
  const reconnect = t`Kết nối lại trong Bảng điều khiển → Tài khoản.`;
  if (!accessToken) return bad("token", t`chưa có token`, reconnect);
  if (!tokenExpiresAt) return ok("token", t`token không thời hạn`);
  const left = tokenExpiresAt.getTime() - now.getTime();
  const end = formatDateTime(tokenExpiresAt);
  if (left < 0) return bad("token", t`token đã hết hạn lúc ${end}`, reconnect);
  if (channel === "zalo") return ok("token", t`token dùng được tới ${end}, tự làm mới`);
  const found = t`token chỉ còn dùng được tới ${end}`;
  return left < accountWatch.value.tokenDays * DAY ? bad("token", found, reconnect) : ok("token", found);
}

/** The platform's answer as a finding; what a refusal means is known from its error table. */
export async function asked<Answer>(
  what: string,
  question: Promise<Answer>,
  read: (answer: Answer) => Finding[],
): Promise<Finding[]> {
  try {
    return read(await question);
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    const mend =
      t.of(error.options.mend) ??
      t`Thử lại sau; nếu vẫn vậy, gửi mã lỗi này cho bộ phận hỗ trợ của nền tảng.`;
    const unreachable = t`Kiểm tra đường ra internet của máy chủ (DNS, tường lửa, proxy).`;
    const isNetwork = /^(E[A-Z_]+|network|CERT_\w+)$/.test(error.code);
    return [bad(what, `${errorWords(error.message)} (${error.code})`, isNetwork ? unreachable : mend)];
  }
}

/** @param date a Date header of the platform's. */
export function platformClock(platform: string, date: string | undefined, now: Date): Finding[] {
  const seconds = secondsApart(date, now.getTime());
  if (seconds === null) return [];
  const found = t`${seconds < 0 ? t`chậm` : t`nhanh`} hơn ${platform} ${Math.abs(seconds)} giây`;
  if (!isApart(seconds)) return [ok("clock", found)];
  return [bad("clock", found, t`Chỉnh giờ máy chủ theo NTP (timedatectl set-ntp true).`)];
}
