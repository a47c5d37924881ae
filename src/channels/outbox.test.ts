import { jest } from "@jest/globals";
import { useTestDatabase } from "../infra/testing/database.ts";
import { createAccountRegistry } from "./accounts.ts";
import type { ConnectedAccount, Outgoing } from "./channel.ts";
import { DeliveryError } from "./delivery-error.ts";
import { createInbox } from "./inbox.ts";
import { createOutbox, type AccountCare, type Outbox } from "./outbox.ts";
import { queueReplies } from "./queue-replies.ts";
import { readReceipts } from "./receipts.ts";
import { createTestAccount, pretendChannel, pretendEvent, testBox } from "./testing.ts";

const database = useTestDatabase(20);
let account: ConnectedAccount;
let outboxes: Outbox[] = [];

beforeAll(async () => {
  account = (await createTestAccount(database)).account;
});
beforeEach(async () => {
  await database.pool.query(
    "TRUNCATE inbound_event, outbound_message, conversation, resident, send_limit CASCADE",
  );
  await database.pool.query("UPDATE account SET status = 'active', paused_until = NULL");
});
afterEach(async () => {
  await Promise.all(outboxes.map((outbox) => outbox.stop()));
  outboxes = [];
});

type Send = (outgoing: Outgoing) => Promise<{ externalId: string }>;

async function startOutbox(send?: Send, care: Partial<AccountCare> = {}, echoPatience = 100) {
  const { channels, sent } = pretendChannel(send);
  const registry = createAccountRegistry(database.db, testBox);
  const outbox = createOutbox(
    database,
    registry,
    channels,
    { refreshToken: async () => false, stopAccount: async () => {}, ...care },
    { echoPatience, pollInterval: 50 },
  );
  outboxes.push(outbox);
  await outbox.start();
  return { sent, channels, texts: () => sent.map(({ reply }) => reply.text) };
}

async function talkWith(resident: string): Promise<bigint> {
  await createInbox(database.pool).store([pretendEvent(account, resident)]);
  const row = await database.db.conversation.findFirstOrThrow({
    where: { resident: { externalId: resident } },
  });
  return row.id;
}

async function queue(conversationId: bigint | null, texts: string[], purpose: "reply" | "bulk" = "reply") {
  await database.db.$transaction((tx) =>
    queueReplies(
      tx,
      { accountId: account.id, conversationId, recipient: { user: "lan" } },
      texts.map((text) => ({ text })),
      { author: "bot", purpose },
    ),
  );
}

const states = async () =>
  (await database.db.outboundMessage.findMany({ orderBy: { id: "asc" } })).map(({ state }) => state);

