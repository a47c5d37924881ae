/**
 * The first promise, tried: two web and two worker processes behind a balancer, 2,000 messages of 200 residents, webhooks
 * repeated, reordered and unheard, a platform that fails every tenth call, and a random process killed every second.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import path from "node:path";
import { jest } from "@jest/globals";
import { registerAccount } from "./channels/register-account.ts";
import { prepareJobs } from "./infra/jobs.ts";
import { createSecretBox } from "./infra/secrets.ts";
import { useTestDatabase } from "./infra/testing/database.ts";
import { freePort } from "./infra/embedded-postgres.ts";
import { spawnService, useTemporaryFolder, type ServiceProcess } from "./infra/testing/service-process.ts";
import { ensureUnits } from "./residents/units.ts";

jest.setTimeout(240_000);
const database = useTestDatabase();
const folder = useTemporaryFolder();

const RESIDENTS = 200;
const EACH = 10;
const KILL_EVERY = 1000;
const ROLES = ["web", "web", "worker", "worker"] as const;
/** What residents write in turn; each is answered, and the answers differ. */
const WORDS = ["alo", "cảm ơn em nhiều", "giúp được gì vậy em", "tạm biệt em"];

const appKey = randomBytes(32).toString("base64");
const ACCOUNTS = [
  { channel: "zalo", externalId: "1840026671135570011", unitCode: "PHU-KHUONG" },
  { channel: "facebook", externalId: "109900112233411", unitCode: "AN-HOI" },
] as const;
const secretsOf = (n: number) => ({
  ...{ appId: `31205${n}`, appSecret: `app-${n}`, webhookSecret: `hook-${n}` },
  ...{ accessToken: `access-${n}`, refreshToken: `refresh-${n}` },
});

let balancer: Server;
let simulator: ChildProcess;
let platforms: Record<string, string>;
let processes: { role: string; port: number; service: ServiceProcess; generation: number }[] = [];
let kills = 0;

beforeAll(async () => {
  await prepareJobs(database.pool);
  await ensureUnits(database.db);
  const box = createSecretBox(appKey);
  for (const [n, account] of ACCOUNTS.entries()) {
    const tokenExpiresAt = new Date(Date.now() + 24 * 3_600_000);
    await database.db.$transaction((tx) =>
      registerAccount(tx, box, { ...account, ...secretsOf(n), tokenExpiresAt }),
    );
  }
  balancer = await startBalancer();
  await startSimulator((balancer.address() as { port: number }).port);
  processes = await Promise.all(
    ROLES.map(async (role) => {
      const port = await freePort();
      return { role, port, service: start(role, port), generation: 0 };
    }),
  );
  await Promise.all(processes.map(({ service }) => service.says(/"started"/)));
});

afterAll(() => {
  for (const { service } of processes) service.child.kill("SIGKILL");
  simulator.kill();
  balancer.close();
});

function start(role: string, port: number): ServiceProcess {
  return spawnService({
    ...{ ROLE: role, PORT: String(port), DATABASE_URL: database.url, DATA_DIR: folder, APP_KEY: appKey },
    ...{ MODE: "production", PUBLIC_URL: "https://bentre.invalid", RESEND_AFTER: "4", ...platforms },
  });
}

