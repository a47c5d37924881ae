/**
 * An announcement to a million recipients over 357 Pages: how soon everybody has a row, how many copies a second leave
 * without limits, how exactly a limit of 300 a second is used, how long residents who write meanwhile wait for their
 * answer, and what the worker needs for it. One web process, one worker, PostgreSQL and a pretend Graph API on the same
 * machine. `npm run bench -- delivery [recipients] [seconds]`.
 */
import { createHmac, randomBytes } from "node:crypto";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { registerAccount } from "../../src/channels/register-account.ts";
import { afterNight } from "../../src/channels/windows.ts";
import { readConfig } from "../../src/config.ts";
import { startSending, steerSending } from "../../src/features/announcements/notices/sending.ts";
import { findSending } from "../../src/features/announcements/notices/store.ts";
import type { Database } from "../../src/infra/db.ts";
import { freePort } from "../../src/infra/embedded-postgres.ts";
import { openInstallation } from "../../src/installation.ts";
import { percentile, startServer, temporaryFolder } from "./processes.ts";

const PAGES = 357;
/** Of these Pages the limit is measured. */
const LIMITED = { pages: 5, perSecond: 300, seconds: 20 };
/** Residents who write while the copies go, so many messages a second. */
const ASKING = { residents: 100, perSecond: 5 };
const APP_SECRET = "app-secret";
/** As the pretend Graph API tells recipients of copies from residents who wait for an answer. */
const FIRST_RECIPIENT = 6_100_000_000_000_000;
const FIRST_PROBE = 6_200_000_000_000_000;
/** What is asked of the engine: issue 8. */
const AIMS = { expansion: 60, memory: 300, sends: 2000, used: 0.95, reply: 1000 };

const main = fileURLToPath(new URL("../../src/main.ts", import.meta.url));
const graphScript = fileURLToPath(new URL("servers/graph.mjs", import.meta.url));
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const pageId = (n: number) => `1099001122${String(n).padStart(5, "0")}`;

interface Counts {
  all: Measured;
  pages: (Measured & { page: string })[];
  /** Recipients who got more than one copy. */
  twice: number;
  answered: { recipient: string; at: number }[];
  errors: number;
}
interface Measured {
  count: number;
  most: number;
  rate: number;
}

export async function bench([recipients = "1000000", seconds = "30"]: string[]) {
  const folder = temporaryFolder();
  const appKey = randomBytes(32).toString("base64");
  const config = { ...readConfig({ DATA_DIR: folder, APP_KEY: appKey }), PORT: 0 };
  const installation = await openInstallation(config, { prepare: true });
  const { database, box } = installation;
  for (let n = 0; n < PAGES; n++) {
    await database.db.$transaction((tx) =>
      registerAccount(tx, box, {
        ...{ channel: "facebook", externalId: pageId(n), unitCode: "DO-THI", name: `Trang ${n}` },
        ...{ appId: "880011223344556", appSecret: APP_SECRET, webhookSecret: "verify" },
        accessToken: `page-token-${n}`,
      }),
    );
  }
  await fill(database, Number(recipients));
  const [webPort, workerPort, graphPort] = [await freePort(), await freePort(), await freePort()];
  const graphUrl = `http://127.0.0.1:${graphPort}`;
  const env = {
    ...{ DATABASE_URL: database.url, APP_KEY: appKey, DATA_DIR: folder, MODE: "production" },
    ...{ PUBLIC_URL: "https://bench.invalid", FACEBOOK_GRAPH_URL: graphUrl },
  };
  const args = ["--import", "tsx", main];
  const graph = await startServer([graphScript], graphPort, {});
  const web = await startServer(args, webPort, { ...env, ROLE: "web" });
  const worker = await startServer(args, workerPort, {
    ...env,
    ...{ ROLE: "worker", METRICS_PORT: String(workerPort) },
  });
  const pids = { worker: worker.child.pid!, web: web.child.pid!, platform: graph.child.pid! };
  const platform = {
    counts: (skip = 0) =>
      fetch(`${graphUrl}/counts?skip=${skip}`).then((answer) => answer.json() as Promise<Counts>),
    reset: () => fetch(`${graphUrl}/reset`),
  };
  const bed: Bed = { database, platform, webPort, pids };
  let isMet = true;
  const tell = (line: string, met: boolean | null, ratio = "") => {
    if (met === false) isMet = false;
    console.log(
      `${met === null ? "  " : met ? "✓ " : "✗ "}${line}${ratio}   [load ${loadavg()[0]!.toFixed(1)}]`,
    );
  };
  try {
    console.log(`${recipients} recipients, ${PAGES} Pages, ${cpus().length} cores`);
    await residentsWrite(bed, 3); // warms up
    await toEverybody(bed, Number(recipients), Number(seconds), tell);
    await withLimits(bed, tell);
  } finally {
    await Promise.all([web.stop(), worker.stop()]);
    await graph.stop();
    await installation.close();
    rmSync(folder, { recursive: true, force: true });
  }
  if (!isMet) process.exit(1);
}

