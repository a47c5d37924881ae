/** Retention: what is kept for how long is a setting; what is older goes every night, and the count of it is noted. */
import { z } from "zod";
import type { Db } from "../../infra/db.ts";
import { readSetting } from "../../infra/settings.ts";

/** Days. The agency's own archive rules come before these; none was found that names a figure for chats. */
export const retention = z.object({
  /** Words and files of a talk in which nobody wrote since. */
  talks: z.number().int().min(7).default(180),
  /** What platforms told us, as they told it, once it is handled. */
  rawEvents: z.number().int().min(7).default(90),
  /** Requests about personal data: the proof that they were met. */
  requests: z
    .number()
    .int()
    .min(365)
    .default(5 * 365),
});
export type Retention = z.infer<typeof retention>;

export const RETENTION_KEY = "privacy.retention";
const BATCH = 5000;

/** @returns what was removed, by name, and the stored files that nothing may need any more. */
export async function purge(
  db: Db,
  now: Date,
): Promise<{ removed: Record<string, number>; hashes: string[] }> {
  const days = await readSetting(db, RETENTION_KEY, retention);
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
        where: { state: "done", doneAt: { lt: before(days.requests) } },
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
