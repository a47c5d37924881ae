import { OperatorError } from "../../src/config.ts";
import { createAccountRegistry } from "../../src/channels/accounts.ts";
import type { ChannelName, ConnectedAccount } from "../../src/channels/channel.ts";
import type { Installation } from "../../src/installation.ts";

export function readChannel(name: string): ChannelName {
  if (name === "zalo" || name === "facebook") return name;
  throw new OperatorError(`“${name}” is no platform of ours: zalo or facebook.`);
}

/** @throws OperatorError when there is no such account. */
export async function requireAccount(
  { database, box }: Installation,
  channel: string,
  externalId: string,
): Promise<ConnectedAccount> {
  const account = await createAccountRegistry(database.db, box).find(readChannel(channel), externalId);
  if (account) return account;
  throw new OperatorError(
    `There is no ${channel} account ${externalId} here. \`accounts list\` shows those there are.`,
  );
}
