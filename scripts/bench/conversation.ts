/**
 * A resident's message from webhook to the platform's receipt of the answer: one web process, one worker, PostgreSQL and
 * the pretend platform (which signs, sends and takes everything over real HTTP) on the same machine. First as many
 * as it can, then a hundred a second, for the time each waits.
 */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { registerAccount } from "../../src/channels/register-account.ts";
import { readConfig } from "../../src/config.ts";
import { freePort } from "../../src/infra/embedded-postgres.ts";
import { openInstallation } from "../../src/installation.ts";
import { median, percentile, startServer, temporaryFolder } from "./processes.ts";

/** A Page may send 300 messages a second, so the load is spread over several. */
const PAGES = 8;
const RESIDENTS = 2000;
/** Residents' messages of the first part, besides the ones that open the talks. */
const MESSAGES = 6000;
/** After so long without an answer the rest is taken for lost, ms. */
const LONGEST_SILENCE = 30_000;
const RATE = 100;
const SECONDS = 10;
/** What residents write in turn. */
const WORDS = [
  "cảm ơn em nhiều nha",
  "den duong truoc nha tui tat 3 bua nay",
  "hủy giúp tôi",
  "làm khai sinh cần giấy tờ gì",
];

const main = fileURLToPath(new URL("../../src/main.ts", import.meta.url));
const simulatorScript = fileURLToPath(new URL("../simulator.ts", import.meta.url));

interface Receipt {
  seq: number;
  at: number;
  resident: string;
}

