import fc from "fast-check";
import { useTestDatabase } from "../infra/testing/database.ts";
import type { ConnectedAccount } from "./channel.ts";
import { createClockDifference, LATE, limitsOf, openMoments } from "./send-limits.ts";
import { createTestAccount } from "./testing.ts";

const database = useTestDatabase(8);
let page: ConnectedAccount;

beforeAll(async () => {
  page = (await createTestAccount(database)).account;
});
beforeEach(() => database.pool.query("TRUNCATE send_limit"));

const limitedTo = (sendsPerSecond: number): ConnectedAccount => ({
  ...page,
  settings: { ...page.settings, sendsPerSecond },
});
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A sender that takes all it is given for a while, slow and quick by turns. @returns the moments it got */
async function send(account: ConnectedAccount, until: number, pauses: number[]): Promise<number[]> {
  const difference = createClockDifference();
  const moments: number[] = [];
  for (let round = 0; Date.now() < until; round++) {
    const client = await database.pool.connect();
    await client.query("BEGIN");
    const open = await openMoments(client, [account], { lead: 5, horizon: 60 }, difference);
    for (const mine of open.accounts)
      for (let left = open.free(mine).own; left > 0; left--) moments.push(open.take(mine));
    await open.save();
    await client.query("COMMIT");
    client.release();
    await pause(pauses[round % pauses.length]!);
  }
  return moments;
}

/** The most in any second, when one leaves at its moment and another as late as it may. */
function mostInASecond(moments: number[], delays: number[]): number {
  const left = moments.map((at, n) => at + delays[n % delays.length]!).sort((a, b) => a - b);
  let most = 0;
  for (let first = 0, last = 0; last < left.length; last++) {
    while (left[last]! - left[first]! >= 1000) first++;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

test("any number of senders together stay below an account's limit in every second, the first one too, and use it up", async () => {
  const rates = fc.constantFrom(1, 7, 50, 300);
  const senders = fc.integer({ min: 1, max: 3 });
  const pauses = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 5 });
  const delays = fc.array(fc.integer({ min: 0, max: LATE }), { minLength: 1, maxLength: 7 });
  await fc.assert(
    fc.asyncProperty(rates, senders, pauses, delays, async (rate, count, between, late) => {
      await database.pool.query("TRUNCATE send_limit");
      const account = limitedTo(rate);
      const begun = Date.now();
      const all = await Promise.all(
        Array.from({ length: count }, (_, n) =>
          send(account, begun + 1600, between.slice(n).concat(between)),
        ),
      );
      const moments = all.flat();
      expect(new Set(moments.map((at) => at.toFixed(2))).size).toBe(moments.length);
      expect(mostInASecond(moments, late)).toBeLessThanOrEqual(rate);
      // evenly apart from the first to the last, with no moment left out while somebody was there to take it
      const seconds = (Math.max(...moments) - Math.min(...moments)) / 1000;
      if (rate >= 50) expect(moments.length / (seconds * rate)).toBeGreaterThan(0.7);
    }),
    { numRuns: 6, endOnFailure: true },
  );
});

test("an account's own limit holds inside the one its Zalo app has for all", async () => {
  const oa = (id: number, own?: number): ConnectedAccount => ({
    ...{ ...page, id, channel: "zalo", appId: "3120" },
    settings: { ...page.settings, ...(own ? { sendsPerSecond: own } : {}) },
  });
  expect(limitsOf(oa(1)).map(({ key }) => key)).toEqual(["zalo-app:3120"]);
  const until = Date.now() + 1500;
  const [slow, quick] = await Promise.all([send(oa(1, 5), until, [10]), send(oa(2), until, [10])]);
  expect(mostInASecond(slow, [0])).toBeLessThanOrEqual(5);
  expect(mostInASecond([...slow, ...quick], [0])).toBeLessThanOrEqual(67);
  expect(quick.length).toBeGreaterThan(40);
});
