/** What both platforms' checks look at, from our own books. */
import { formatDateTime } from "../infra/clock.ts";
import { bad, isApart, ok, secondsApart, warn, type Finding } from "../infra/findings.ts";
import type { AccountModel } from "../infra/generated/models.ts";
import { settingGroup } from "../infra/setting-groups.ts";
import { DeliveryError } from "./delivery-error.ts";

export type AccountRow = AccountModel;

const DAY = 24 * 3_600_000;

/** When quiet or a token near its end is worth a person's look. */
export const accountWatch = settingGroup("accounts.watch", {
  title: "Theo dõi tài khoản",
  meaning: "Khi nào một tài khoản được coi là có chuyện và mở sự cố cho người phụ trách.",
  choices: {
    silentDays: {
      ...{ kind: "number", label: "Webhook im lặng quá", unit: "ngày", min: 1, max: 60, initial: 3 },
      meaning: "Đơn vị ít người nhắn thì để dài hơn.",
    },
    tokenDays: {
      ...{ kind: "number", label: "Báo trước khi token hết hạn", unit: "ngày", min: 1, max: 30, initial: 7 },
      meaning: "Token Zalo tự làm mới; token trang Facebook có hạn thì phải thay tay.",
    },
    failures: {
      ...{ kind: "number", label: "Tin gửi hỏng trong một giờ", unit: "tin", min: 1, max: 1000, initial: 10 },
      meaning: "Từ số này trở lên thì mở sự cố.",
    },
  },
});

export function statusFinding({ status, statusReason }: AccountRow): Finding {
  if (status === "active") return ok("status", "đang hoạt động");
  const state = status === "needs_reauth" ? "cần kết nối lại" : "bị dừng";
  const found = `${state}: ${statusReason ?? "không rõ vì sao"}`;
  return bad("status", found, "Khắc phục nguyên nhân, rồi kết nối lại tài khoản.");
}

/** @param setUp where webhooks are switched on, in the platform's own words. */
export function webhookFinding({ webhookSeenAt, createdAt }: AccountRow, setUp: string, now: Date): Finding {
  if (!webhookSeenAt) {
    const isNew = now.getTime() - createdAt.getTime() < DAY;
    return (isNew ? warn : bad)("webhook", "chưa nhận được lần nào", setUp);
  }
  const found = `gần nhất ${formatDateTime(webhookSeenAt)}`;
  const { silentDays } = accountWatch.value;
  if (now.getTime() - webhookSeenAt.getTime() < silentDays * DAY) return ok("webhook", found);
  return warn("webhook", `${found}: hơn ${silentDays} ngày rồi`, `Nếu từ đó vẫn có người nhắn: ${setUp}`);
}

/** When the token ends, as far as we know. Zalo's is renewed by itself: it is trouble only once it has ended. */
export function tokenEndFinding({ channel, tokenExpiresAt, accessToken }: AccountRow, now: Date): Finding {
  const reconnect = "Kết nối lại trong Bảng điều khiển → Tài khoản.";
  if (!accessToken) return bad("token", "chưa có token", reconnect);
  if (!tokenExpiresAt) return ok("token", "token không thời hạn");
  const left = tokenExpiresAt.getTime() - now.getTime();
  const end = formatDateTime(tokenExpiresAt);
  if (left < 0) return bad("token", `token đã hết hạn lúc ${end}`, reconnect);
  if (channel === "zalo") return ok("token", `token dùng được tới ${end}, tự làm mới`);
  const found = `token chỉ còn dùng được tới ${end}`;
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
      error.options.mend ?? "Thử lại sau; nếu vẫn vậy, gửi mã lỗi này cho bộ phận hỗ trợ của nền tảng.";
    const unreachable = "Kiểm tra đường ra internet của máy chủ (DNS, tường lửa, proxy).";
    const isNetwork = /^(E[A-Z_]+|network|CERT_\w+)$/.test(error.code);
    return [bad(what, `${error.message} (${error.code})`, isNetwork ? unreachable : mend)];
  }
}

/** @param date a Date header of the platform's. */
export function platformClock(platform: string, date: string | undefined, now: Date): Finding[] {
  const seconds = secondsApart(date, now.getTime());
  if (seconds === null) return [];
  const found = `${seconds < 0 ? "chậm" : "nhanh"} hơn ${platform} ${Math.abs(seconds)} giây`;
  if (!isApart(seconds)) return [ok("clock", found)];
  return [bad("clock", found, "Chỉnh giờ máy chủ theo NTP (timedatectl set-ntp true).")];
}