export async function bench() {
  const folder = temporaryFolder();
  const appKey = randomBytes(32).toString("base64");
  const config = { ...readConfig({ DATA_DIR: folder, APP_KEY: appKey }), PORT: 0 };
  const installation = await openInstallation(config, { prepare: true });
  const pages = Array.from({ length: PAGES }, (_, n) => ({
    ...{ channel: "facebook", externalId: `10990011223344${n}`, unitCode: "DO-THI" },
    ...{
      appId: "880011223344556",
      appSecret: "app-secret",
      webhookSecret: "verify",
      accessToken: `page-token-${n}`,
    },
  })) satisfies Parameters<typeof registerAccount>[2][];
  for (const page of pages) {
    await installation.database.db.$transaction((tx) => registerAccount(tx, installation.box, page));
  }
  const [webPort, workerPort] = [await freePort(), await freePort()];
  const simulator = await startSimulator(folder, pages, webPort);
  const env = {
    ...{ DATABASE_URL: installation.database.url, APP_KEY: appKey, DATA_DIR: folder, MODE: "production" },
    ...{ PUBLIC_URL: "http://localhost", ...simulator.addresses },
  };
  const args = ["--import", "tsx", main];
  const web = await startServer(args, webPort, { ...env, ROLE: "web" });
  const worker = await startServer(args, workerPort, {
    ...env,
    ROLE: "worker",
    METRICS_PORT: String(workerPort),
  });
  try {
    const platform = platformAt(simulator.addresses.control!, pages);
    await platform.write(RESIDENTS, () => "alo"); // opens the talks, warms up the processes
    await platform.isQuiet();
    await measureThroughput(platform);
    await measureWaits(platform);
  } finally {
    await Promise.all([web.stop(), worker.stop()]);
    simulator.stop();
    await installation.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureThroughput(platform: Platform) {
  const rates: number[] = [];
  for (let round = 0; round < 3; round++) {
    const begun = Date.now();
    const before = platform.heard.length;
    for (let first = 0; first < MESSAGES; first += RESIDENTS) {
      await platform.write(RESIDENTS, (n) => WORDS[(n + first / RESIDENTS) % WORDS.length]!);
    }
    await platform.isQuiet();
    const last = Math.max(...platform.heard.map(({ at }) => at));
    const seconds = (last - begun) / 1000;
    rates.push(MESSAGES / seconds);
    const replies = platform.heard.length - before;
    console.log(
      `${MESSAGES} messages, ${replies} replies in ${seconds.toFixed(1)} s: ${Math.round(rates.at(-1)!)} messages/s`,
    );
  }
  console.log(
    `\nwebhook to receipt: ${Math.round(median(rates))} messages/s (median of 3) on ${cpus().length} cores`,
  );
}

/** One message each of residents in turn: the answer that comes is the answer to it. */
async function measureWaits(platform: Platform) {
  const written = new Map<string, number>();
  const before = platform.heard.length;
  const begun = Date.now();
  for (let sent = 0; sent < RATE * SECONDS; sent += RATE / 10) {
    const acts = await platform.write(RATE / 10, () => WORDS[0]!, sent);
    for (const { resident, at } of acts) written.set(resident, at);
    const ahead = begun + ((sent + RATE / 10) / RATE) * 1000 - Date.now();
    if (ahead > 0) await new Promise((resolve) => setTimeout(resolve, ahead));
  }
  await platform.isQuiet();
  const waits = platform.heard.slice(before).map(({ resident, at }) => at - written.get(resident)!);
  const [p50, p99] = [percentile(waits, 50), percentile(waits, 99)];
  console.log(`at ${RATE} messages/s: p50 ${p50} ms, p99 ${p99} ms (${waits.length} answers)`);
}

type Platform = ReturnType<typeof platformAt>;

function platformAt(control: string, pages: { externalId: string }[]) {
  const heard: Receipt[] = [];
  let written = 0;
  const call = async <Answer>(method: string, what: string, body?: unknown) => {
    const response = await fetch(`${control}/${what}`, {
      method,
      body: body === undefined ? null : JSON.stringify(body),
    });
    return (await response.json()) as Answer;
  };
  return {
    /** What residents received so far. */
    heard,
    /** So many residents write one message each, all at once. */
    async write(count: number, text: (n: number) => string, first = 0) {
      const acts = Array.from({ length: count }, (_, n) => ({
        account: `facebook:${pages[(first + n) % pages.length]!.externalId}`,
        resident: String(6_123_456_000_000_000 + first + n),
        ...{ act: "text", text: text(first + n) },
      }));
      const done = await call<{ at: number }[]>("POST", "acts", acts);
      written += count;
      return acts.map(({ resident }, n) => ({ resident, at: done[n]!.at }));
    },
    /** Until no webhook waits, every message has had an answer, and none has come for a while. */
    async isQuiet() {
      for (let quietSince = Date.now(); Date.now() - quietSince < 2000 || heard.length < written;) {
        if (Date.now() - quietSince > LONGEST_SILENCE)
          throw new Error(`${written} messages had only ${heard.length} answers.`);
        await new Promise((resolve) => setTimeout(resolve, 250));
        const { webhooks } = await call<{ webhooks: { waiting: number } }>("GET", "counts");
        const { receipts } = await call<{ receipts: Receipt[] }>(
          "GET",
          `receipts?after=${heard.at(-1)?.seq ?? 0}`,
        );
        heard.push(...receipts);
        if (receipts.length > 0 || webhooks.waiting > 0) quietSince = Date.now();
      }
    },
  };
}

async function startSimulator(folder: string, pages: object[], gatewayPort: number) {
  const accounts = path.join(folder, "accounts.json");
  writeFileSync(accounts, JSON.stringify(pages));
  const gateway = `http://127.0.0.1:${gatewayPort}`;
  const options = [
    "--gateway",
    gateway,
    "--accounts",
    accounts,
    "--settings",
    JSON.stringify({ delivered: false }),
  ];
  const child = spawn(process.execPath, ["--import", "tsx", simulatorScript, ...options], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const line = await new Promise<string>((resolve) =>
    child.stdout.once("data", (chunk: Buffer) => resolve(chunk.toString())),
  );
  return { addresses: JSON.parse(line) as Record<string, string>, stop: () => child.kill() };
}
