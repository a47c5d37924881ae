/** The short commands over accounts. */
import { accountSettings, REMOVED } from "../../src/channels/accounts.ts";
import { removeAccount } from "../../src/channels/register-account.ts";
import { audit } from "../../src/console/audit/audit.ts";
import { formatDateTime } from "../../src/infra/clock.ts";
import { resealAll } from "../../src/secrets-at-rest.ts";
import { withInstallation } from "../command/run.ts";
import { table } from "../command/table.ts";
import { requireAccount } from "./find.ts";
import { readSettingPairs } from "./settings.ts";

export async function list({ json }: { json?: boolean }) {
  await withInstallation(async ({ database: { db } }) => {
    const rows = await db.account.findMany({
      where: { status: { not: REMOVED } },
      orderBy: [{ channel: "desc" }, { unitCode: "asc" }, { id: "asc" }],
    });
    const accounts = rows.map((row) => ({
      channel: row.channel,
      id: row.externalId,
      unit: row.unitCode,
      name: row.name,
      status: row.status,
      reason: row.statusReason,
      tokenUntil: row.tokenExpiresAt,
      webhookSeen: row.webhookSeenAt,
    }));
    if (json) console.log(JSON.stringify(accounts, null, 2));
    else if (accounts.length === 0) console.log("There is no account yet. `accounts add` registers one.");
    else {
      const day = (date: Date | null) => date && formatDateTime(date);
      console.log(
        table(
          ["platform", "id", "unit", "name", "status", "token until", "webhook seen"],
          accounts.map((a) => [
            a.channel,
            a.id,
            a.unit,
            a.name,
            a.status,
            day(a.tokenUntil),
            day(a.webhookSeen),
          ]),
        ),
      );
    }
  });
}

export async function units({ json }: { json?: boolean }) {
  await withInstallation(async ({ database: { db } }) => {
    const rows = await db.unit.findMany({
      orderBy: [{ parentCode: { sort: "asc", nulls: "first" } }, { code: "asc" }],
    });
    const found = rows.map(({ code, name, parentCode: under, areaCode }) => ({
      code,
      name,
      under,
      areaCode,
    }));
    if (json) console.log(JSON.stringify(found, null, 2));
    else
      console.log(
        table(
          ["code", "name", "under", "area code"],
          found.map((unit) => Object.values(unit)),
        ),
      );
  });
}

export async function changeSettings(channel: string, id: string, pairs: string[]) {
  const changes = readSettingPairs(pairs);
  await withInstallation(async (installation) => {
    const account = await requireAccount(installation, channel, id);
    const settings = accountSettings.parse({ ...account.settings, ...changes });
    if (pairs.length > 0) {
      await installation.database.db.$transaction(async (tx) => {
        await tx.account.update({ where: { id: account.id }, data: { settings } });
        await audit(tx, null, "account.settings", `${channel}:${id}`, {
          changed: Object.keys(changes).join(", "),
        });
      });
    }
    for (const [name, value] of Object.entries(settings)) console.log(`${name}=${JSON.stringify(value)}`);
  });
}

export async function remove(channel: string, id: string) {
  await withInstallation(async (installation) => {
    const account = await requireAccount(installation, channel, id);
    const outcome = await installation.database.db.$transaction(async (tx) => {
      await audit(tx, null, "account.removed", `${channel}:${id}`, { unit: account.unitCode });
      return removeAccount(tx, installation.box, account.id);
    });
    console.log(`removed ${channel} ${id} ${account.unitCode} “${account.name}”`);
    if (outcome === "kept for its talks") console.error("Its talks and reports stay; its secrets are gone.");
  });
}

export async function reseal() {
  await withInstallation(async ({ database, box }) => {
    const count = await database.db.$transaction((tx) => resealAll(tx, box));
    console.log(`resealed ${count} ${count === 1 ? "secret" : "secrets"}`);
  });
}
