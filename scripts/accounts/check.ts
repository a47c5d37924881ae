/** accounts check: every account beside what is needed of it. Exit code 1 when something is bad. */
import { createAccountCheck } from "../../src/channels/account-check.ts";
import { createAccountRegistry } from "../../src/channels/accounts.ts";
import type { ConnectedAccount } from "../../src/channels/channel.ts";
import { createFacebookClient } from "../../src/channels/facebook/client.ts";
import { createZaloClient } from "../../src/channels/zalo/client.ts";
import { formatFindings, type Finding } from "../../src/infra/findings.ts";
import type { Installation } from "../../src/installation.ts";
import { withInstallation } from "../command/run.ts";
import { readChannel, requireAccount } from "./find.ts";

export async function check(
  channel: string | undefined,
  id: string | undefined,
  { json }: { json?: boolean },
) {
  await withInstallation(async (installation, config) => {
    const accounts = await chosen(installation, channel, id);
    const clients = { zalo: createZaloClient(config), facebook: createFacebookClient(config) };
    const findingsOf = createAccountCheck(installation.database.db, clients, config.PUBLIC_URL);
    const results: { account: ConnectedAccount; findings: Finding[] }[] = [];
    for (const account of accounts) results.push({ account, findings: await findingsOf(account) });
    if (json) {
      const rows = results.map(({ account, findings }) => ({ ...labelOf(account), findings }));
      console.log(JSON.stringify(rows, null, 2));
    } else if (results.length === 0) console.log("There is no account yet. `accounts add` registers one.");
    for (const { account, findings } of json ? [] : results) {
      console.log(`${account.channel} ${account.externalId} ${account.unitCode} “${account.name}”`);
      console.log(`${formatFindings(findings)}\n`);
    }
    if (results.some(({ findings }) => findings.some(({ state }) => state === "bad"))) process.exitCode = 1;
  });
}

const labelOf = ({ channel, externalId, unitCode, name }: ConnectedAccount) => ({
  channel,
  id: externalId,
  unit: unitCode,
  name,
});

async function chosen(
  installation: Installation,
  channel?: string,
  id?: string,
): Promise<ConnectedAccount[]> {
  const registry = createAccountRegistry(installation.database.db, installation.box);
  if (!channel) return registry.all();
  return id ? [await requireAccount(installation, channel, id)] : registry.ofChannel(readChannel(channel));
}
