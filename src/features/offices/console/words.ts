/** How the console speaks of offices. */
import { vi, type Ours } from "../../../bilingual/index.ts";
import type { OfficeKind } from "../store.ts";

export const ROOT = "/console/offices";

export const KIND_NAMES: Record<OfficeKind, Ours> = {
  committee: vi`UBND phường`,
  police: vi`Công an`,
  hospital: vi`Bệnh viện, trạm y tế`,
  post: vi`Bưu điện`,
  power: vi`Điện lực`,
  land: vi`Đất đai`,
  other: vi`Khác`,
};

export const WEEKDAYS = [
  vi`Thứ Hai`,
  vi`Thứ Ba`,
  vi`Thứ Tư`,
  vi`Thứ Năm`,
  vi`Thứ Sáu`,
  vi`Thứ Bảy`,
  vi`Chủ nhật`,
];

/** Of offices that serve all wards. */
export const ALL_WARDS = vi`Cả khu vực`;
