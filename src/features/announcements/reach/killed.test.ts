/** A worker killed between the call and the writing down of its answer: the post is found where it is, and never put there again. */
import { randomBytes } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
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
import { startPublishing } from "./publishing.ts";

jest.setTimeout(180_000);
const database = useTestDatabase();
const folder = useTemporaryFolder();
const appKey = randomBytes(32).toString("base64");

const TAKES = "109900112233420";
const NEVER_HEARS = "109900112233421";

/** A Graph API that answers no post: one Page takes it all the same, to the other it never came. */
const posts = new Map<string, { id: string; message: string }[]>();
const calls = new Map<string, number>();
const answer = (response: ServerResponse, body: object) =>
  response.setHeader("content-type", "application/json").end(JSON.stringify(body));
const graph = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk: Buffer) => (body += chunk.toString()));
  request.on("end", () => {
    const [, , page = "", edge = ""] = (request.url ?? "").split("?")[0]!.split("/");
    if (edge === "published_posts") return answer(response, { data: posts.get(page) ?? [] });
    if (edge !== "feed") return answer(response, { data: [] });
    calls.set(page, (calls.get(page) ?? 0) + 1);
    const { message } = JSON.parse(body) as { message: string };
    if (page === TAKES) posts.set(page, [...(posts.get(page) ?? []), { id: `${page}_1`, message }]);
  });
});
const workers: ServiceProcess[] = [];

async function startWorker(): Promise<ServiceProcess> {
  const { port } = graph.address() as AddressInfo;
  const worker = spawnService({
    ...{ ROLE: "worker", DATABASE_URL: database.url, DATA_DIR: folder, APP_KEY: appKey },
    ...{ MODE: "production", PUBLIC_URL: "https://bentre.invalid" },
    FACEBOOK_GRAPH_URL: `http://127.0.0.1:${port}`,
  });
  workers.push(worker);
  await worker.says(/"started"/, 60_000);
  return worker;
}
const rows = async () =>
  Object.fromEntries(
    (await database.db.announcementPublication.findMany({ include: { account: true } })).map((row) => [
      row.account.externalId,
      row,
    ]),
  );
async function until(look: () => Promise<boolean>) {
  for (const end = Date.now() + 60_000; Date.now() < end;) {
    if (await look()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("It did not come to pass in time.");
}

beforeAll(async () => {
  await new Promise<void>((resolve) => graph.listen(0, "127.0.0.1", resolve));
  await prepareJobs(database.pool);
  await ensureUnits(database.db);
  const box = createSecretBox(appKey);
  for (const externalId of [TAKES, NEVER_HEARS]) {
    await database.db.$transaction((tx) =>
      registerAccount(tx, box, {
        ...{ channel: "facebook", externalId, unitCode: "AN-HOI", appId: "88001122" },
        ...{ appSecret: "app", webhookSecret: "hook", accessToken: `page-${externalId}` },
      }),
    );
  }
});
afterAll(() => {
  for (const { child } of workers) child.kill("SIGKILL");
  graph.closeAllConnections();
  graph.close();
});

test("killed while the platform had the call: found in the list and done, or looked for and held; called once", async () => {
  const notice = await database.db.announcement.create({
    data: {
      ...{ code: "TB-2611-00001", title: "Triều cường đêm nay", body: "Bà con ven sông kê đồ đạc lên cao." },
      ...{ unitCode: "AN-HOI", state: "published", publishedAt: new Date() },
      plan: { create: { units: ["AN-HOI"], ways: ["post"], channels: [] } },
    },
  });
  const first = await startWorker();
  await database.db.$transaction(async (tx) => {
    await startSending(tx, notice.id, "news", new Date());
    await startPublishing(tx, notice, new Date());
  });
  await until(async () => calls.size === 2);
  const under = await rows();
  expect([under[TAKES]!.state, under[NEVER_HEARS]!.state]).toEqual(["calling", "calling"]);
  first.child.kill("SIGKILL");
  await first.ended;

  await startWorker();
  await until(async () => {
    const now = await rows();
    return now[TAKES]!.state === "done" && now[NEVER_HEARS]!.looks > 0;
  });
  const now = await rows();
  expect(now[TAKES]).toMatchObject({ state: "done", externalId: `${TAKES}_1` });
  expect(now[NEVER_HEARS]).toMatchObject({ state: "unknown", externalId: null });
  expect([...calls.values()]).toEqual([1, 1]);
});