/** What stands in front of the web processes: a connection goes to the first that takes it. */
async function startBalancer(): Promise<Server> {
  let turn = 0;
  const server = createServer((client) => {
    const webs = processes.filter(({ role }) => role === "web").map(({ port }) => port);
    client.on("error", () => client.destroy());
    const attempt = (left: number) => {
      if (left === 0) return client.destroy();
      const upstream = connect(webs[turn++ % webs.length]!, "127.0.0.1");
      upstream.once("connect", () => {
        client.pipe(upstream).pipe(client);
        client.once("close", () => upstream.destroy());
        upstream.once("close", () => client.destroy());
        upstream.removeListener("error", next).on("error", () => client.destroy());
      });
      const next = () => attempt(left - 1);
      upstream.once("error", next);
    };
    attempt(webs.length);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

async function startSimulator(gateway: number) {
  const accounts = path.join(folder, "accounts.json");
  const list = ACCOUNTS.map((account, n) => ({ ...account, ...secretsOf(n) }));
  writeFileSync(accounts, JSON.stringify(list));
  const retryAfter = [300, 500, 1000, 1000, ...Array<number>(30).fill(2000)];
  const settings = { delivered: false, retryAfter };
  const script = path.resolve(import.meta.dirname, "../scripts/simulator.ts");
  const options = ["--gateway", `http://127.0.0.1:${gateway}`, "--accounts", accounts];
  simulator = spawn(
    process.execPath,
    ["--import", "tsx", script, ...options, "--settings", JSON.stringify(settings)],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const line = await new Promise<string>((resolve) =>
    simulator.stdout!.once("data", (chunk: Buffer) => resolve(chunk.toString())),
  );
  platforms = JSON.parse(line) as Record<string, string>;
}

async function control<Answer>(method: string, call: string, body?: unknown): Promise<Answer> {
  const response = await fetch(`${platforms.control}/${call}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${call}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Answer;
}

/** Kills one of them without a warning, and starts it again at once. */
function killOne() {
  const victim = processes[Math.floor(Math.random() * processes.length)]!;
  victim.service.child.kill("SIGKILL");
  kills++;
  victim.service = start(victim.role, victim.port);
}

/** Every resident's messages, a hundred of all a second. @returns the platform's ids of them. */
async function residentsWrite(): Promise<string[]> {
  const ids: string[] = [];
  for (let round = 0; round < EACH; round++) {
    for (let first = 0; first < RESIDENTS; first += 20) {
      const acts = Array.from({ length: 20 }, (_, n) => ({
        ...{ act: "text", resident: `77001355244${String(first + n).padStart(5, "0")}` },
        account: `${ACCOUNTS[(first + n) % 2]!.channel}:${ACCOUNTS[(first + n) % 2]!.externalId}`,
        text: WORDS[round % WORDS.length],
      }));
      const done = await control<{ ids: string[] }[]>("POST", "acts", acts);
      ids.push(...done.flatMap((each) => each.ids));
      await pause(200);
    }
  }
  return ids;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function rows<Row extends object>(statement: string): Promise<Row[]> {
  return (await database.pool.query<Row>(statement)).rows;
}

async function unfinished(): Promise<Record<string, number>> {
  const [row] = await rows<Record<string, number>>(`
    SELECT (SELECT count(*)::int FROM inbound_event WHERE state = 'stored') AS stored,
           (SELECT count(*)::int FROM outbound_message WHERE state IN ('pending', 'sending', 'unknown')) AS unsent`);
  const { webhooks } = await control<{ webhooks: { waiting: number } }>("GET", "counts");
  return { ...row, waiting: webhooks.waiting };
}

async function allIsQuiet() {
  for (const until = Date.now() + 90_000; Date.now() < until; await pause(500)) {
    if (Object.values(await unfinished()).every((count) => count === 0)) return;
  }
  throw new Error(`Not finished: ${JSON.stringify(await unfinished())}`);
}

interface Receipt {
  seq: number;
  account: string;
  resident: string;
  id: string;
  text: string;
  answerDropped?: true;
}

test("2,000 messages under kills, faults, repetitions and reordering: each stored once, answered in order, not twice", async () => {
  await control("PUT", "faults", {
    ...{ serverError: 0.04, rateLimit: 0.03, dropAnswer: 0.03 },
    ...{ duplicate: 0.1, reorder: 0.1, unheard: 0.05 },
  });
  const killing = setInterval(killOne, KILL_EVERY);
  const ids = await residentsWrite().finally(() => clearInterval(killing));
  await allIsQuiet();
  const counts = await control<{ webhooks: Record<string, number>; faults: Record<string, number> }>(
    "GET",
    "counts",
  );
  const { receipts } = await control<{ receipts: Receipt[] }>("GET", "receipts");

  // every event stored once
  expect(ids).toHaveLength(RESIDENTS * EACH);
  expect(counts.webhooks.gaveUp).toBe(0);
  const stored = await rows<{ message_id: string; state: string }>(
    "SELECT message_id, state FROM inbound_event WHERE kind = 'message'",
  );
  expect(stored.map(({ message_id }) => message_id).sort()).toEqual([...ids].sort());
  expect(stored.filter(({ state }) => state !== "handled")).toEqual([]);

  // every message answered, no turn taken twice
  const answered = await rows<{ message_id: string }>(`
    SELECT DISTINCT e.message_id FROM inbound_event e JOIN outbound_message m ON m.answers_id = e.id
    WHERE e.kind = 'message' AND m.state = 'sent'`);
  expect(answered).toHaveLength(ids.length);
  const spread = await rows(
    "SELECT answers_id FROM outbound_message GROUP BY answers_id HAVING count(DISTINCT created_at) > 1",
  );
  expect(spread).toEqual([]);
  expect(await rows("SELECT id FROM outbound_message WHERE state <> 'sent'")).toEqual([]);

  // in order: an event that was there a second before a later one was taken was taken first …
  const overtaken = await rows(`
    SELECT later.id FROM inbound_event earlier JOIN inbound_event later USING (conversation_id)
    WHERE earlier.kind = 'message' AND later.kind = 'message' AND earlier.occurred_at < later.occurred_at
      AND earlier.received_at < later.handled_at - interval '1 second' AND earlier.handled_at > later.handled_at`);
  expect(overtaken).toEqual([]);
  // … and its answers reached the resident first
  const places = new Map(receipts.map(({ id, seq }) => [id, seq]));
  const sent = await rows<{ conversation_id: string; external_id: string }>(
    "SELECT conversation_id, external_id FROM outbound_message ORDER BY conversation_id, id",
  );
  expect(sent.filter(({ external_id }) => !places.has(external_id))).toEqual([]);
  const outOfOrder = sent.filter(({ conversation_id, external_id }, index) => {
    const former = sent[index - 1];
    if (former?.conversation_id !== conversation_id) return false;
    return places.get(external_id)! < places.get(former.external_id)!;
  });
  expect(outOfOrder).toEqual([]);

  // no reply twice, save those whose outcome the platform hid or a kill left open
  const keyOf = (resident: string, text: string) => `${resident} ${text.normalize("NFC")}`;
  const written = await rows<{ key: string; count: number; hidden: number }>(`
    SELECT r.external_id || ' ' || normalize(m.content ->> 'text', NFC) AS key, count(*)::int, sum(unknowns)::int AS hidden
    FROM outbound_message m JOIN conversation c ON c.id = m.conversation_id JOIN resident r ON r.id = c.resident_id
    GROUP BY 1`);
  const received = new Map<string, number>();
  for (const { resident, text } of receipts) {
    received.set(keyOf(resident, text), (received.get(keyOf(resident, text)) ?? 0) + 1);
  }
  const wrong = written.filter(({ key, count, hidden }) => {
    const times = received.get(key) ?? 0;
    return times < count || times > count + hidden;
  });
  expect(wrong).toEqual([]);
  const twice = receipts.length - sent.length;
  const hidden = written.reduce((sum, { hidden }) => sum + hidden, 0);
  expect(twice).toBeLessThanOrEqual(hidden);
  console.log(
    `${kills} kills, ${JSON.stringify(counts)}; ${sent.length} replies, ${hidden} outcomes hidden, ${twice} sent twice`,
  );

  // and no process says that it accepted what it did not store
  for (const { port } of processes.filter(({ role }) => role === "web")) {
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    expect(metrics).toMatch(/^gateway_events_accepted_minus_stored 0$/m);
  }
});
