/** Who may do what in the console: the one table, and the one question asked of it. */
import { t, vi } from "../bilingual/index.ts";

export const ROLES = ["admin", "unit_admin", "approver", "editor", "agent", "viewer"] as const;
export type Role = (typeof ROLES)[number];

const ROLE_NAMES: Record<Role, string> = {
  admin: vi`Quản trị hệ thống`,
  unit_admin: vi`Quản lý đơn vị`,
  approver: vi`Người duyệt tin`,
  editor: vi`Người soạn tin`,
  agent: vi`Cán bộ trả lời`,
  viewer: vi`Người xem`,
};

export const roleName = (role: string) => (isRole(role) ? t.of(ROLE_NAMES[role]) : role);

const EVERYBODY: readonly Role[] = ROLES;
/** Those who answer residents, and so read what residents wrote. */
const ANSWERING: readonly Role[] = ["admin", "unit_admin", "agent"];
const LEADING: readonly Role[] = ["admin", "unit_admin"];

export const RIGHTS = {
  /** One's own password and sign-out. */
  "self.use": EVERYBODY,
  "overview.see": EVERYBODY,
  /** Figures of one's own units; no figure is of fewer than five. */
  "dashboard.see": ["admin", "unit_admin", "viewer"],
  "accounts.see": EVERYBODY,
  "accounts.connect": LEADING,
  "incidents.see": EVERYBODY,
  "incidents.close": LEADING,
  "failures.see": ANSWERING,
  "failures.settle": ANSWERING,
  /** Letters to staff and the press that did not arrive, with their addresses. */
  "mail.settle": ["admin"],
  "talks.see": ANSWERING,
  "talks.answer": ANSWERING,
  /** Taking a talk from a colleague who holds it. */
  "talks.take_over": LEADING,
  "reports.see": ["admin", "unit_admin", "agent", "viewer"],
  "reports.work": ANSWERING,
  /** Rules, targets, templates, days off, keys of programs. */
  "reports.manage": LEADING,
  "procedures.see": EVERYBODY,
  "procedures.edit": ["admin", "unit_admin", "editor"],
  "offices.see": EVERYBODY,
  /** Where residents are sent to, of one's own wards. */
  "offices.edit": ["admin", "unit_admin", "editor"],
  "environment.see": EVERYBODY,
  /** Stations of one's units, and what they warn of. */
  "environment.edit": LEADING,
  "announcements.see": EVERYBODY,
  "announcements.write": ["admin", "unit_admin", "editor", "approver"],
  /** Never one's own: see features/announcements/workflow.ts. */
  "announcements.approve": ["admin", "unit_admin", "approver"],
  /** Devices that fetch them, addresses of the press. */
  "announcements.manage": LEADING,
  /** What the bot says, to every resident of every unit. */
  "wording.see": ["admin", "unit_admin", "approver", "editor"],
  "wording.edit": ["admin"],
  /** Requests about personal data, and names of those who made them. */
  "privacy.see": LEADING,
  "privacy.settle": LEADING,
  /** The data protection officer's record, of every unit. */
  "privacy.report": ["admin"],
  "settings.see": LEADING,
  "settings.change": ["admin"],
  /** Redacted messages of residents who agreed, of every unit. */
  "training.label": ANSWERING,
  "training.teach": LEADING,
  /** Which model every resident is understood by. */
  "training.switch": ["admin"],
  "units.see": EVERYBODY,
  "units.manage": ["admin"],
  "staff.manage": ["admin"],
  "audit.see": ["admin"],
} satisfies Record<string, readonly Role[]>;

export type Right = keyof typeof RIGHTS;

export function may(role: string, right: Right): boolean {
  return (RIGHTS[right] as readonly string[]).includes(role);
}

export const isRole = (name: string): name is Role => (ROLES as readonly string[]).includes(name);
