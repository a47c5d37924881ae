import type { Db, Tx } from "../../infra/db.ts";
import type { SignedIn } from "../signed-in.ts";

export interface ListedIncident {
  id: number;
  kind: string;
  accountId: number | null;
  message: string;
  openedAt: Date;
  closedAt: Date | null;
}

/** Of the accounts a person sees; an admin also those of no account. The latest 200. */
export async function findIncidents(db: Db, staff: SignedIn, isClosed: boolean): Promise<ListedIncident[]> {
  return db.incident.findMany({
    where: { closedAt: isClosed ? { not: null } : null, ...(await seenBy(db, staff)) },
    orderBy: { id: "desc" },
    take: 200,
  });
}

/** @returns false when it is another unit's, or closed already. */
export async function closeIncident(tx: Tx, staff: SignedIn, id: number): Promise<boolean> {
  if (!Number.isSafeInteger(id)) return false;
  const { count } = await tx.incident.updateMany({
    where: { id, closedAt: null, ...(await seenBy(tx, staff)) },
    data: { closedAt: new Date() },
  });
  return count === 1;
}

async function seenBy(tx: Tx, { units, role }: SignedIn) {
  const accounts = await tx.account.findMany({ where: { unitCode: { in: units } }, select: { id: true } });
  const own = { accountId: { in: accounts.map(({ id }) => id) } };
  return role === "admin" ? { OR: [own, { accountId: null }] } : own;
}
