/** E-mail: is it on, does the server take us, is every letter gone. */
import type { Config } from "../config.ts";
import type { Db } from "../infra/db.ts";
import { bad, ok, warn, type Finding } from "../infra/findings.ts";
import { LOST } from "../infra/mail.ts";
import { openSmtp } from "../infra/smtp.ts";

export async function examineMailServer(config: Config): Promise<Finding> {
  const server = openSmtp(config);
  if (!server) return ok("mail", "off: SMTP_URL is not set");
  const problem = await server.check();
  if (!problem) return ok("mail", "the server takes us");
  const mend = "Are SMTP_URL, SMTP_USERNAME and SMTP_PASSWORD right, and may this machine reach it?";
  return bad("mail", `${new URL(config.SMTP_URL!).host} does not take us (${problem})`, mend);
}

export async function examineLetters(db: Db): Promise<Finding[]> {
  const count = await db.mail.count({ where: LOST });
  if (count === 0) return [];
  const found = `${count} e-mails of the last 90 days were refused, or may not have arrived`;
  return [warn("letters", found, "Console → Gửi lỗi → E-mail: read why, send again or close.")];
}
