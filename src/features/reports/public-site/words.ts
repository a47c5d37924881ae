/** What a report is called on public pages, and where it is, without saying whose door it is. */
import { pageLanguage, t } from "../../../bilingual/index.ts";
import { wardFile } from "../../../places/wards.ts";
import { categoryOf } from "../categories.ts";
import type { PublicReport } from "../store.ts";

const WARD_NAMES = new Map(wardFile.wards.map(({ code, name }) => [code, name]));

export const wardName = (code: string | null) => (code ? (WARD_NAMES.get(code) ?? null) : null);

export const titleOf = ({ title, category }: Pick<PublicReport, "title" | "category">) =>
  title ?? categoryOf(category).name[pageLanguage()];

type Where = Pick<PublicReport, "houseNumber" | "street" | "hamlet" | "ward" | "wardCode" | "lampPole">;

/** "Đường Nguyễn Huệ, Phường Phú Khương": an address is the same in every language. */
export function placeOf({ houseNumber, street, hamlet, ward, wardCode, lampPole }: Where): string {
  const road =
    street && (/^(?:đường|đại lộ|hẻm|quốc lộ|tỉnh lộ|cầu)/i.test(street) ? street : `Đường ${street}`);
  const parts = [
    houseNumber && road ? `Số ${houseNumber} ${road.replace(/^Đường/, "đường")}` : road,
    hamlet && hamlet.charAt(0).toUpperCase() + hamlet.slice(1),
    wardName(wardCode) ?? ward,
    lampPole && `trụ đèn ${lampPole}`,
  ].filter(Boolean);
  return parts.join(", ") || "Khu vực đô thị Bến Tre";
}

/** "3 ngày trước": whole days in words, near things more exactly. */
export function ago(then: Date, now: Date): string {
  const minutes = Math.max(0, Math.floor((now.getTime() - then.getTime()) / 60_000));
  if (minutes < 1) return t`vừa xong`;
  if (minutes < 60) return t`${minutes} phút trước`;
  if (minutes < 24 * 60) return t`${Math.floor(minutes / 60)} giờ trước`;
  const days = Math.floor(minutes / (24 * 60));
  if (days < 30) return t`${days} ngày trước`;
  return days < 365 ? t`${Math.floor(days / 30)} tháng trước` : t`${Math.floor(days / 365)} năm trước`;
}
