/** How the console speaks of offices. */
import type { OfficeKind } from "../store.ts";

export const ROOT = "/console/offices";

export const KIND_NAMES: Record<OfficeKind, string> = {
  committee: "UBND phường",
  police: "Công an",
  hospital: "Bệnh viện, trạm y tế",
  post: "Bưu điện",
  power: "Điện lực",
  land: "Đất đai",
  other: "Khác",
};

export const WEEKDAYS = ["Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật"];

/** Of offices that serve all wards. */
export const ALL_WARDS = "Cả khu vực";
