/** Adding an OA or a Page by hand, changing it by adding it again, and taking it away. */
import type { Tx } from "../infra/db.ts";
import type { SecretBox } from "../infra/secrets.ts";
import { accountSettings, readSettings, REMOVED } from "./accounts.ts";
import type { AccountSettings, ChannelName } from "./channel.ts";
import { keepFormerTokens } from "./former-tokens.ts";

export interface Registration {
  channel: ChannelName;
  /** OA id or Page id. */
  externalId: string;
  unitCode: string;
  name?: string;
  appId?: string;
  appSecret?: string;
  /** Zalo: the OA secret key that signs webhooks. Facebook: the verify token. */
  webhookSecret?: string;
  accessToken?: string;
  refreshToken?: string;
  tokenExpiresAt?: Date;
  /** Only the ones to change. */
  settings?: Partial<AccountSettings>;
}

export type RequiredPart = "appId" | "appSecret" | "webhookSecret";

/** What a new account cannot do without and was not given. Facebook tells the app's id itself. */
export function missingParts(given: Registration): RequiredPart[] {
  const needed: RequiredPart[] = ["appSecret", "webhookSecret"];
  if (given.channel === "zalo") needed.unshift("appId");
  return needed.filter((part) => !given[part]);
}

/** A new account, or changes to the one that is there: what is not given stays as it is. */
export async function registerAccount(
  tx: Tx,
  box: SecretBox,
  given: Registration,
): Promise<{ id: number; isNew: boolean }> {
  const { channel, externalId, unitCode, name, appId, settings } = given;
  const known = await tx.account.findUnique({ where: { channel_externalId: { channel, externalId } } });
  const seal = (secret: string | undefined) => (secret === undefined ? undefined : box.seal(secret));
  const common = {
    unitCode,
    appId,
    appSecret: seal(given.appSecret),
    webhookSecret: seal(given.webhookSecret),
  };
  const chosen = accountSettings.parse({ ...readSettings(known?.settings), ...settings });
  if (known) {
    const tokens = given.accessToken === undefined ? {} : tokensOf(box, given);
    if (given.accessToken !== undefined) await keepFormerTokens(tx, known);
    await tx.account.update({
      where: { id: known.id },
      data: { ...common, name, settings: chosen, ...tokens, sample: false, ...revived(known.status) },
    });
    if (given.accessToken !== undefined) await closeIncidents(tx, known.id);
    return { id: known.id, isNew: false };
  }
  const unit = await tx.unit.findUniqueOrThrow({ where: { code: unitCode } });
  const { id } = await tx.account.create({
    data: {
      ...{ channel, externalId, unitCode, name: name ?? unit.name, appId, settings: chosen },
      appSecret: box.seal(given.appSecret ?? ""),
      webhookSecret: box.seal(given.webhookSecret ?? ""),
      ...(given.accessToken === undefined ? {} : tokensOf(box, given)),
    },
  });
  return { id, isNew: true };
}

function tokensOf(box: SecretBox, { accessToken, refreshToken, tokenExpiresAt }: Registration) {
  return {
    accessToken: box.seal(accessToken!),
    refreshToken: refreshToken === undefined ? null : box.seal(refreshToken),
    tokenObtainedAt: new Date(),
    tokenExpiresAt: tokenExpiresAt ?? null,
    refreshBegunAt: null,
    status: "active",
    statusReason: null,
  };
}

const revived = (status: string) => (status === REMOVED ? { status: "active", statusReason: null } : {});

async function closeIncidents(tx: Tx, accountId: number) {
  await tx.incident.updateMany({
    where: { kind: "needs_reauth", accountId, closedAt: null },
    data: { closedAt: new Date() },
  });
}

/** Its secrets go at once. The row goes too, unless residents wrote to it: their talks and reports stay. */
export async function removeAccount(
  tx: Tx,
  box: SecretBox,
  id: number,
): Promise<"deleted" | "kept for its talks"> {
  const isWrittenTo =
    (await tx.resident.count({ where: { accountId: id } })) > 0 ||
    (await tx.inboundEvent.count({ where: { accountId: id } })) > 0;
  await tx.accountToken.deleteMany({ where: { accountId: id } });
  await tx.incident.updateMany({ where: { accountId: id, closedAt: null }, data: { closedAt: new Date() } });
  await tx.outboundMessage.updateMany({
    where: { accountId: id, state: { in: ["pending", "unknown"] } },
    data: {
      state: "dead",
      errorClass: "permanent",
      errorCode: "no_account",
      errorText: "The account was removed.",
    },
  });
  if (!isWrittenTo) {
    await tx.account.delete({ where: { id } });
    return "deleted";
  }
  await tx.account.update({
    where: { id },
    data: {
      ...{ status: REMOVED, statusReason: null, accessToken: null, refreshToken: null, tokenExpiresAt: null },
      ...{ appSecret: box.seal(""), webhookSecret: box.seal("") },
    },
  });
  return "kept for its talks";
}
