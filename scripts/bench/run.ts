/** npm run bench -- NAME: the benchmarks, each beside a peer or a limit in the same run. Never part of the tests. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const BENCHMARKS = ["webhook", "conversation", "reports", "inbox", "land", "delivery", "language"];
const name = process.argv[2] ?? "";
if (!BENCHMARKS.includes(name)) {
  console.error(`Usage: npm run bench -- ${BENCHMARKS.join("|")}`);
  process.exit(2);
}

const peers = fileURLToPath(new URL("peers", import.meta.url));
const NEEDS_NO_PEER = ["conversation", "reports", "inbox", "land", "delivery"];
if (!NEEDS_NO_PEER.includes(name) && !existsSync(`${peers}/node_modules`)) {
  console.log("Installing the peers we measure against …");
  spawnSync("npm", ["install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts"], {
    cwd: peers,
    stdio: "inherit",
  });
}
const { bench } = (await import(`./${name}.ts`)) as { bench(args: string[]): Promise<void> };
await bench(process.argv.slice(3));
process.exit(0);
