/** An emergency that waits for approval: whoever may approve it hears of it at once, by e-mail and on whatever console page they have open. */
import type { Mailer } from "../../../infra/mail.ts";
import type { Tx } from "../../../infra/db.ts";
import { formatDateTime } from "../../../infra/clock.ts";
import type { Announcement } from "../../../infra/generated/client.ts";
import { ROOT } from "../console/words.ts";
import type { Mover } from "../workflow.ts";
import { approversOf, hasWorkedOn } from "./store.ts";

export interface AlertParts {
  mailer: Pick<Mailer, "queue">;
  publicUrl: string;
}

/** In the transaction that sends it for approval: once a person, each time it is sent. */
export async function alertApprovers(
  tx: Tx,
  { mailer, publicUrl }: AlertParts,
  notice: Pick<Announcement, "id" | "authorId" | "code" | "title" | "unitCode">,
  mover: Mover,
  at: Date,
): Promise<void> {
  for (const { id, email } of await approversOf(tx, notice.unitCode)) {
    if (id === mover.id || (await hasWorkedOn(tx, notice, id))) continue;
    await mailer.queue(tx, `announcement.urgent:${notice.code}:${at.getTime()}:${id}`, {
      to: email,
      subject: `KHẨN CẤP, chờ duyệt: ${notice.title}`,
      text: [
        `Thông báo khẩn cấp ${notice.code} được trình lúc ${formatDateTime(at)}, đang chờ một người duyệt.`,
        `Đọc rồi bấm “Duyệt và phát ngay”: ${publicUrl}${ROOT}/${notice.code}`,
        "",
      ].join("\n"),
    });
  }
}
