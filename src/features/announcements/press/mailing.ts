/** An announcement marked for the press is mailed once to each address of its unit when it is published; so is its recall. */
import type { Db, Tx } from "../../../infra/db.ts";
import type { Announcement } from "../../../infra/generated/client.ts";
import { enqueue } from "../../../infra/jobs.ts";
import type { Mailer } from "../../../infra/mail.ts";
import { withoutMarks } from "../formatting.tsx";
import { readersOf } from "./store.ts";

export interface PressParts {
  mailer: Pick<Mailer, "queue" | "isOn">;
  publicUrl: string;
}

export const stopPath = (token: string) => `/bao-chi/ngung/${token}`;

/** In the transaction that publishes or recalls it. */
export const mailPressSoon = (tx: Tx, id: bigint): Promise<void> =>
  enqueue(tx, "announcements.press", { id: String(id) });

/** The job: a letter for each address. Run again, it keeps none a second time. */
export async function mailPress(db: Db, { mailer, publicUrl }: PressParts, id: bigint): Promise<void> {
  await db.$transaction(async (tx) => {
    const notice = await tx.announcement.findUnique({ where: { id }, include: { unit: true } });
    if (!notice?.forPress || (notice.state !== "published" && notice.state !== "recalled")) return;
    const isRecall = notice.state === "recalled";
    for (const reader of await readersOf(tx, notice.unitCode)) {
      const key = `press:${notice.code}${isRecall ? ":recall" : ""}:${reader.id}`;
      await mailer.queue(tx, key, {
        to: reader.email,
        ...wordsOf(notice, isRecall, publicUrl, reader.token),
      });
    }
  });
}

function wordsOf(
  notice: Announcement & { unit: { name: string } },
  isRecall: boolean,
  publicUrl: string,
  token: string,
): { subject: string; text: string } {
  const { code, title, body, unit, documentNumber, recallReason } = notice;
  const head = isRecall ? `${unit.name} thu hồi thông báo ${code}: ${title}` : `${unit.name}: ${title}`;
  const source = [unit.name, documentNumber && `số ${documentNumber}`, `mã ${code}`]
    .filter(Boolean)
    .join(", ");
  const text = [
    isRecall ? `Thông báo này đã được thu hồi. Lý do: ${recallReason ?? ""}` : withoutMarks(body),
    `Nguồn: ${source}`,
    `Trang chính thức, hình và văn bản kèm theo: ${publicUrl}/thong-bao/${code}`,
    `Không muốn nhận thư này nữa: ${publicUrl}${stopPath(token)}`,
    "",
  ].join("\n\n");
  return { subject: head.slice(0, 200), text };
}
