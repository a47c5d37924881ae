import { useTestDatabase } from "../infra/testing/database.ts";
import { createAccountWatch } from "./account-watch.ts";
import { createAccountRegistry } from "./accounts.ts";
import { createIncidents } from "./incidents.ts";
import { createTestAccount, testBox } from "./testing.ts";
import type { Finding } from "../infra/findings.ts";

const database = useTestDatabase();
const DAY = 24 * 3_600_000;
let platformSays: Finding[] = [];
const tasks = () =>
  createAccountWatch({
    db: database.db,
    registry: createAccountRegistry(database.db, testBox),
    incidents: createIncidents(database.db),
    check: async () => platformSays,
    publicUrl: "https://hoi.example",
  }).tasks;
const look = () => tasks()["accounts:watch"]!({} as never);
const open = async (accountId: number) =>
  (
    await database.db.incident.findMany({ where: { accountId, closedAt: null }, orderBy: { kind: "asc" } })
  ).map(({ kind, message }) => [kind, message]);

test("silence, a token near its end and a run of failures each become one incident, and close when all is well", async () => {
  const { account } = await createTestAccount(database, "501");
  const at = (days: number) => new Date(Date.now() + days * DAY);
  const { db } = database;
  await db.account.update({
    where: { id: account.id },
    data: { name: "Phường 5", webhookSeenAt: at(-4), tokenExpiresAt: at(3) },
  });
  const dead = { accountId: account.id, recipient: {}, author: "bot", content: {}, state: "dead" };
  await db.outboundMessage.createMany({ data: Array.from({ length: 10 }, () => dead) });
  await look();
  await look();
  expect(await open(account.id)).toEqual([
    ["health.sending", expect.stringMatching(/^Phường 5: 10 tin gửi hỏng trong một giờ qua\. Xem lý do/)],
    ["health.token", expect.stringMatching(/^Phường 5: .*Kết nối lại/)],
    ["health.webhook", expect.stringMatching(/hơn 3 ngày rồi.*https:\/\/hoi\.example\/webhooks\/facebook/)],
  ]);

  await db.account.update({
    where: { id: account.id },
    data: { webhookSeenAt: at(0), tokenExpiresAt: at(60) },
  });
  await db.outboundMessage.deleteMany({ where: { accountId: account.id } });
  await look();
  expect(await open(account.id)).toEqual([]);
});

test("a new account that nobody has written to yet is no trouble, nor is a sample", async () => {
  const { account } = await createTestAccount(database, "502");
  await look();
  expect(await open(account.id)).toEqual([]);
  await database.db.account.update({
    where: { id: account.id },
    data: { sample: true, webhookSeenAt: new Date(0) },
  });
  await look();
  expect(await open(account.id)).toEqual([]);
});

test("what the platform says in the morning is an incident too", async () => {
  const { account } = await createTestAccount(database, "503");
  platformSays = [{ what: "permissions", state: "bad", found: "thiếu: pages_messaging", mend: "Xin quyền." }];
  await tasks()["accounts:check"]!({} as never);
  expect((await open(account.id)).map(([kind]) => kind)).toContain("health.permissions");
  platformSays = [{ what: "permissions", state: "ok", found: "đủ" }];
  await tasks()["accounts:check"]!({} as never);
  expect((await open(account.id)).map(([kind]) => kind)).not.toContain("health.permissions");
});
