import { useTestDatabase } from "../infra/testing/database.ts";
import type { ConnectedAccount } from "./channel.ts";
import { createDrain, type EventHandler } from "./drain.ts";
import { createInbox } from "./inbox.ts";
import { createTestAccount, pretendChannel, pretendEvent } from "./testing.ts";

const database = useTestDatabase();
let account: ConnectedAccount;

beforeAll(async () => {
  account = (await createTestAccount(database)).account;
});
beforeEach(() =>
  database.pool.query(
    "TRUNCATE inbound_event, outbound_message, attachment, conversation CASCADE; DELETE FROM graphile_worker._private_jobs",
  ),
);

const jobs = async () => {
  const { rows } = await database.pool.query<{ key: string }>(
    "SELECT key FROM graphile_worker.jobs ORDER BY key",
  );
  return rows.map((row) => row.key);
};

test("an event is kept once, however often the platform sends it", async () => {
  const inbox = createInbox(database.pool);
  const event = pretendEvent(account, "lan", { messageId: "m_same" });
  await inbox.store([event, event]);
  await inbox.store([event]);
  await createInbox(database.pool).store([event]); // another process
  expect(await database.db.inboundEvent.count()).toBe(1);
});

test("a receipt of somebody we do not know, or a consent they withdraw, begins no talk with them", async () => {
  const inbox = createInbox(database.pool);
  await inbox.store([
    pretendEvent(account, "stranger", { kind: "seen", isReceipt: true }),
    pretendEvent(account, "stranger", { kind: "consent_withdrawn" }),
  ]);
  expect(await database.db.resident.count({ where: { externalId: "stranger" } })).toBe(0);
  expect(await database.db.inboundEvent.count()).toBe(0);
  await inbox.store([
    pretendEvent(account, "stranger", { kind: "seen", isReceipt: true }),
    pretendEvent(account, "stranger"),
  ]);
  expect(await database.db.inboundEvent.count()).toBe(2);
  await createInbox(database.pool).store([pretendEvent(account, "stranger", { kind: "consent_withdrawn" })]);
  expect(await database.db.inboundEvent.count()).toBe(3);
});

test("what is stored has its job: one per talk, one per event of the account, one for all receipts", async () => {
  await createInbox(database.pool).store([
    pretendEvent(account, "lan"),
    pretendEvent(account, "lan"),
    pretendEvent(account, "hoa"),
    pretendEvent(account, "lan", { kind: "seen", isReceipt: true }),
    pretendEvent(account, "hoa", { kind: "seen", isReceipt: true }),
    pretendEvent(account, "", { kind: "quota", residentExternalId: null }),
  ]);
  const kinds = (await jobs()).map((key) => key.split(":")[0]);
  expect(kinds).toEqual(["conversation", "conversation", "event", "receipts"]);
});

test("requests that arrive together share a commit, and each is answered after it", async () => {
  const inbox = createInbox(database.pool);
  const before = await commits();
  await Promise.all(
    Array.from({ length: 200 }, (_, n) => inbox.store([pretendEvent(account, `resident-${n % 20}`)])),
  );
  expect(await database.db.inboundEvent.count()).toBe(200);
  expect((await commits()) - before).toBeLessThan(50);
});

test("an event that cannot be stored fails its own request only, and nothing of it is half kept", async () => {
  const inbox = createInbox(database.pool);
  const broken = pretendEvent(account, "lan", { occurredAt: "no date" as unknown as Date });
  const fine = () => inbox.store([pretendEvent(account, "hoa")]);
  const results = await Promise.allSettled([
    fine(),
    inbox.store([pretendEvent(account, "lan"), broken]),
    fine(),
  ]);
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(await database.db.inboundEvent.count()).toBe(2);
});

