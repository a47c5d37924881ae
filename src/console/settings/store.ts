/** Who changed which setting: read from the audit log, which has it all. */
import type { Db } from "../../infra/db.ts";

export interface SettingChange {
  key: string;
  at: Date;
  who: string;
  /** By name of the choice: "180 → 90". */
  details: Record<string, string>;
}

/** The latest 100, newest first. */
export async function changesOf(db: Db): Promise<SettingChange[]> {
  const rows = await db.$queryRaw<
    { subject: string; at: Date; who: string; details: Record<string, string> }[]
  >`
    SELECT e.subject, e.at, coalesce(nullif(s.name, ''), s.email, 'hệ thống') AS who, e.details
    FROM audit_entry e LEFT JOIN staff s ON s.id = e.staff_id
    WHERE e.action = 'setting.change' ORDER BY e.id DESC LIMIT 100`;
  return rows.map(({ subject, ...row }) => ({ key: subject.replace(/^setting:/, ""), ...row }));
}
