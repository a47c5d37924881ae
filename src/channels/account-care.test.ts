import { useTestDatabase } from "../infra/testing/database.ts";
import { createAccountRegistry } from "./accounts.ts";
import { createAccountCare, RefreshRefused, type TokenPlatform } from "./account-care.ts";
import { createIncidents } from "./incidents.ts";
import { createTestAccount, testBox } from "./testing.ts";

const database = useTestDatabase(20);
let accountId: number;

const HOUR = 3_600_000;

function careWith(platform: Partial<TokenPlatform>) {
  return createAccountCare(
    database,
    testBox,
    createAccountRegistry(database.db, testBox),
    {
      refresh: async () => Promise.reject(new Error("not asked")),
      isAccessTokenAlive: async () => false,
      ...platform,
    },
    createIncidents(database.db),
  );
}

beforeEach(async () => {
  await database.pool.query("TRUNCATE account, incident CASCADE");
  const { account } = await createTestAccount(database, "1840026671135570001", {
    channel: "zalo",
    accessToken: testBox.seal("access-1"),
    refreshToken: testBox.seal("refresh-1"),
    tokenObtainedAt: new Date(Date.now() - 22 * HOUR),
    tokenExpiresAt: new Date(Date.now() + 3 * HOUR),
  });
  accountId = account.id;
});

const row = () => database.db.account.findUniqueOrThrow({ where: { id: accountId } });
const pair = (n: number) => ({
  accessToken: `access-${n}`,
  refreshToken: `refresh-${n}`,
  expiresAt: new Date(Date.now() + 25 * HOUR),
});

test("a token is renewed hours before it ends, and the former pair is kept on file", async () => {
  const used: string[] = [];
  const care = careWith({ refresh: async (_, token) => (used.push(token), pair(2)) });
  await care.refreshDue();
  await care.refreshDue();
  expect(used).toEqual(["refresh-1"]);
  expect(testBox.open((await row()).accessToken!)).toBe("access-2");
  const history = await database.db.accountToken.findMany({ where: { accountId } });
  expect(history.map((former) => testBox.open(former.refreshToken!))).toEqual(["refresh-1"]);
});

test("eight processes that meet a dead token together refresh it once", async () => {
  let calls = 0;
  const refresh = async () => {
    calls++;
    await new Promise((resolve) => setTimeout(resolve, 50));
    return pair(2);
  };
  const cares = Array.from({ length: 8 }, () => careWith({ refresh }));
  const results = await Promise.all(cares.map((care) => care.refreshToken(accountId)));
  expect(calls).toBe(1);
  expect(results.every(Boolean)).toBe(true);
});

test("an answer that never came is not asked for again: the old token is tried, and if it is dead people are told", async () => {
  let calls = 0;
  const care = careWith({
    refresh: async () => {
      calls++;
      throw new Error("timeout");
    },
    isAccessTokenAlive: async () => false,
  });
  expect(await care.refreshToken(accountId)).toBe(false);
  await care.refreshDue();
  expect(calls).toBe(1);
  expect((await row()).status).toBe("needs_reauth");
  expect(await database.db.incident.count({ where: { kind: "needs_reauth", closedAt: null } })).toBe(1);
});

test("if the old token still works, nothing was issued, and a later refresh may try again", async () => {
  let calls = 0;
  const care = careWith({
    refresh: async () => {
      if (++calls === 1) throw new Error("connection reset");
      return pair(2);
    },
    isAccessTokenAlive: async () => true,
  });
  expect(await care.refreshToken(accountId)).toBe(true);
  expect((await row()).status).toBe("active");
  await care.refreshDue();
  expect(testBox.open((await row()).refreshToken!)).toBe("refresh-2");
});

test("a process killed between asking and storing leaves a doubt that is cleared by looking, not by asking again", async () => {
  await database.db.account.update({ where: { id: accountId }, data: { refreshBegunAt: new Date() } });
  let calls = 0;
  const care = careWith({ refresh: async () => (calls++, pair(2)), isAccessTokenAlive: async () => false });
  await care.refreshDue();
  expect(calls).toBe(0);
  expect((await row()).status).toBe("needs_reauth");
});

test("a plain refusal stops the account until somebody connects it again", async () => {
  const care = careWith({
    refresh: async () => Promise.reject(new RefreshRefused("-14014 invalid refresh token")),
  });
  expect(await care.refreshToken(accountId)).toBe(false);
  expect((await row()).statusReason).toMatch(/-14014/);
  await care.connect(accountId, pair(3));
  expect(await row()).toMatchObject({ status: "active", statusReason: null });
  expect(await database.db.incident.count({ where: { closedAt: null } })).toBe(0);
});
