/**
 * Workers killed without a warning in the middle of a sending: nobody gets two copies, nobody is missed, and what was under
 * way at a kill is held. DELIVERY_RECIPIENTS=20000 makes it as large as a ward.
 */
import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { jest } from "@jest/globals";
import { registerAccount } from "../../../channels/register-account.ts";
import { prepareJobs } from "../../../infra/jobs.ts";
import { createSecretBox } from "../../../infra/secrets.ts";
import { useTestDatabase } from "../../../infra/testing/database.ts";
import {
  spawnService,
  useTemporaryFolder,
  type ServiceProcess,
} from "../../../infra/testing/service-process.ts";
import { ensureUnits } from "../../../residents/units.ts";
import { startSending } from "../notices/sending.ts";
import { findSending } from "../notices/store.ts";
import { readProgress } from "./progress.ts";

jest.setTimeout(300_000);
const database = useTestDatabase();
const folder = useTemporaryFolder();

const RECIPIENTS = Number(process.env.DELIVERY_RECIPIENTS ?? 2000);
const PAGES = 4;
const KILLS = 4;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** How many copies each resident got. */
const received = new Map<string, number>();
/** A Graph API that takes every message and answers a little later: a kill falls between the two. */
const graph = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk: Buffer) => (body += chunk.toString()));
  request.on("end", () => {
    const { recipient } = JSON.parse(body) as { recipient: { id: string } };
    received.set(recipient.id, (received.get(recipient.id) ?? 0) + 1);
    const answer = JSON.stringify({ recipient_id: recipient.id, message_id: `m_${recipient.id}` });
    setTimeout(() => response.setHeader("content-type", "application/json").end(answer), 20);
  });
});
const appKey = randomBytes(32).toString("base64");
let workers: ServiceProcess[] = [];

function startWorker(): ServiceProcess {
  const { port } = graph.address() as AddressInfo;
  return spawnService({
    ...{ ROLE: "worker", DATABASE_URL: database.url, DATA_DIR: folder, APP_KEY: appKey, RESEND_AFTER: "2" },
    ...{ MODE: "production", PUBLIC_URL: "https://bentre.invalid" },
    FACEBOOK_GRAPH_URL: `http://127.0.0.1:${port}`,
  });
}

beforeAll(async () => {
  await new Promise<void>((resolve) => graph.listen(0, "127.0.0.1", resolve));
  await prepareJobs(database.pool);
  await ensureUnits(database.db);
  const box = createSecretBox(appKey);
  for (let n = 0; n < PAGES; n++) {
    await database.db.$transaction((tx) =>
      registerAccount(tx, box, {
        ...{ channel: "facebook", externalId: `10990011223341${n}`, unitCode: "AN-HOI", appId: "88001122" },
        ...{ appSecret: "app", webhookSecret: "hook", accessToken: `page-${n}` },
      }),
    );
  }
  await database.db.$executeRaw`
    WITH people AS (
      INSERT INTO resident (account_id, external_id)
      SELECT account.id, 'p' || n FROM generate_series(1, ${RECIPIENTS}::int) AS n
      JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM account) account ON account.place = n % ${PAGES}::int
      RETURNING id
    ), wishes AS (INSERT INTO subscription (resident_id) SELECT id FROM people)
    INSERT INTO conversation (resident_id, last_inbound_at) SELECT id, now() FROM people`;
});

afterAll(() => {
  for (const { child } of workers) child.kill("SIGKILL");
  graph.closeAllConnections();
  graph.close();
});

test(`${RECIPIENTS} recipients, ${KILLS} kills: nobody twice, nobody missed, what was under way is held`, async () => {
  const notice = await database.db.announcement.create({
    data: {
      ...{ code: "TB-2611-00001", title: "Triều cường đêm nay", body: "Bà con ven sông kê đồ đạc lên cao." },
      // an emergency: the hour at which the test runs makes no difference
      ...{
        unitCode: "AN-HOI",
        topic: "weather",
        level: "emergency",
        state: "published",
        publishedAt: new Date(),
      },
    },
  });
  workers = [startWorker(), startWorker()];
  await Promise.all(workers.map((worker) => worker.says(/"started"/, 60_000)));
  await database.db.$transaction((tx) => startSending(tx, notice.id, "news", new Date()));

  for (let kill = 1; kill <= KILLS; kill++) {
    const enough = (RECIPIENTS * kill) / (KILLS + 2);
    for (const until = Date.now() + 60_000; received.size < enough && Date.now() < until;) await pause(5);
    const victim = kill % workers.length;
    workers[victim]!.child.kill("SIGKILL");
    workers[victim] = startWorker();
  }
  const state = async () => (await findSending(database.db, notice.id, "news"))!.state;
  for (const until = Date.now() + 150_000; (await state()) !== "finished" && Date.now() < until;)
    await pause(250);

  const progress = await readProgress(database.db, notice.id, "news");
  expect(progress).toMatchObject({
    state: "finished",
    all: RECIPIENTS,
    open: 0,
    queued: 0,
    failed: 0,
    later: 0,
  });
  expect(progress.sent + progress.unknown).toBe(RECIPIENTS);
  expect([...received.values()].filter((copies) => copies > 1)).toEqual([]);
  // whoever got nothing is among those held, and nobody else is
  expect(RECIPIENTS - received.size).toBeLessThanOrEqual(progress.unknown);
  expect(received.size).toBeGreaterThanOrEqual(progress.sent);
  console.log(
    `${RECIPIENTS} recipients: ${progress.sent} sent, ${progress.unknown} held after ${KILLS} kills`,
  );
});
