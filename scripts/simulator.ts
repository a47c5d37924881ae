/**
 * The pretend platforms as a process of their own, for tests and benchmarks:
 *   node --import tsx scripts/simulator.ts --port 4100 --gateway http://127.0.0.1:3000 --accounts accounts.json
 * Prints one line of JSON with its addresses when it is ready. The control API: src/simulator/README.md.
 */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { Command } from "commander";
import { z } from "zod";
import { givenAccount } from "../src/simulator/accounts.ts";
import { createSimulator } from "../src/simulator/index.ts";

const options = new Command("simulator")
  .requiredOption("--gateway <url>", "where webhooks go")
  .requiredOption("--accounts <file>", "a JSON list of accounts, as in src/simulator/accounts.ts")
  .option("--port <number>", "0: any free one", "0")
  .option("--settings <json>", "see src/simulator/settings.ts", "{}")
  .parse()
  .opts<{ gateway: string; accounts: string; port: string; settings: string }>();

/** Read again when something unknown is named: accounts may be added to the file. */
const readAccounts = async () =>
  z.array(givenAccount).parse(JSON.parse(readFileSync(options.accounts, "utf8")));

const server = createServer();
await new Promise<void>((resolve) => server.listen(Number(options.port), "127.0.0.1", resolve));
const address = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
const simulator = createSimulator({
  accounts: readAccounts,
  ...{ gateway: options.gateway.replace(/\/$/, ""), address },
  settings: JSON.parse(options.settings) as object,
});
await simulator.world.refresh();
server.on("request", simulator.listener);
console.log(
  JSON.stringify({
    ...{
      control: `${address}/control`,
      ZALO_API_URL: `${address}/zalo`,
      ZALO_OAUTH_URL: `${address}/zalo-oauth`,
    },
    ...{ ZALO_BUSINESS_URL: `${address}/zalo-business`, FACEBOOK_GRAPH_URL: `${address}/facebook` },
  }),
);

const stop = () => {
  simulator.close();
  server.closeAllConnections();
  server.close(() => process.exit(0));
};
process.on("SIGINT", stop);
process.on("SIGTERM", stop);