interface Bed {
  database: Database;
  platform: { counts(skip?: number): Promise<Counts>; reset(): Promise<unknown> };
  webPort: number;
  pids: Record<"worker" | "web" | "platform", number>;
}
type Tell = (line: string, met: boolean | null, ratio?: string) => void;

/** Subscribers who wrote today: of “weather” on every Page, of “water” on the few whose limit is measured. */
async function fill({ pool }: Database, recipients: number) {
  const limited = LIMITED.pages * LIMITED.perSecond * LIMITED.seconds;
  await pool.query(
    `WITH pages AS (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM account),
     people AS (
       INSERT INTO resident (account_id, external_id, phone, notice_version)
       SELECT pages.id, ($4::bigint + n)::text, CASE WHEN n % 5 = 0 THEN '09' || lpad(n::text, 8, '0') END, 'x'
       FROM generate_series(0, $1::int + $2::int - 1) AS n
       JOIN pages ON pages.place = CASE WHEN n < $1 THEN n % $5 ELSE n % $3 END
       RETURNING id, external_id
     ), wishes AS (
       INSERT INTO subscription (resident_id, topic)
       SELECT id, CASE WHEN external_id::bigint < $4::bigint + $1 THEN 'weather' ELSE 'water' END FROM people
     )
     INSERT INTO conversation (resident_id, last_inbound_at) SELECT id, now() FROM people`,
    [recipients, limited, LIMITED.pages, FIRST_RECIPIENT, PAGES],
  );
  await pool.query("VACUUM ANALYZE");
}

async function toEverybody(bed: Bed, recipients: number, seconds: number, tell: Tell) {
  const { database, platform, pids } = bed;
  const { db } = database;
  await platform.reset();
  const id = await publish(database, "TB-2611-00001", "weather");
  const memory = watchMemory(pids.worker);
  await db.$transaction((tx) => startSending(tx, id, "news", new Date()));
  const sending = async () => (await findSending(db, id, "news"))!;
  const begun = Date.now();
  while (!(await sending()).expandedAt) {
    if (Date.now() - begun > 300_000) throw new Error("The expansion takes longer than five minutes.");
    await pause(100);
  }
  const expansion = (Date.now() - begun) / 1000;
  const rows = await db.announcementNotice.count({ where: { announcementId: id } });
  if (rows !== recipients) throw new Error(`${rows} rows for ${recipients} recipients`);
  tell(
    `expanded: ${rows} rows in ${expansion.toFixed(1)} s`,
    expansion <= AIMS.expansion,
    ` (${(expansion / AIMS.expansion).toFixed(2)} × the time allowed)`,
  );

  await pause(2000);
  const before = (await platform.counts()).all.count;
  const spent = cpuOf(pids);
  const from = Date.now();
  const waits = await residentsWrite(bed, seconds);
  const took = (Date.now() - from) / 1000;
  const after = await platform.counts();
  const rate = (after.all.count - before) / took;
  tell(
    `${Math.round(rate)} sends/s for ${took.toFixed(0)} s without limits`,
    rate >= AIMS.sends,
    ` (${(rate / AIMS.sends).toFixed(2)} × the aim)`,
  );
  tell(`CPU: ${shares(spent, cpuOf(pids), took)}`, null);
  tellWaits(waits, tell);

  const pausing = Date.now();
  await db.$transaction((tx) => steerSending(tx, id, "news", "pause", new Date()));
  const paused = Date.now() - pausing;
  await pause(500);
  const atPause = (await platform.counts()).all.count;
  await pause(1500);
  const still = (await platform.counts()).all.count - atPause;
  tell(`paused in ${paused} ms; copies that left later than half a second after: ${still}`, still === 0);
  const { most, flat } = memory.stop();
  tell(`memory of the worker: ${most} MB at most, ${flat.join(" → ")} MB in thirds`, most < AIMS.memory);
  tell(`twice: ${(await platform.counts()).twice} recipients`, (await platform.counts()).twice === 0);
  await db.$transaction((tx) => steerSending(tx, id, "news", "cancel", new Date()));
  for (let open = 1; open > 0; await pause(200))
    open = await db.announcementNotice.count({ where: { announcementId: id, state: "open" }, take: 1 });
}

async function withLimits(bed: Bed, tell: Tell) {
  const { database, platform } = bed;
  await database.db.account.updateMany({
    where: { externalId: { in: Array.from({ length: LIMITED.pages }, (_, n) => pageId(n)) } },
    data: { settings: { sendsPerSecond: LIMITED.perSecond } },
  });
  await pause(3000);
  await platform.reset();
  const id = await publish(database, "TB-2611-00002", "water");
  await database.db.$transaction((tx) => startSending(tx, id, "news", new Date()));
  const waits = await residentsWrite(bed, LIMITED.seconds);
  const { pages } = await platform.counts(2000);
  const limited = pages.filter(({ page }) => Number(page.slice(-5)) < LIMITED.pages);
  const most = Math.max(...limited.map((page) => page.most));
  const used = Math.min(...limited.map(({ rate }) => rate)) / LIMITED.perSecond;
  tell(
    `${LIMITED.pages} Pages with a limit of ${LIMITED.perSecond}/s: at most ${most} in any second`,
    most <= LIMITED.perSecond,
  );
  tell(
    `the Page that used least of its limit used ${(100 * used).toFixed(1)} %`,
    used >= AIMS.used,
    ` (${(used / AIMS.used).toFixed(2)} × the aim)`,
  );
  tellWaits(waits, tell);
}