test("a text with a zero byte is kept, which PostgreSQL alone would refuse", async () => {
  await createInbox(database.pool).store([pretendEvent(account, "lan", { text: "a\u0000b \\u0000 c" })]);
  const { raw } = await database.db.inboundEvent.findFirstOrThrow();
  expect((raw as { event: { text: string } }).event.text).toBe("a\ufffdb \\u0000 c");
});

test("a talk erased behind our back is begun anew", async () => {
  const inbox = createInbox(database.pool);
  await inbox.store([pretendEvent(account, "lan")]);
  await database.pool.query("TRUNCATE conversation CASCADE");
  await inbox.store([pretendEvent(account, "lan")]);
  expect(await database.db.inboundEvent.count()).toBe(1);
});

describe("draining", () => {
  const drainWith = (handle: EventHandler) => createDrain(database, pretendChannel().channels, handle);
  const conversationOf = async () => (await database.db.conversation.findFirstOrThrow()).id;

  test("events are heard by the platform's time, not by their arrival", async () => {
    const at = (second: number) => new Date(Date.UTC(2026, 10, 24, 3, 0, second));
    await createInbox(database.pool).store([
      pretendEvent(account, "lan", { text: "hai", occurredAt: at(2) }),
      pretendEvent(account, "lan", { text: "ba", occurredAt: at(3) }),
      pretendEvent(account, "lan", { text: "một", occurredAt: at(1) }),
    ]);
    const heard: string[] = [];
    await drainWith(async (_tx, _conversation, _stored, event) => {
      if (event.kind === "message") heard.push(event.text);
    }).drain(await conversationOf());
    expect(heard).toEqual(["một", "hai", "ba"]);
  });

  test("two drains of one talk never hear the same event", async () => {
    await createInbox(database.pool).store(Array.from({ length: 10 }, () => pretendEvent(account, "lan")));
    const heard: string[] = [];
    const drain = drainWith(async (_tx, _conversation, stored) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      heard.push(stored.messageId!);
    });
    const id = await conversationOf();
    await Promise.all([drain.drain(id), drain.drain(id), drain.drain(id)]);
    expect(heard).toHaveLength(10);
    expect(new Set(heard).size).toBe(10);
  });

  test("a turn that fails leaves nothing behind, and is taken again", async () => {
    await createInbox(database.pool).store([pretendEvent(account, "lan")]);
    const id = await conversationOf();
    let fails = true;
    const drain = drainWith(async (tx) => {
      await tx.conversation.update({ where: { id }, data: { state: "waiting" } });
      if (fails) throw new Error("no");
    });
    await expect(drain.drain(id)).rejects.toThrow("no");
    expect((await database.db.conversation.findUniqueOrThrow({ where: { id } })).state).toBe("bot");
    fails = false;
    await drain.drain(id);
    expect((await database.db.conversation.findUniqueOrThrow({ where: { id } })).state).toBe("waiting");
  });

  test("an event that always fails is set aside for a person and does not hold up the next", async () => {
    await createInbox(database.pool).store([
      pretendEvent(account, "lan", { text: "hỏng", occurredAt: new Date(1) }),
      pretendEvent(account, "lan", { text: "lành", occurredAt: new Date(2) }),
    ]);
    const id = await conversationOf();
    const heard: string[] = [];
    const drain = drainWith(async (_tx, _conversation, _stored, event) => {
      if (event.kind === "message" && event.text === "hỏng") throw new Error("always");
      if (event.kind === "message") heard.push(event.text);
    });
    for (let tries = 0; tries < 5; tries++) await expect(drain.drain(id)).rejects.toThrow("always");
    await drain.drain(id);
    expect(heard).toEqual(["lành"]);
    expect(await database.db.incident.count({ where: { kind: "event_failed" } })).toBe(1);
  });
});

async function commits(): Promise<number> {
  const { rows } = await database.pool.query<{ commits: string }>(
    "SELECT pg_stat_force_next_flush(), xact_commit AS commits FROM pg_stat_database WHERE datname = current_database()",
  );
  return Number(rows[0]!.commits);
}