async function eventually(check: () => Promise<void> | void) {
  for (let tries = 0; ; tries++) {
    try {
      return await check();
    } catch (error) {
      if (tries > 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }
}

test("the messages of one talk go out in order, those of others do not wait for them", async () => {
  const [lan, hoa] = [await talkWith("lan"), await talkWith("hoa")];
  const slowOnce = new Set(["lan 1"]);
  const { texts } = await startOutbox(async ({ id, reply }) => {
    if (slowOnce.has(reply.text)) await new Promise((resolve) => setTimeout(resolve, 200));
    return { externalId: String(id) };
  });
  await queue(lan, ["lan 1", "lan 2", "lan 3"]);
  await queue(hoa, ["hoa 1", "hoa 2"]);
  await eventually(() => expect(texts()).toHaveLength(5));
  expect(texts().filter((text) => text.startsWith("lan"))).toEqual(["lan 1", "lan 2", "lan 3"]);
  expect(texts().indexOf("hoa 2")).toBeLessThan(texts().indexOf("lan 1"));
});

test("several senders share the work and send nothing twice", async () => {
  const conversations = await Promise.all(Array.from({ length: 10 }, (_, n) => talkWith(`resident ${n}`)));
  const senders = await Promise.all([startOutbox(), startOutbox(), startOutbox()]);
  await Promise.all(
    conversations.map((id, n) =>
      queue(
        id,
        [1, 2, 3, 4, 5].map((part) => `${n}-${part}`),
      ),
    ),
  );
  await eventually(async () => expect(new Set(await states())).toEqual(new Set(["sent"])));
  const all = senders.flatMap(({ texts }) => texts());
  expect(all).toHaveLength(50);
  expect(new Set(all).size).toBe(50);
});

test("a failure that may pass is tried again; one that cannot pass is kept for a person to see", async () => {
  const id = await talkWith("lan");
  let calls = 0;
  await startOutbox(async ({ reply }) => {
    if (reply.text === "bad") throw new DeliveryError("permanent", "100", "Invalid parameter");
    if (++calls < 2) throw new DeliveryError("later", "-32", "Too many requests", { retryAt: new Date() });
    return { externalId: "1" };
  });
  await queue(id, ["bad", "good"]);
  await eventually(async () => expect(await states()).toEqual(["dead", "sent"]));
  const dead = await database.db.outboundMessage.findFirstOrThrow({ where: { state: "dead" } });
  expect(dead).toMatchObject({ errorClass: "permanent", errorCode: "100", errorText: "Invalid parameter" });
  expect(calls).toBe(2);
});

test("a message whose outcome is hidden waits for its echo, and is not sent again when it comes", async () => {
  const id = await talkWith("lan");
  let calls = 0;
  const { channels } = await startOutbox(
    async () => {
      calls++;
      throw new DeliveryError("unknown", "timeout", "No answer in time");
    },
    {},
    60_000,
  );
  await queue(id, ["Dạ, em nghe"]);
  await eventually(async () => expect(await states()).toEqual(["unknown"]));
  const [row] = await database.db.outboundMessage.findMany();
  const echo = {
    kind: "echo" as const,
    messageId: "mid.echo",
    text: "Dạ, em nghe",
    attachments: [],
    adminId: null,
  };
  await createInbox(database.pool).store([
    pretendEvent(account, "lan", {
      kind: "echo",
      isReceipt: true,
      raw: { event: { ...echo, appId: "880011223344556", metadata: `out:${row!.id}` } },
    }),
  ]);
  await readReceipts(database.db, channels);
  expect(await database.db.outboundMessage.findFirstOrThrow()).toMatchObject({
    state: "sent",
    externalId: "mid.echo",
  });
  expect(calls).toBe(1);
});

test("a hidden outcome without an echo: a reply is sent again; a bulk message and a template are held for a person", async () => {
  const id = await talkWith("lan");
  const tried = new Set<string>();
  const { texts } = await startOutbox(async ({ reply, id: row }) => {
    const isFirst = !tried.has(reply.text);
    tried.add(reply.text);
    if (isFirst) throw new DeliveryError("unknown", "timeout", "No answer in time");
    return { externalId: String(row) };
  });
  await queue(id, ["reply"]);
  await queue(null, ["bulk"], "bulk");
  const to = { accountId: account.id, conversationId: null, recipient: { user: "lan" } };
  const template = { id: "310001", language: "vi", parameters: [] };
  const paid = { text: "paid", template };
  await database.transaction((tx) => queueReplies(tx, to, [paid], { author: "bot" }));
  await eventually(async () => expect(await states()).toEqual(["sent", "dead", "dead"]));
  expect(texts()).toEqual(["reply"]);
});

test("what a killed sender had in hand turns unknown at once, not after a lease", async () => {
  const id = await talkWith("lan");
  await queue(id, ["mất"]);
  await database.pool.query(
    "UPDATE outbound_message SET state = 'sending', claimed_by = 12345, claimed_at = now()",
  );
  const { texts } = await startOutbox();
  await eventually(async () => expect(await states()).toEqual(["sent"]));
  expect(texts()).toEqual(["mất"]);
  expect((await database.db.outboundMessage.findFirstOrThrow()).unknowns).toBe(1);
});

test("replies go before bulk", async () => {
  await queue(
    null,
    Array.from({ length: 20 }, (_, n) => `bulk ${n}`),
    "bulk",
  );
  const id = await talkWith("lan");
  await queue(id, ["reply"]);
  const { texts } = await startOutbox();
  await eventually(() => expect(texts()).toHaveLength(21));
  expect(texts()[0]).toBe("reply");
});

test("an account sends no faster than its limit, however many senders there are", async () => {
  await database.db.account.update({ where: { id: account.id }, data: { settings: { sendsPerSecond: 20 } } });
  const times: number[] = [];
  const send: Send = async ({ id }) => {
    times.push(Date.now());
    return { externalId: String(id) };
  };
  await queue(
    null,
    Array.from({ length: 50 }, (_, n) => `bulk ${n}`),
    "bulk",
  );
  await Promise.all([startOutbox(send), startOutbox(send)]);
  await eventually(() => expect(times).toHaveLength(50));
  await database.db.account.update({ where: { id: account.id }, data: { settings: {} } });
  const [first, last] = [Math.min(...times), Math.max(...times)];
  expect(last - first).toBeGreaterThan(1300); // 20 at once, 30 more at 20 a second
});

test("a refused token is refreshed and the message sent; if that fails the account stops and the message waits", async () => {
  const id = await talkWith("lan");
  let token = "old";
  const stopAccount = jest.fn(async (accountId: number) => {
    await database.db.account.update({ where: { id: accountId }, data: { status: "needs_reauth" } });
  });
  const { texts } = await startOutbox(
    async ({ id: row }) => {
      if (token === "old") throw new DeliveryError("refresh_token", "-216", "Access token invalid");
      return { externalId: String(row) };
    },
    { refreshToken: async () => ((token = "new"), true), stopAccount },
  );
  await queue(id, ["một"]);
  await eventually(() => expect(texts()).toEqual(["một"]));
  expect(stopAccount).not.toHaveBeenCalled();

  await outboxes[0]!.stop();
  const { texts: none } = await startOutbox(
    async () => {
      throw new DeliveryError("stop_account", "190", "Token expired");
    },
    { stopAccount },
  );
  await queue(id, ["hai"]);
  await eventually(() => expect(stopAccount).toHaveBeenCalledTimes(1));
  await eventually(async () => expect(await states()).toEqual(["sent", "pending"]));
  expect(none()).toEqual([]);
});

test("when the platform's window is closed nothing is sent, and staff are told", async () => {
  const id = await talkWith("lan");
  await startOutbox(async () => {
    throw new DeliveryError("window_closed", "window", "More than 24 hours");
  });
  await queue(id, ["trễ rồi"]);
  await eventually(async () => expect(await states()).toEqual(["dead"]));
  const conversation = await database.db.conversation.findFirstOrThrow();
  expect(conversation).toMatchObject({ state: "waiting", waitingReason: "window_closed" });
});

test("two copies with one dedupe key are one", async () => {
  for (let copy = 0; copy < 2; copy++) {
    await database.db.$transaction((tx) =>
      queueReplies(
        tx,
        { accountId: account.id, conversationId: null, recipient: { comment: "c1" } },
        [{ text: "Dạ" }],
        {
          author: "bot",
          dedupeKey: "comment:c1",
        },
      ),
    );
  }
  expect(await database.db.outboundMessage.count()).toBe(1);
});
