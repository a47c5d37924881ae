/** Reports past their deadline, told once by e-mail to those of the unit (or one above it) who asked for it: codes and links only. */
import { inLanguage, t } from "../../bilingual/index.ts";
import { whoAsked } from "../../console/staff-mail.ts";
import type { Tx } from "../../infra/db.ts";
import type { Mailer } from "../../infra/mail.ts";
import type { OverdueReport } from "./store.ts";

const MOST_LINKS = 30;

/** In the transaction that notes them. */
export async function mailOverdue(
  tx: Tx,
  mailer: Mailer,
  reports: OverdueReport[],
  publicUrl: string,
): Promise<void> {
  if (!mailer.isOn) return;
  for (const unitCode of new Set(reports.map((report) => report.unitCode))) {
    const late = reports.filter((report) => report.unitCode === unitCode);
    const { unitName, code: first, dueAt } = late[0]!;
    const links = late
      .slice(0, MOST_LINKS)
      .map(({ code }) => `- ${code}: ${publicUrl}/console/reports/${code}`);
    for (const { id, email, language } of await whoAsked(tx, "overdue", unitCode)) {
      const letter = inLanguage(language, () => ({
        to: email,
        subject: t`${late.length} phản ánh của ${unitName} quá hạn xử lý`,
        text: [
          t`${unitName} có ${late.length} phản ánh vừa quá hạn xử lý:`,
          links.join("\n"),
          t`Anh/chị nhận thư này vì đã chọn ở trang Tài khoản của tôi: ${`${publicUrl}/console/me`}`,
        ].join("\n\n"),
      }));
      await mailer.queue(tx, `overdue:${id}:${first}:${dueAt.toISOString()}`, letter);
    }
  }
}
