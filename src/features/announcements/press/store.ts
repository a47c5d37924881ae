/** The press list of each unit: who is on it, who left it. */
import { randomBytes } from "node:crypto";
import { audit } from "../../../console/audit/audit.ts";
import type { Db, Tx } from "../../../infra/db.ts";
import { noteWriting } from "../history/store.ts";
import type { Mover } from "../workflow.ts";

export const contactsOf = (db: Db, units: readonly string[]) =>
  db.pressContact.findMany({
    where: { unitCode: { in: [...units] } },
    include: { unit: { select: { name: true } } },
    orderBy: [{ stoppedAt: { sort: "desc", nulls: "first" } }, { name: "asc" }],
  });
export type Contact = Awaited<ReturnType<typeof contactsOf>>[number];

/** Those a unit's announcements go to. */
export const readersOf = (tx: Db | Tx, unitCode: string) =>
  tx.pressContact.findMany({ where: { unitCode, stoppedAt: null }, orderBy: { id: "asc" } });

interface NewContact {
  unitCode: string;
  name: string;
  email: string;
}

/** Somebody who left comes back only by being added again, which says that they wish it. @returns false when they are on it. */
export async function addContact(tx: Tx, staff: Mover, contact: NewContact, at: Date): Promise<boolean> {
  const { unitCode, email, name } = contact;
  const known = await tx.pressContact.findUnique({ where: { unitCode_email: { unitCode, email } } });
  if (known && !known.stoppedAt) return false;
  const token = randomBytes(24).toString("base64url");
  const { id } = known
    ? await tx.pressContact.update({ where: { id: known.id }, data: { stoppedAt: null, name, token } })
    : await tx.pressContact.create({ data: { ...contact, token, createdAt: at } });
  await audit(tx, staff, "press.add", `press:${id}`);
  return true;
}

export async function removeContact(tx: Tx, staff: Mover, id: number): Promise<boolean> {
  const { count } = await tx.pressContact.deleteMany({ where: { id, unitCode: { in: [...staff.units] } } });
  if (count > 0) await audit(tx, staff, "press.remove", `press:${id}`);
  return count > 0;
}

export const findByToken = (db: Db, token: string) =>
  db.pressContact.findUnique({ where: { token }, include: { unit: { select: { name: true } } } });

export const stopByToken = (db: Db, token: string, at: Date) =>
  db.pressContact.updateMany({ where: { token, stoppedAt: null }, data: { stoppedAt: at } });

/** Marks a draft as one for the press, or takes the mark away. @returns false when it is no draft any more. */
export async function markForPress(
  tx: Tx,
  staff: Mover,
  notice: { id: bigint; code: string },
  forPress: boolean,
  at: Date,
): Promise<boolean> {
  const where = { id: notice.id, state: "draft" };
  const { count } = await tx.announcement.updateMany({ where, data: { forPress } });
  if (count > 0) await noteWriting(tx, staff, notice, at);
  return count > 0;
}
