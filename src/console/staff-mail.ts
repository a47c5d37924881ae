/** Who of the staff is told by e-mail of what waits: those who asked for it, in the unit concerned or one above it. */
import { vi, type Language } from "../bilingual/index.ts";
import type { Tx } from "../infra/db.ts";
import { may, type Right } from "./rights.ts";

/** What one may ask to be told of, each with the right to deal with it. */
export const MAILS = {
  waiting: { label: vi`Người dân chờ cán bộ quá lâu`, right: "talks.answer" },
  overdue: { label: vi`Phản ánh của đơn vị quá hạn xử lý`, right: "reports.work" },
} satisfies Record<string, { label: string; right: Right }>;

export type MailKind = keyof typeof MAILS;
export const MAIL_KINDS = Object.keys(MAILS) as MailKind[];

export interface Addressee {
  id: number;
  email: string;
  language: Language;
  /** What they know about; none: everything. */
  skills: string[];
}

/** @returns nobody who was disabled, has yet to change their first password, or may not deal with it. */
export async function whoAsked(tx: Tx, kind: MailKind, unitCode: string): Promise<Addressee[]> {
  const rows = await tx.$queryRaw<(Addressee & { role: string })[]>`
    WITH RECURSIVE above AS (
      SELECT code, parent_code FROM unit WHERE code = ${unitCode}
      UNION SELECT unit.code, unit.parent_code FROM unit JOIN above ON unit.code = above.parent_code
    )
    SELECT s.id, s.email, s.role, s.skills, coalesce(s.language, 'vi') AS language
    FROM staff s JOIN above ON above.code = s.unit_code
    WHERE ${kind} = ANY(s.mails) AND s.disabled_at IS NULL AND NOT s.must_change ORDER BY s.id`;
  return rows.filter(({ role }) => may(role, MAILS[kind].right));
}
