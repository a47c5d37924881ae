/** The database itself: its version, its tables, its clock, and whether APP_KEY opens what lies sealed in it. */
import { clockFinding, bad, ok, warn, type Finding } from "../infra/findings.ts";
import { appliedButUnknown, pendingMigrations } from "../infra/migrate.ts";
import type { Installation } from "../installation.ts";
import { countSealed } from "../secrets-at-rest.ts";

const OLDEST = 14;

export async function examineDatabase({ database, box }: Installation): Promise<Finding[]> {
  const { rows } = await database.pool.query<{ version: string; now: Date; size: string }>(
    "SELECT current_setting('server_version') AS version, now(), pg_size_pretty(pg_database_size(current_database())) AS size",
  );
  const { version, now, size } = rows[0]!;
  const findings = [
    versionFinding(version, size),
    ...clockFinding("the database's", now.toISOString()),
    await migrationFinding(database.url),
  ];
  if (findings.some(({ what, state }) => what === "migrations" && state === "bad")) return findings;
  return [...findings, keyFinding(await countSealed(database.db, box))];
}

function versionFinding(version: string, size: string): Finding {
  const found = `PostgreSQL ${version}, ${size}`;
  if (Number.parseInt(version) >= OLDEST) return ok("database", found);
  return bad("database", found, `PostgreSQL ${OLDEST} or later is needed.`);
}

async function migrationFinding(url: string): Promise<Finding> {
  const [pending, unknown] = [await pendingMigrations(url), await appliedButUnknown(url)];
  if (pending.length > 0) {
    return bad("migrations", `not applied: ${pending.join(", ")}`, "Start the service: it applies them.");
  }
  if (unknown.length === 0) return ok("migrations", "all applied");
  const mend = "A newer version of this program has used this database: run that version.";
  return warn("migrations", `unknown to this version: ${unknown.join(", ")}`, mend);
}

function keyFinding({ total, stale, lost }: Awaited<ReturnType<typeof countSealed>>): Finding {
  if (lost > 0) {
    const mend =
      "Put the key they were sealed with back into APP_KEY (new,old), or connect the accounts anew.";
    return bad("APP_KEY", `${lost} of ${total} stored secrets cannot be opened`, mend);
  }
  if (stale === 0) return ok("APP_KEY", `opens all ${total} stored secrets`);
  return warn(
    "APP_KEY",
    `${stale} of ${total} stored secrets are sealed with an older key`,
    "npm run accounts -- reseal",
  );
}
