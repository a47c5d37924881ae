/** Retention: what is kept for how long is a setting; what is older goes every night, and the count of it is noted. */
import { vi } from "../../bilingual/index.ts";
import type { Db } from "../../infra/db.ts";
import { settingGroup } from "../../infra/setting-groups.ts";
import { readSetting } from "../../infra/settings.ts";

/** The agency's own archive rules come before these; none was found that names a figure for chats. */
export const retention = settingGroup("privacy.retention", {
  title: vi`Giữ dữ liệu bao lâu`,
  meaning: vi`Mỗi đêm lúc 2 giờ 10, dữ liệu cũ hơn bị xóa hẳn và số đã xóa được ghi lại. Giảm số ngày thì đêm nay xóa thêm, không lấy lại được.`,
  choices: {
    talks: {
      ...{ kind: "number", label: vi`Tin nhắn, hình, tệp`, unit: vi`ngày`, min: 7, max: 3650, initial: 180 },
      meaning: vi`Tính từ lúc gửi. Hình đã thuộc một phản ánh thì giữ theo phản ánh.`,
    },
    rawEvents: {
      ...{
        kind: "number",
        label: vi`Dữ liệu gốc từ nền tảng`,
        unit: vi`ngày`,
        min: 7,
        max: 3650,
        initial: 90,
      },
      meaning: vi`Biên nhận và sự kiện đã xử lý xong, chỉ dùng để tìm lỗi.`,
    },
    requests: {
      ...{
        kind: "number",
        label: vi`Sổ yêu cầu về dữ liệu`,
        unit: vi`ngày`,
        min: 365,
        max: 7300,
        initial: 1825,
      },
      meaning: vi`Bằng chứng đã làm đúng hạn; không chứa nội dung đã xóa.`,
    },
  },
});
const BATCH = 5000;

/** @returns what was removed, by name, and the stored files that nothing may need any more. */
export async function purge(
  db: Db,
  now: Date,
): Promise<{ removed: Record<string, number>; hashes: string[] }> {
  const days = await readSetting(db, retention.key, retention.shape);
  const before = (count: number) => new Date(now.getTime() - count * 86_400_000);
  const hashes = await purgeFiles(db, before(days.talks));
  const removed = {
    files: hashes.length,
    messagesOut: await inBatches(
      () => db.$executeRaw`
        DELETE FROM outbound_message WHERE id IN (
          SELECT id FROM outbound_message WHERE created_at < ${before(days.talks)} AND state IN ('sent', 'dead') LIMIT ${BATCH})`,
    ),
    messagesIn: await inBatches(
      () => db.$executeRaw`
        DELETE FROM inbound_event WHERE id IN (
          SELECT e.id FROM inbound_event e
          WHERE e.state <> 'stored' AND NOT EXISTS (SELECT 1 FROM attachment a WHERE a.event_id = e.id)
            AND e.received_at < CASE WHEN e.receipt OR e.conversation_id IS NULL THEN ${before(days.rawEvents)}::timestamptz
                                     ELSE ${before(days.talks)}::timestamptz END
          LIMIT ${BATCH})`,
    ),
    memories: await db.$executeRaw`
      UPDATE conversation SET dialogue = NULL
      WHERE dialogue IS NOT NULL AND greatest(last_inbound_at, updated_at) < ${before(days.talks)}`,
    requests: (
      await db.privacyRequest.deleteMany({
        where: { state: { in: ["done", "refused"] }, doneAt: { lt: before(days.requests) } },
      })
    ).count,
  };
  await db.purgeRun.create({ data: { at: now, removed } });
  return { removed, hashes };
}

/** Files of old talks that belong to no report. */
async function purgeFiles(db: Db, before: Date): Promise<string[]> {
  const old = await db.$queryRaw<{ id: bigint; hash: string | null }[]>`
    SELECT a.id, a.media_hash AS hash FROM attachment a
    WHERE a.created_at < ${before} AND NOT EXISTS (SELECT 1 FROM report_photo p WHERE p.attachment_id = a.id)`;
  await db.attachment.deleteMany({ where: { id: { in: old.map(({ id }) => id) } } });
  return old.flatMap(({ hash }) => hash ?? []);
}

async function inBatches(removeSome: () => Promise<number>): Promise<number> {
  let total = 0;
  for (let count = BATCH; count === BATCH;) total += count = await removeSome();
  return total;
}
