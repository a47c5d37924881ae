/**
 * Requests a second and p99 of a Messenger webhook: bare node:http, Express doing nothing, ours with the
 * durable store (a real PostgreSQL, every request committed before its answer), and bottender's Messenger server,
 * which keeps nothing. The same load for each, in turns, so that a machine that slows down slows all.
 */
import { createHmac, randomBytes } from "node:crypto";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { readConfig } from "../../src/config.ts";
import { openInstallation } from "../../src/installation.ts";
import { median, startServer, temporaryFolder, type RunningServer } from "./processes.ts";

const PAGE = "109900112233445";
const SECRET = "app-secret";
const CONNECTIONS = 64;
const SECONDS = 5;
const ROUNDS = 3;
/** More than any server here answers in a load, so that none is sent twice. */
const PREPARED = 120_000;

interface Result {
  requests: { average: number };
  latency: { p99: number };
  non2xx: number;
  errors: number;
}
type Autocannon = (options: object) => Promise<Result>;
const autocannon = createRequire(new URL("peers/package.json", import.meta.url))("autocannon") as Autocannon;
const place = (file: string) => fileURLToPath(new URL(file, import.meta.url));

const SERVERS = [
  { name: "bare node:http", args: [place("servers/bare.mjs")] },
  { name: "Express 5, doing nothing", args: [place("servers/express.mjs")] },
  { name: "ours, durable", args: ["--import", "tsx", place("../../src/main.ts")] },
  { name: "bottender 1.5.5, keeps nothing", args: [place("peers/bottender/server.js")] },
];

export async function bench() {
  const dataDir = temporaryFolder();
  const appKey = randomBytes(32).toString("base64");
  const config = { ...readConfig({ DATA_DIR: dataDir, APP_KEY: appKey }), PORT: 0 };
  const installation = await openInstallation(config, { prepare: true });
  await installation.database.db.account.create({
    data: {
      ...{
        channel: "facebook",
        externalId: PAGE,
        unitCode: "DO-THI",
        name: "Bench",
        appId: "880011223344556",
      },
      appSecret: installation.box.seal(SECRET),
      webhookSecret: installation.box.seal("verify-me"),
    },
  });
  const env = {
    ...{ DATABASE_URL: installation.database.url, APP_KEY: appKey, ROLE: "web", MODE: "production" },
    ...{ PUBLIC_URL: "http://localhost", DATA_DIR: dataDir, PAGE_ID: PAGE, APP_SECRET: SECRET },
  };
  const results = new Map<string, { rate: number[]; p99: number[] }>();
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [index, { name, args }] of SERVERS.entries()) {
      const port = 4020 + index;
      const server = await startServer(args, port, env);
      const result = await load(server, port);
      if (result.non2xx || result.errors)
        throw new Error(`${name}: ${result.non2xx} bad answers, ${result.errors} errors`);
      if (round === 0) continue; // warm-up
      const kept = results.get(name) ?? { rate: [], p99: [] };
      kept.rate.push(result.requests.average);
      kept.p99.push(result.latency.p99);
      results.set(name, kept);
    }
  }
  const stored = await installation.database.db.inboundEvent.count();
  const rateOf = (index: number) => median(results.get(SERVERS[index]!.name)!.rate);
  console.log(
    `\n${"server".padEnd(34)}${"requests/s".padStart(12)}${"p99 ms".padStart(9)}${"× bare".padStart(9)}${"× bottender".padStart(13)}`,
  );
  for (const [index, { name }] of SERVERS.entries()) {
    const { p99 } = results.get(name)!;
    const [toBare, toBottender] = [rateOf(index) / rateOf(0), rateOf(index) / rateOf(3)].map((ratio) =>
      ratio.toFixed(2),
    );
    console.log(
      name.padEnd(34) +
        rateOf(index).toFixed(0).padStart(12) +
        median(p99).toFixed(1).padStart(9) +
        toBare!.padStart(9) +
        toBottender!.padStart(13),
    );
  }
  console.log(
    `\nmedians of ${ROUNDS} rounds of ${SECONDS} s, ${CONNECTIONS} connections; ours kept ${stored} events`,
  );
  await installation.close();
}

async function load(server: RunningServer, port: number): Promise<Result> {
  const requests = signedRequests(PREPARED);
  let turn = 0;
  const next = () => requests[turn++ % PREPARED]!;
  try {
    return await autocannon({
      url: `http://127.0.0.1:${port}/webhooks/facebook`,
      connections: CONNECTIONS,
      duration: SECONDS,
      // one list for all connections: a list of its own for each takes longer to build than servers keep them open
      requests: [{ setupRequest: (request: object) => ({ ...request, ...next() }) }],
    });
  } finally {
    await server.stop();
  }
}

/** Prepared before the clock starts: every body another message, signed both ways (bottender knows SHA-1 only). */
function signedRequests(count: number) {
  const run = randomBytes(4).toString("hex");
  return Array.from({ length: count }, (_, n) => {
    const sender = String(6_123_456_000_000_000 + (n % 5000));
    const message = { mid: `m_${run}_${n}`, text: "Đèn đường trước nhà tôi tắt ba hôm nay" };
    const element = { sender: { id: sender }, recipient: { id: PAGE }, timestamp: Date.now(), message };
    const body = JSON.stringify({
      object: "page",
      entry: [{ id: PAGE, time: Date.now(), messaging: [element] }],
    }).replace(/[^\x20-\x7e]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
    const sign = (algorithm: string) => createHmac(algorithm, SECRET).update(body).digest("hex");
    return {
      method: "POST",
      body,
      headers: {
        "content-type": "application/json",
        "x-hub-signature-256": `sha256=${sign("sha256")}`,
        "x-hub-signature": `sha1=${sign("sha1")}`,
      },
    };
  });
}
