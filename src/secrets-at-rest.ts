/** Every secret that lies sealed in the database: is APP_KEY the one that opens them, and sealing them anew. */
import { OperatorError } from "./config.ts";
import { Prisma, type Tx } from "./infra/db.ts";
import type { SecretBox } from "./infra/secrets.ts";

/** Table and column; a new kind of secret is added here. */
const SEALED: [table: string, column: string][] = [
  ["account", "app_secret"],
  ["account", "webhook_secret"],
  ["account", "access_token"],
  ["account", "refresh_token"],
  ["account_token", "access_token"],
  ["account_token", "refresh_token"],
  ["staff", "totp_secret"],
  ["notice_device", "secret"],
  ["key_mark", "sealed"],
];

/**
 * The first program to open an installation leaves a mark under its key; whoever comes with another key is stopped
 * before it seals something that the service could not open.
 * @throws OperatorError
 */
export async function checkKey(tx: Tx, box: SecretBox): Promise<void> {
  const rows = await tx.$queryRaw<{ sealed: string }[]>`SELECT sealed FROM key_mark`;
  const known = rows[0]?.sealed ?? (await tx.account.findFirst())?.appSecret;
  if (known && !opens(box, known)) {
    throw new OperatorError(
      "APP_KEY here is not the key this installation's secrets were sealed with. " +
        "Give it the APP_KEY (or, in demo mode, the DATA_DIR) of the running service; after a change of keys, write both: new,old.",
    );
  }
  if (rows.length === 0) {
    await tx.$executeRaw`INSERT INTO key_mark (id, sealed) VALUES (1, ${box.seal("the key of this installation")})
                         ON CONFLICT DO NOTHING`;
  }
}

/** @returns how many were sealed anew. @throws when one was sealed by a key that is gone. */
export async function resealAll(tx: Tx, box: SecretBox): Promise<number> {
  let count = 0;
  for (const { table, column, id, sealed } of await allSealed(tx)) {
    if (!box.isStale(sealed)) continue;
    const [name, field] = [Prisma.raw(table), Prisma.raw(column)];
    await tx.$executeRaw`UPDATE ${name} SET ${field} = ${box.seal(box.open(sealed))} WHERE id = ${id}`;
    count++;
  }
  return count;
}

export interface SealedCounts {
  total: number;
  /** Sealed by a key that is in APP_KEY, but not the first. */
  stale: number;
  /** Sealed by a key that is not in APP_KEY: lost until it is put back. */
  lost: number;
}

export async function countSealed(tx: Tx, box: SecretBox): Promise<SealedCounts> {
  const all = await allSealed(tx);
  const lost = all.filter(({ sealed }) => !opens(box, sealed)).length;
  const stale = all.filter(({ sealed }) => box.isStale(sealed)).length - lost;
  return { total: all.length, stale, lost };
}

interface Sealed {
  table: string;
  column: string;
  id: number;
  sealed: string;
}

async function allSealed(tx: Tx): Promise<Sealed[]> {
  const found: Sealed[] = [];
  for (const [table, column] of SEALED) {
    const [name, field] = [Prisma.raw(table), Prisma.raw(column)];
    const rows = await tx.$queryRaw<{ id: number; sealed: string }[]>`
      SELECT id, ${field} AS sealed FROM ${name} WHERE ${field} IS NOT NULL`;
    found.push(...rows.map((row) => ({ table, column, ...row })));
  }
  return found;
}

function opens(box: SecretBox, sealed: string): boolean {
  try {
    box.open(sealed);
    return true;
  } catch {
    return false;
  }
}
