/** For tests: an announcement's publications against the pretend platforms, with one clock for both. */
import { createTestAccount } from "../../../channels/testing.ts";
import { testBox } from "../../../channels/testing.ts";
import { createFacebookClient } from "../../../channels/facebook/client.ts";
import { createZaloClient } from "../../../channels/zalo/client.ts";
import type { Database } from "../../../infra/db.ts";
import { runSimulator } from "../../../simulator/testing/run.ts";
import { createPublisher } from "./publisher.ts";

export type Desk = Awaited<ReturnType<typeof openDesk>>;
export const PUBLIC_URL = "https://hoi.example";

/** An OA and a Page of PHU-KHUONG; a follower of the OA who wrote to it. */
export async function openDesk(database: Database) {
  const run = await runSimulator();
  const tokenOf = (token: string | null) => ({ accessToken: testBox.seal(token!) });
  const { zalo, facebook } = run;
  await createTestAccount(database, facebook.externalId, tokenOf(facebook.accessToken));
  const { registry } = await createTestAccount(database, zalo.externalId, {
    ...{ channel: "zalo", appId: zalo.appId, appSecret: testBox.seal(zalo.appSecret) },
    ...tokenOf(zalo.accessToken),
  });
  const oa = (await registry.find("zalo", zalo.externalId))!;
  const page = (await registry.find("facebook", facebook.externalId))!;
  let ahead = 0;
  const clock = { now: () => new Date(Date.now() + ahead) };
  const stopped: string[] = [];
  const publisher = createPublisher({
    ...{ database, clock, publicUrl: PUBLIC_URL, registry },
    care: { refreshToken: async () => false, stopAccount: async (_id, reason) => void stopped.push(reason) },
    clients: { zalo: createZaloClient(run.config), facebook: createFacebookClient(run.config) },
  });

  /** The clock of both sides stands there and goes on. */
  async function setTime(moment: string | Date) {
    ahead = new Date(moment).getTime() - Date.now();
    await run.control("PATCH", "/settings", { clockAhead: ahead });
  }
  const pass = (ms: number) => setTime(new Date(clock.now().getTime() + ms));

  /** What the queue holds, each once. */
  async function work() {
    const due = await database.db.$queryRaw<{ id: string }[]>`
      SELECT payload->>'id' AS id FROM graphile_worker._private_jobs j
      JOIN graphile_worker._private_tasks t ON t.id = j.task_id WHERE t.identifier = 'announcements.publication' ORDER BY j.id`;
    await database.db.$executeRaw`TRUNCATE graphile_worker._private_jobs CASCADE`;
    for (const { id } of due) await publisher.step(BigInt(id));
    return due.length;
  }

  return {
    ...{ run, registry, oa, page, clock, publisher, stopped, setTime, pass, work },
    /** Works until the queue is empty, or nothing but waits is left. */
    async workOn(rounds = 8, ms = 5_000) {
      for (let round = 0; round < rounds && (await work()) > 0; round++) await pass(ms);
    },
    posts: () => run.simulator.world.account(`facebook:${facebook.externalId}`)!.posts,
    articles: () => run.simulator.world.account(`zalo:${zalo.externalId}`)!.articles,
    broadcasts: () => run.simulator.world.account(`zalo:${zalo.externalId}`)!.broadcasts.count,
    async close() {
      await publisher.close();
      await run.close();
    },
  };
}
