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
  tokenObtainedAt: Date | null;
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
    ...{
      tokenExpiresAt: row.tokenExpiresAt,
      tokenObtainedAt: row.tokenObtainedAt,
      webhookSeenAt: row.webhookSeenAt,
    },
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

export interface SendError {
  code: string;
  /** What the code means, and the platform's own words. */
  text: string;
  count: number;
  lastAt: Date;
}

/** Why sending failed in the last seven days, the latest first. */
export async function lastErrors(db: Db, accountId: number): Promise<SendError[]> {
  const rows = await db.$queryRaw<(Omit<SendError, "count"> & { count: bigint })[]>`
    SELECT error_code AS code, (array_agg(error_text ORDER BY id DESC))[1] AS text, count(*), max(created_at) AS "lastAt"
    FROM outbound_message
    WHERE account_id = ${accountId} AND error_code IS NOT NULL AND created_at > now() - interval '7 days'
    GROUP BY error_code ORDER BY max(created_at) DESC LIMIT 5`;
  return rows.map((row) => ({ ...row, text: row.text ?? "", count: Number(row.count) }));
}

/** Who may connect an account of this unit: its managers, or those of the units above it. */
export async function ownersOf(db: Db, unitCode: string): Promise<{ name: string; email: string }[]> {
  return db.$queryRaw`
    WITH RECURSIVE above AS (
      SELECT code, parent_code, 0 AS distance FROM unit WHERE code = ${unitCode}
      UNION ALL
      SELECT unit.code, unit.parent_code, distance + 1 FROM unit JOIN above ON unit.code = above.parent_code
    )
    SELECT coalesce(nullif(s.name, ''), s.email) AS name, s.email FROM staff s JOIN above ON above.code = s.unit_code
    WHERE s.role IN ('unit_admin', 'admin') AND s.disabled_at IS NULL
    ORDER BY distance, s.id LIMIT 2`;
}
