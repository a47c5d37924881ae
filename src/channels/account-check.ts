/** Everything an account has beside everything it needs, whichever platform it is on. */
import type { Db } from "../infra/db.ts";
import type { Finding } from "../infra/findings.ts";
import type { ConnectedAccount } from "./channel.ts";
import { checkFacebookAccount } from "./facebook/check.ts";
import type { FacebookClient } from "./facebook/client.ts";
import { checkZaloAccount } from "./zalo/check.ts";
import type { ZaloClient } from "./zalo/client.ts";

export type AccountCheck = (account: ConnectedAccount) => Promise<Finding[]>;

export function createAccountCheck(
  db: Db,
  clients: { zalo: ZaloClient; facebook: FacebookClient },
  publicUrl: string,
): AccountCheck {
  return async (account) => {
    const row = await db.account.findUniqueOrThrow({ where: { id: account.id } });
    const around = { publicUrl, now: new Date() };
    if (account.channel === "facebook") return checkFacebookAccount(clients.facebook, account, row, around);
    const lately = await db.resident.findFirst({ where: { accountId: account.id }, orderBy: { id: "desc" } });
    return checkZaloAccount(clients.zalo, account, row, { ...around, resident: lately?.externalId ?? null });
  };
}
