/** Accounts and payloads for the tests of the platforms. */
import { readFileSync } from "node:fs";
import { readSettings } from "../accounts.ts";
import type { ConnectedAccount } from "../channel.ts";

export function zaloAccount(changes: Partial<ConnectedAccount> = {}): ConnectedAccount {
  return {
    id: 1,
    channel: "zalo",
    externalId: "1840026671135570001",
    unitCode: "AN-HOI",
    name: "Phường An Hội",
    appId: "3120457788990011223",
    appSecret: "app-secret-gia-lap",
    webhookSecret: "oa-secret-key-gia-lap",
    accessToken: "zalo-access-token-gia-lap",
    status: "active",
    settings: readSettings({}),
    ...changes,
  };
}

export function facebookAccount(changes: Partial<ConnectedAccount> = {}): ConnectedAccount {
  return {
    ...zaloAccount(),
    id: 2,
    channel: "facebook",
    externalId: "109900112233445",
    appId: "880011223344556",
    webhookSecret: "verify-token-gia-lap",
    accessToken: "facebook-page-token-gia-lap",
    ...changes,
  };
}

/** `fixtures/<file>` beside the test: `fixture(import.meta.url, "webhooks.json")`. */
export function fixture<T>(testUrl: string, file: string): T {
  return JSON.parse(readFileSync(new URL(`fixtures/${file}`, testUrl), "utf8")) as T;
}
