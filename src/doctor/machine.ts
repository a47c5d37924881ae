/** The machine this runs on, the service beside it, and the way in from outside. */
import { existsSync } from "node:fs";
import { statfs } from "node:fs/promises";
import path from "node:path";
import type { Config } from "../config.ts";
import { bad, clockFinding, ok, warn, type Finding } from "../infra/findings.ts";
import { loadEngine, MODEL_FILE } from "../language/index.ts";

const NEEDED_NODE = [20, 19] as const;
const GIGABYTE = 2 ** 30;
const PATIENCE = 5000;

export async function examineMachine(config: Config): Promise<Finding[]> {
  return [nodeFinding(process.versions.node), await diskFinding(config.DATA_DIR), await modelFinding()];
}

export function nodeFinding(version: string): Finding {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const isEnough = major > NEEDED_NODE[0] || (major === NEEDED_NODE[0] && minor >= NEEDED_NODE[1]);
  if (isEnough) return ok("Node.js", version);
  return bad("Node.js", version, `Install Node.js ${NEEDED_NODE.join(".")} or later.`);
}

async function diskFinding(dataDir: string): Promise<Finding> {
  const folder = existsSync(dataDir) ? dataDir : ".";
  const { bavail, bsize } = await statfs(folder);
  const free = (bavail * bsize) / GIGABYTE;
  const found = `${free.toFixed(1)} GB free under ${path.resolve(folder)}`;
  const mend = "Free space or move DATA_DIR; a full disk stops the database.";
  if (free < 0.5) return bad("disk", found, mend);
  return free < 2 ? warn("disk", found, mend) : ok("disk", found);
}

async function modelFinding(): Promise<Finding> {
  const engine = await loadEngine().catch((error: Error) => error);
  const mend = "Put the file of this version back (git checkout models), or make one: npm run train.";
  if (engine instanceof Error)
    return bad("language", `${MODEL_FILE} cannot be read: ${engine.message}`, mend);
  if (!existsSync(path.resolve(import.meta.dirname, "../..", MODEL_FILE))) {
    return warn("language", `${MODEL_FILE} is missing: each start trains anew`, mend);
  }
  return ok("language", `${MODEL_FILE} ${engine.modelVersion}`);
}

/** Is a web process answering on this machine? */
export async function examineService({ PORT, ROLE }: Config): Promise<Finding[]> {
  if (ROLE === "worker" || PORT === 0) return [];
  const answer = await get(`http://127.0.0.1:${PORT}/readyz`);
  if (typeof answer === "string") {
    return [
      warn(
        "service",
        `nobody answers on port ${PORT} here`,
        "Start it (npm start), unless it runs elsewhere.",
      ),
    ];
  }
  if (answer.ok) return [ok("service", `ready on port ${PORT}`)];
  const found = `not ready on port ${PORT}: ${(await answer.text()).slice(0, 200)}`;
  return [bad("service", found, "Mend the part it names; its log says more.")];
}

/** Residents and platforms come by PUBLIC_URL; its Date header is a clock to compare ours with. */
export async function examineAddress({ MODE, PUBLIC_URL }: Config): Promise<Finding[]> {
  if (MODE === "demo") return [];
  const mend = "DNS, certificate, proxy and firewall must lead it to PORT of this service.";
  if (!PUBLIC_URL.startsWith("https:")) {
    return [
      bad(
        "address",
        `${PUBLIC_URL} is not https`,
        "Both platforms call https only: put a proxy with a certificate in front.",
      ),
    ];
  }
  const answer = await get(`${PUBLIC_URL}/healthz`);
  if (typeof answer === "string")
    return [bad("address", `${PUBLIC_URL} cannot be reached (${answer})`, mend)];
  if (!answer.ok) return [bad("address", `${PUBLIC_URL}/healthz answers ${answer.status}`, mend)];
  return [ok("address", PUBLIC_URL), ...clockFinding("the proxy's", answer.headers.get("date") ?? undefined)];
}

/** @returns why there is no answer, in its place. */
async function get(url: string): Promise<Response | string> {
  try {
    return await fetch(url, { signal: AbortSignal.timeout(PATIENCE) });
  } catch (error) {
    const { message, cause } = error as Error & { cause?: Error }; // fetch hides the network's own words
    return cause?.message || message;
  }
}
