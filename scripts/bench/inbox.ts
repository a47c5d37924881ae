/**
 * 200 staff with live inboxes while residents who wait for them write 50 messages a second: how long from the platform's
 * webhook until the line is in every browser that may see it, and what the web process needs for it. One web process,
 * one worker and PostgreSQL on the same machine. Every inbox has a talk open and reads it anew when it changes, as the
 * page does; where a Chromium is found, one inbox is a real one, measured on its screen.
 */
import { createHmac, randomBytes } from "node:crypto";
import { existsSync, readFileSync, rmSync } from "node:fs";
import http from "node:http";
import { cpus, loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { registerAccount } from "../../src/channels/register-account.ts";
import { readConfig } from "../../src/config.ts";
import type { Database } from "../../src/infra/db.ts";
import { freePort } from "../../src/infra/embedded-postgres.ts";
import { openInstallation } from "../../src/installation.ts";
import { percentile, startServer, temporaryFolder } from "./processes.ts";

const STAFF = 200;
const RATE = 50;
const SECONDS = 20;
/** Before the measured part, as long as it takes the processes to be warm. */
const WARM_UP = 5;
const RESIDENTS = 400;
/** The area's office sees all; a fifth of the staff is of it. */
const UNITS = ["DO-THI", "AN-HOI", "BEN-TRE", "PHU-KHUONG", "PHU-TAN", "SON-DONG"];
const APP_SECRET = "app-secret";
/** As compose.yml sets it: V8 with much memory about lets garbage lie. */
const WEB_HEAP = "--max-old-space-size=384";
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const main = fileURLToPath(new URL("../../src/main.ts", import.meta.url));

interface Talk {
  id: bigint;
  page: string;
  resident: string;
  unit: number;
}

export async function bench() {
  const folder = temporaryFolder();
  const appKey = randomBytes(32).toString("base64");
  const config = { ...readConfig({ DATA_DIR: folder, APP_KEY: appKey }), PORT: 0 };
  const installation = await openInstallation(config, { prepare: true });
  const { database, box } = installation;
  const pages = UNITS.map((unitCode, n) => ({
    ...{ channel: "facebook" as const, externalId: `10990011223344${n}`, unitCode, appId: "880011223344556" },
    ...{ appSecret: APP_SECRET, webhookSecret: "verify", accessToken: `page-token-${n}` },
  }));
  for (const page of pages) await database.db.$transaction((tx) => registerAccount(tx, box, page));
  const talks = await whoWait(database, pages);
  const load1 = loadavg()[0]!;
  const cookies = await signedIn(database, box.derive("console session")[0]!);
  const [webPort, workerPort] = [await freePort(), await freePort()];
  const env = {
    ...{ DATABASE_URL: database.url, APP_KEY: appKey, DATA_DIR: folder, MODE: "production" },
    ...{ PUBLIC_URL: `http://localhost:${webPort}`, FACEBOOK_GRAPH_URL: "http://127.0.0.1:9" },
  };
  const args = ["--import", "tsx", main];
  const web = await startServer(args, webPort, { ...env, ROLE: "web", NODE_OPTIONS: WEB_HEAP });
  const worker = await startServer(args, workerPort, {
    ...env,
    ...{ ROLE: "worker", METRICS_PORT: String(workerPort) },
  });
  const browser = existsSync(CHROMIUM) ? await openBrowser(webPort, cookies[0]!) : null;
  try {
    const written: number[] = [];
    const arrivals: number[] = [];
    const watchers = cookies.map((cookie, n) => {
      const sees = talks.filter(({ unit }) => n % 5 === 0 || unit === unitOf(n));
      return watch(webPort, cookie, sees[n % sees.length]!.id, (message, at) => {
        if (message >= WARM_UP * RATE) arrivals.push(at - written[message]!);
      });
    });
    await Promise.all(watchers.map(({ open }) => open));
    const load = { webPort, talks, written };
    await write(load, 0, WARM_UP * RATE);
    const before = cpuSeconds(web.child.pid!);
    await write(load, WARM_UP * RATE, (WARM_UP + SECONDS) * RATE);
    const cpu = (cpuSeconds(web.child.pid!) - before) / SECONDS;
    await new Promise((resolve) => setTimeout(resolve, 3000));
    const due = expected(talks, RATE * SECONDS);
    const at = (percent: number) => Math.round(percentile(arrivals, percent));
    console.log(
      `${STAFF} staff, ${RATE} messages/s for ${SECONDS} s, on ${cpus().length} cores (load before: ${load1.toFixed(1)})`,
    );
    console.log(`lines that arrived: ${arrivals.length} of ${due}`);
    console.log(`webhook to browser: p50 ${at(50)} ms, p95 ${at(95)} ms, p99 ${at(99)} ms`);
    console.log(
      `web process: ${peakMemory(web.child.pid!)} MB at most, ${(cpu * 100).toFixed(0)} % of a core`,
    );
    if (browser) {
      const seen = (await browser.seen()).filter(({ message }) => message >= WARM_UP * RATE);
      const waits = seen.map(({ message, at }) => at - written[message]!);
      console.log(
        `on the screen of a Chromium: p50 ${percentile(waits, 50)} ms, p95 ${percentile(waits, 95)} ms (${waits.length})`,
      );
    }
    for (const { stop } of watchers) stop();
  } finally {
    await browser?.close();
    await Promise.all([web.stop(), worker.stop()]);
    await installation.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Every fifth is of the area's office, the others of the wards in turn. */
const unitOf = (n: number) => (n % 5 === 0 ? 0 : 1 + (n % (UNITS.length - 1)));

/** A line may come once for two messages of one talk; this counts messages. */
function expected(talks: Talk[], messages: number): number {
  const seers = UNITS.map(
    (_, unit) =>
      Array.from({ length: STAFF }, (_, n) => n).filter((n) => n % 5 === 0 || unitOf(n) === unit).length,
  );
  let due = 0;
  for (let n = 0; n < messages; n++) due += seers[talks[n % talks.length]!.unit]!;
  return due;
}

async function whoWait(database: Database, pages: { externalId: string }[]): Promise<Talk[]> {
  const talks: Talk[] = [];
  for (let n = 0; n < RESIDENTS; n++) {
    const unit = n % UNITS.length;
    const page = pages[unit]!.externalId;
    const account = await database.db.account.findFirstOrThrow({ where: { externalId: page } });
    const resident = String(6_123_456_000_000_000 + n);
    const { id } = await database.db.conversation.create({
      data: {
        resident: { create: { accountId: account.id, externalId: resident, noticeVersion: "x" } },
        ...{ state: "waiting", waitingSince: new Date(), waitingReason: "asked" },
      },
    });
    talks.push({ id, page, resident, unit });
  }
  return talks;
}

/** Sessions as the sign-in page makes them; 200 times argon2 is not what is measured. @returns cookies */
async function signedIn({ db }: Database, secret: string): Promise<string[]> {
  const cookies: string[] = [];
  for (let n = 0; n < STAFF; n++) {
    const { id } = await db.staff.create({
      data: {
        ...{ email: `staff${n}@bench.test`, name: `Cán bộ ${n}`, passwordHash: "none", mustChange: false },
        ...{ role: "agent", unitCode: UNITS[unitOf(n)]! },
      },
    });
    const sid = randomBytes(24).toString("base64url");
    const cookie = { originalMaxAge: 43_200_000, httpOnly: true, path: "/", sameSite: "lax" };
    const expire = new Date(Date.now() + 43_200_000);
    const sess = { cookie: { ...cookie, expires: expire.toISOString() }, staffId: id, csrf: "bench" };
    await db.staffSession.create({ data: { sid, sess, expire } });
    const seal = createHmac("sha256", secret).update(sid).digest("base64").replace(/=+$/, "");
    cookies.push(`s:${sid}.${seal}`);
  }
  return cookies;
}

/** One inbox: takes the stream and reads the open talk anew when it changed. */
function watch(port: number, cookie: string, talk: bigint, arrived: (message: number, at: number) => void) {
  const headers = { cookie: `console=${encodeURIComponent(cookie)}` };
  const seen = new Set<number>();
  let reading = false;
  let again = false;
  async function readTalk() {
    if (reading) return void (again = true);
    reading = true;
    await fetch(`http://127.0.0.1:${port}/console/conversations/${talk}/parts?seen`, { headers })
      .then((answer) => answer.text())
      .catch(() => {}); // the measuring is over and the web process stops
    reading = false;
    if (again) {
      again = false;
      void readTalk();
    }
  }
  let rest = "";
  const request = http.get({ port, path: `/console/conversations/live?talk=${talk}`, headers, agent: false });
  const open = new Promise<void>((resolve, reject) => {
    request.on("response", (response) => {
      if (response.statusCode !== 200)
        return reject(new Error(`The stream answered ${response.statusCode}.`));
      resolve();
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        const at = Date.now();
        const text = rest + chunk;
        for (const [, message] of text.matchAll(/tin (\d+) hết/g)) {
          if (seen.has(Number(message))) continue;
          seen.add(Number(message));
          arrived(Number(message), at);
        }
        if (text.includes("event: talk")) void readTalk();
        rest = text.slice(-20);
      });
    });
    request.on("error", reject);
  });
  return { open, stop: () => request.destroy() };
}

interface Load {
  webPort: number;
  talks: Talk[];
  written: number[];
}

async function write({ webPort, talks, written }: Load, from: number, to: number) {
  const begun = Date.now();
  for (let n = from; n < to; n++) {
    const ahead = begun + ((n - from) * 1000) / RATE - Date.now();
    if (ahead > 0) await new Promise((resolve) => setTimeout(resolve, ahead));
    const { page, resident } = talks[n % talks.length]!;
    const timestamp = Date.now();
    const message = { mid: `m_${n}`, text: `tin ${n} hết` };
    const event = { sender: { id: resident }, recipient: { id: page }, timestamp, message };
    const body = JSON.stringify({
      object: "page",
      entry: [{ id: page, time: timestamp, messaging: [event] }],
    });
    const signature = `sha256=${createHmac("sha256", APP_SECRET).update(body).digest("hex")}`;
    written[n] = timestamp;
    void fetch(`http://127.0.0.1:${webPort}/webhooks/facebook`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-hub-signature-256": signature },
      body,
    }).then(
      ({ status }) => void (status === 200 ? 0 : console.error(`A webhook was answered ${status}.`)),
      (error: unknown) => console.error(`A webhook was not answered: ${String(error)}`),
    );
  }
}

/** An inbox as somebody has it on the screen: when each message was first there. */
async function openBrowser(port: number, cookie: string) {
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  const context = await browser.newContext();
  const url = `http://localhost:${port}`;
  await context.addCookies([{ name: "console", value: encodeURIComponent(cookie), url }]);
  const page = await context.newPage();
  await page.goto(`${url}/console/conversations`);
  await page.locator("#inbox[data-live=yes]").waitFor();
  await page.evaluate(`
    window.seen = [];
    const known = new Set();
    new MutationObserver((changes) => requestAnimationFrame(() => {
      for (const { addedNodes } of changes) for (const node of addedNodes) {
        const message = /tin (\\d+) hết/.exec(node.textContent || "")?.[1];
        if (!message || known.has(message)) continue;
        known.add(message);
        window.seen.push({ message: Number(message), at: Date.now() });
      }
    })).observe(document.getElementById("talk-list"), { childList: true, subtree: true });
  `);
  return {
    seen: () => page.evaluate<{ message: number; at: number }[]>("window.seen"),
    close: () => browser.close(),
  };
}

/** The most it ever held, as Linux counts it. */
function peakMemory(pid: number): number {
  const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Math.round(Number(kilobytes) / 1024);
}

/** Linux counts in hundredths of a second. */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
