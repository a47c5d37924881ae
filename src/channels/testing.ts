/** For tests: a platform that remembers what it was given, and accounts on it. */
import type { Database } from "../infra/db.ts";
import { createSecretBox } from "../infra/secrets.ts";
import { createAccountRegistry } from "./accounts.ts";
import type { Channel, ConnectedAccount, InboundEvent, Outgoing, RawEvent, Receipt } from "./channel.ts";
import type { KeptEvent } from "./inbox.ts";
import { ensureUnits } from "../residents/units.ts";

export const testBox = createSecretBox(Buffer.alloc(32, 7).toString("base64"));

/** A channel whose events are their own JSON, and whose sends do what the test says. */
export function pretendChannel(send?: (outgoing: Outgoing, account: ConnectedAccount) => Promise<Receipt>) {
  const sent: Outgoing[] = [];
  const channel: Channel = {
    name: "facebook",
    textLimit: 2000,
    files: { types: new Set(), largest: 0 },
    isAuthentic: (headers) => headers["x-test"] === "signed",
    split: (body) => body as RawEvent[],
    parse: (raw) => (raw as { event: InboundEvent }).event,
    async send(account, outgoing) {
      const receipt = send ? await send(outgoing, account) : { externalId: `mid.${outgoing.id}` };
      sent.push(outgoing);
      return receipt;
    },
  };
  return { channel, channels: { zalo: channel, facebook: channel }, sent };
}

export async function createTestAccount(
  database: Database,
  externalId = "109900112233445",
  extra: object = {},
) {
  await ensureUnits(database.db);
  await database.db.account.create({
    data: {
      channel: "facebook",
      externalId,
      unitCode: "PHU-KHUONG",
      name: "Phường Phú Khương",
      appId: "880011223344556",
      appSecret: testBox.seal("app-secret"),
      webhookSecret: testBox.seal("verify-me"),
      accessToken: testBox.seal("page-token"),
      ...extra,
    },
  });
  const registry = createAccountRegistry(database.db, testBox);
  return { registry, account: (await registry.all()).find((account) => account.externalId === externalId)! };
}

let mids = 0;

/** An event as a webhook would have been cut into, a text message if nothing else is said. */
export function pretendEvent(
  account: ConnectedAccount,
  resident: string,
  what: Partial<KeptEvent> & { text?: string } = {},
): KeptEvent {
  const messageId = what.messageId ?? `m_${++mids}`;
  const event: InboundEvent = {
    kind: "message",
    messageId,
    text: what.text ?? "alo",
    attachments: [],
    choice: null,
    quotes: null,
  };
  return {
    channel: account.channel,
    account,
    externalKey: `message:${messageId}`,
    accountExternalId: account.externalId,
    residentExternalId: resident,
    kind: "message",
    messageId,
    occurredAt: new Date(),
    raw: { event },
    isReceipt: false,
    ...what,
  };
}