function tellWaits(waits: number[], tell: Tell) {
  const [p50, p95] = [percentile(waits, 50), percentile(waits, 95)];
  tell(
    `residents who wrote meanwhile: p50 ${p50} ms, p95 ${p95} ms (${waits.length} answers)`,
    p95 <= AIMS.reply,
    ` (${(p95 / AIMS.reply).toFixed(2)} × the time allowed)`,
  );
}

async function publish({ db }: Database, code: string, topic: string): Promise<bigint> {
  const now = new Date();
  const { id } = await db.announcement.create({
    data: {
      ...{
        code,
        topic,
        title: "Triều cường tối nay",
        unitCode: "DO-THI",
        state: "published",
        publishedAt: now,
      },
      body: "Đỉnh triều khoảng 19 giờ, nước có thể ngập các tuyến đường ven sông. Bà con kê đồ đạc lên cao, đưa xe tới chỗ cao.",
      level: afterNight(now) > now ? "emergency" : "normal", // by night only emergencies go
    },
  });
  return id;
}

/** Residents write in turn, all through the time. @returns ms from each message to the platform's receipt of the answer. */
async function residentsWrite({ webPort, platform }: Bed, seconds: number): Promise<number[]> {
  const run = randomBytes(4).toString("hex");
  const written: { recipient: string; at: number }[] = [];
  const begun = Date.now();
  for (let n = 0; n < seconds * ASKING.perSecond; n++) {
    const ahead = begun + (n * 1000) / ASKING.perSecond - Date.now();
    if (ahead > 0) await pause(ahead);
    const recipient = String(FIRST_PROBE + (n % ASKING.residents));
    const timestamp = Date.now();
    const page = pageId(n % PAGES);
    const message = { mid: `m_${run}_${n}`, text: "cảm ơn em nhiều nha" };
    const event = { sender: { id: recipient }, recipient: { id: page }, timestamp, message };
    const body = JSON.stringify({
      object: "page",
      entry: [{ id: page, time: timestamp, messaging: [event] }],
    });
    const signature = `sha256=${createHmac("sha256", APP_SECRET).update(body).digest("hex")}`;
    written.push({ recipient, at: timestamp });
    void fetch(`http://127.0.0.1:${webPort}/webhooks/facebook`, {
      ...{ method: "POST", body },
      headers: { "content-type": "application/json", "x-hub-signature-256": signature },
    });
  }
  await pause(1000);
  const { answered } = await platform.counts();
  return written.map(({ recipient, at }) => {
    const answer = answered.find((one) => one.recipient === recipient && one.at >= at);
    return answer ? answer.at - at : Infinity;
  });
}

/** Resident memory every 200 ms. */
function watchMemory(pid: number) {
  const seen: number[] = [];
  const timer = setInterval(() => {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(statusOf(pid))?.[1];
    if (kilobytes) seen.push(Math.round(Number(kilobytes) / 1024));
  }, 200);
  return {
    stop() {
      clearInterval(timer);
      const third = Math.ceil(seen.length / 3);
      const flat = [0, 1, 2].map((n) => Math.max(...seen.slice(n * third, (n + 1) * third)));
      return { most: Math.max(...seen), flat };
    },
  };
}

function statusOf(pid: number | string): string {
  try {
    return readFileSync(`/proc/${pid}/status`, "utf8");
  } catch {
    return ""; // it has ended
  }
}

type Spent = Record<string, number>;

/** Seconds of CPU so far; Linux counts in hundredths. */
function cpuOf(pids: Record<string, number>): Spent {
  const postgres = readdirSync("/proc").filter((pid) => /^\d+$/.test(pid) && isPostgres(pid));
  const sum = (ids: (string | number)[]) => ids.reduce((total: number, pid) => total + cpuSeconds(pid), 0);
  const own = Object.entries(pids).map(([name, pid]) => [name, cpuSeconds(pid)]);
  return { ...(Object.fromEntries(own) as Spent), PostgreSQL: sum(postgres), bench: cpuSeconds(process.pid) };
}

function isPostgres(pid: string): boolean {
  try {
    const parent = /PPid:\s+(\d+)/.exec(statusOf(pid))?.[1];
    const fields = readFileSync(`/proc/${parent}/cmdline`, "utf8");
    return fields.includes("bench-") && /postgres/.test(fields);
  } catch {
    return false; // gone meanwhile
  }
}

function cpuSeconds(pid: number | string): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return 0;
  }
}

const shares = (before: Spent, after: Spent, seconds: number) =>
  Object.keys(after)
    .map((name) => `${name} ${Math.round((100 * (after[name]! - before[name]!)) / seconds)} %`)
    .join(", ");
