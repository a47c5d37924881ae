import type { Db, Tx } from "../../infra/db.ts";
import { REMOVED, readSettings } from "../../channels/accounts.ts";
import type { AccountSettings } from "../../channels/channel.ts";

export interface ListedAccount {
  id: number;
  channel: string;
  externalId: string;
  name: string;
  unitCode: string;
  unitName: string;
  status: string;
  statusReason: string | null;
  sample: boolean;
  appId: string | null;
  hasToken: boolean;
  tokenExpiresAt: Date | null;
  webhookSeenAt: Date | null;
  pausedUntil: Date | null;
  settings: AccountSettings;
  /** Messages of the last day that were sent, and that a person must settle. */
  sent: number;
  failed: number;
  openIncidents: number;
}

export async function findAccounts(db: Db, units: string[], id?: number): Promise<ListedAccount[]> {
  const rows = await db.account.findMany({
    where: { unitCode: { in: units }, status: { not: REMOVED }, ...(id === undefined ? {} : { id }) },
    include: { unit: true },
    orderBy: [{ unit: { name: "asc" } }, { channel: "desc" }, { id: "asc" }],
  });
  const figures = await readFigures(
    db,
    rows.map((row) => row.id),
  );
  return rows.map((row) => ({
    ...{ id: row.id, channel: row.channel, externalId: row.externalId, name: row.name, appId: row.appId },
    ...{ unitCode: row.unitCode, unitName: row.unit.name, sample: row.sample },
    ...{ status: row.status, statusReason: row.statusReason, pausedUntil: row.pausedUntil },
    ...{ tokenExpiresAt: row.tokenExpiresAt, webhookSeenAt: row.webhookSeenAt },
    hasToken: row.accessToken !== null,
    settings: readSettings(row.settings),
    ...(figures.get(row.id) ?? { sent: 0, failed: 0, openIncidents: 0 }),
  }));
}

async function readFigures(db: Db, ids: number[]) {
  const rows = await db.$queryRaw<{ id: number; sent: bigint; failed: bigint; incidents: bigint }[]>`
    SELECT account.id,
      (SELECT count(*) FROM outbound_message m
       WHERE m.account_id = account.id AND m.sent_at > now() - interval '1 day') AS sent,
      (SELECT count(*) FROM outbound_message m WHERE m.account_id = account.id AND m.state = 'dead') AS failed,
      (SELECT count(*) FROM incident i WHERE i.account_id = account.id AND i.closed_at IS NULL) AS incidents
    FROM account WHERE account.id = ANY(${ids})`;
  return new Map(
    rows.map(({ id, sent, failed, incidents }) => [
      id,
      { sent: Number(sent), failed: Number(failed), openIncidents: Number(incidents) },
    ]),
  );
}

export async function keepSettings(tx: Tx, id: number, settings: AccountSettings): Promise<void> {
  await tx.account.update({ where: { id }, data: { settings: { ...settings } }, select: { id: true } });
}

export async function keepNames(tx: Tx, id: number, names: { name?: string; appId?: string }): Promise<void> {
  await tx.account.update({ where: { id }, data: names, select: { id: true } });
}
