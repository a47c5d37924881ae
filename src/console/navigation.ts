/** The way about the console. An entry is shown to who has its right, once there are pages at its path. */
import { vi } from "../bilingual/index.ts";
import type { IconName } from "./components/index.ts";
import { may, type Right } from "./rights.ts";

/** What waits for somebody, shown beside an entry. */
export type CountName = "waiting" | "approvals" | "failures" | "incidents";

export interface Entry {
  path: string;
  label: string;
  icon: IconName;
  right: Right;
  count?: CountName;
}

export const NAVIGATION: { title: string; entries: Entry[] }[] = [
  {
    title: vi`Hằng ngày`,
    entries: [
      { path: "/console", label: vi`Tổng quan`, icon: "home", right: "overview.see" },
      { path: "/console/dashboard", label: vi`Số liệu`, icon: "chart-bar", right: "dashboard.see" },
      {
        path: "/console/conversations",
        label: vi`Trò chuyện`,
        icon: "messages",
        right: "talks.see",
        count: "waiting",
      },
      { path: "/console/reports", label: vi`Phản ánh`, icon: "flag", right: "reports.see" },
      { path: "/console/procedures", label: vi`Thủ tục`, icon: "file-text", right: "procedures.see" },
      { path: "/console/offices", label: vi`Cơ quan`, icon: "map-pin", right: "offices.see" },
      {
        path: "/console/environment",
        label: vi`Trạm đo, trụ đèn`,
        icon: "chart-bar",
        right: "environment.see",
      },
      {
        path: "/console/announcements",
        label: vi`Thông báo`,
        icon: "note",
        right: "announcements.see",
        count: "approvals",
      },
    ],
  },
  {
    title: vi`Kết nối`,
    entries: [
      { path: "/console/accounts", label: vi`Tài khoản`, icon: "plug", right: "accounts.see" },
      {
        path: "/console/incidents",
        label: vi`Sự cố`,
        icon: "alert-triangle",
        right: "incidents.see",
        count: "incidents",
      },
      {
        path: "/console/failures",
        label: vi`Gửi lỗi`,
        icon: "mail-x",
        right: "failures.see",
        count: "failures",
      },
    ],
  },
  {
    title: vi`Quản trị`,
    entries: [
      { path: "/console/staff", label: vi`Cán bộ`, icon: "users", right: "staff.manage" },
      { path: "/console/wording", label: vi`Lời của trợ lý`, icon: "message-2", right: "wording.see" },
      { path: "/console/training", label: vi`Dạy trợ lý`, icon: "school", right: "training.label" },
      { path: "/console/units", label: vi`Đơn vị^menu`, icon: "building", right: "units.see" },
      { path: "/console/privacy", label: vi`Dữ liệu cá nhân`, icon: "shield-lock", right: "privacy.see" },
      { path: "/console/settings", label: vi`Thiết lập`, icon: "adjustments", right: "settings.see" },
      { path: "/console/audit", label: vi`Nhật ký thao tác`, icon: "history", right: "audit.see" },
    ],
  },
];

export type Menu = { title: string; entries: Entry[] }[];

/** @param exists are there pages at this path? */
export function menuFor(role: string, exists: (path: string) => boolean): Menu {
  return NAVIGATION.map(({ title, entries }) => ({
    title,
    entries: entries.filter(({ path, right }) => may(role, right) && exists(path)),
  })).filter(({ entries }) => entries.length > 0);
}

/** The entry a page belongs to: the longest path the address begins with. */
export function activeEntry(menu: Menu, address: string): Entry | undefined {
  return menu
    .flatMap(({ entries }) => entries)
    .filter(({ path }) => address === path || (path !== "/console" && address.startsWith(`${path}/`)))
    .sort((one, other) => other.path.length - one.path.length)[0];
}
