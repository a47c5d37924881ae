/** What residents asked to be reminded of. */
import type { Db, Tx } from "../../infra/db.ts";
import type { Reminder } from "../../infra/generated/client.ts";

export type { Reminder };

export async function addReminder(
  tx: Tx,
  { residentId, what, dueAt, at }: { residentId: bigint; what: string; dueAt: Date; at: Date },
): Promise<bigint> {
  const { id } = await tx.reminder.create({ data: { residentId, what, dueAt, createdAt: at } });
  return id;
}

export const openReminders = (tx: Tx, residentId: bigint): Promise<number> =>
  tx.reminder.count({ where: { residentId, toldAt: null } });

export async function dropReminder(tx: Tx, id: bigint, residentId: bigint): Promise<boolean> {
  const { count } = await tx.reminder.deleteMany({ where: { id, residentId, toldAt: null } });
  return count > 0;
}

export const findReminder = (db: Db, id: bigint): Promise<Reminder | null> =>
  db.reminder.findUnique({ where: { id } });

/** Due and not told yet, the oldest first. */
export const dueReminders = (tx: Tx, residentId: bigint, now: Date): Promise<Reminder[]> =>
  tx.reminder.findMany({
    where: { residentId, toldAt: null, dueAt: { lte: now } },
    orderBy: { dueAt: "asc" },
    take: 5,
  });

const KEPT_DAYS = 30;

/** What was told a month ago goes. */
export async function markReminded(tx: Tx, reminders: Reminder[], at: Date): Promise<void> {
  await tx.reminder.updateMany({
    where: { id: { in: reminders.map(({ id }) => id) } },
    data: { toldAt: at },
  });
  const old = new Date(at.getTime() - KEPT_DAYS * 86_400_000);
  await tx.reminder.deleteMany({ where: { toldAt: { lt: old } } });
}
