/** Starting and stopping, as an operator sees it. */
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { jest } from "@jest/globals";
import { spawnService, useTemporaryFolder, type ServiceProcess } from "./infra/testing/service-process.ts";

jest.setTimeout(120_000);
const folder = useTemporaryFolder();
chmodSync(folder, 0o755);

/** PostgreSQL refuses root, so both must be tried where both can be. */
const isRoot = process.getuid?.() === 0;
const NOBODY = 65_534;
const isReachable = pathsTo(import.meta.dirname).every((place) => statSync(place).mode & 0o001);
const users: { user: string; uid?: number }[] = [{ user: isRoot ? "root" : "an ordinary user" }];
if (isRoot && isReachable) users.push({ user: "an ordinary user", uid: NOBODY });

function pathsTo(place: string): string[] {
  return place === path.dirname(place) ? [place] : [place, ...pathsTo(path.dirname(place))];
}

const addressOf = async (service: ServiceProcess) =>
  (await service.says(/(http:\/\/localhost:\d+)\/console/))[1]!;

function serverPid(dataDir: string): number | null {
  const file = path.join(dataDir, "postgres/cluster/postmaster.pid");
  return existsSync(file) ? Number(readFileSync(file, "utf8").split("\n")[0]) : null;
}

describe.each(users)("as $user", ({ uid }) => {
  const dataDir = path.join(folder, `data-${uid ?? "own"}`);
  const env = { DATA_DIR: dataDir, ...(uid === undefined ? {} : { HOME: folder }) };

  beforeAll(() => {
    mkdirSync(dataDir);
    if (uid !== undefined) chownSync(dataDir, uid, uid);
  });

  test("a first start says within 15 s where to go and the one-time password; Ctrl-C stops all of it, without a complaint", async () => {
    const service = spawnService(env, { npm: true, uid });
    await service.says(/admin@localhost · one-time password: \S+/, 15_000);
    const address = await addressOf(service);
    expect(service.said()).toContain(`${address}/simulator`);
    expect((await fetch(`${address}/readyz`)).status).toBe(200);
    process.kill(-service.child.pid!, "SIGINT"); // what a terminal does: to the whole group
    await service.ended;
    expect(service.said()).not.toMatch(/"level":[456]0|error/i);
    expect(serverPid(dataDir)).toBeNull();
  });

  test("a second start is quick, keeps the data, and tells no password; npm passes on a SIGTERM", async () => {
    const begun = Date.now();
    const service = spawnService(env, { npm: true, uid });
    await addressOf(service);
    expect(Date.now() - begun).toBeLessThan(10_000); // under 4 s where nothing else runs
    expect(service.said()).not.toContain("password");
    const gone = serverGone(dataDir);
    process.kill(service.child.pid!, "SIGTERM"); // to npm alone
    await gone;
    await service.ended;
    expect(service.said()).not.toMatch(/"level":[456]0/);
  });
});

/** npm may be gone a moment before the service it started. */
async function serverGone(dataDir: string) {
  for (const until = Date.now() + 20_000; Date.now() < until;) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    if (serverPid(dataDir) === null) return;
  }
  throw new Error("the database still runs");
}

test("what a killed service left running is taken over by the next, and stopped with it", async () => {
  const env = { DATA_DIR: path.join(folder, "killed") };
  const first = spawnService(env);
  await addressOf(first);
  const pid = serverPid(env.DATA_DIR);
  first.child.kill("SIGKILL");
  await first.ended;
  expect(serverPid(env.DATA_DIR)).toBe(pid);
  const second = spawnService(env);
  await addressOf(second);
  expect(serverPid(env.DATA_DIR)).toBe(pid);
  second.child.kill("SIGTERM");
  expect(await second.ended).toBe(0);
  expect(serverPid(env.DATA_DIR)).toBeNull();
});

test("a worker beside a web process shares its database, and keeps it when the other leaves", async () => {
  const env = { DATA_DIR: path.join(folder, "shared") };
  const web = spawnService({ ...env, ROLE: "web" });
  await addressOf(web);
  const worker = spawnService({ ...env, ROLE: "worker" });
  await worker.says(/The worker is running/);
  web.child.kill("SIGTERM");
  expect(await web.ended).toBe(0);
  expect(serverPid(env.DATA_DIR)).not.toBeNull();
  worker.child.kill("SIGTERM");
  expect(await worker.ended).toBe(0);
  expect(serverPid(env.DATA_DIR)).toBeNull();
  expect(web.said() + worker.said()).not.toMatch(/"level":[456]0/);
});

describe("what keeps it from starting is one sentence, and exit code 1", () => {
  async function refusal(env: Record<string, string>): Promise<string> {
    const service = spawnService({ LOG_LEVEL: "warn", ...env });
    expect(await service.ended).toBe(1);
    return service.said();
  }
  const ONE_SENTENCE_AND_ITS_MEND = /^[^\n]+\n$/;

  test("the port is taken", async () => {
    const other = createServer().listen(0);
    const { port } = other.address() as { port: number };
    const said = await refusal({ PORT: String(port), DATA_DIR: path.join(folder, "port") });
    other.close();
    expect(said).toBe(`Port ${port} is taken by another program. Stop it, or set PORT to a free one.\n`);
  });

  test("the data folder cannot be written", async () => {
    const file = path.join(folder, "a-file");
    writeFileSync(file, "");
    const said = await refusal({ DATA_DIR: path.join(file, "data") });
    expect(said).toMatch(/^The data folder .*a-file\/data cannot be written .*set DATA_DIR/);
    expect(said).toMatch(ONE_SENTENCE_AND_ITS_MEND);
  });

  test("the database cannot be reached", async () => {
    const said = await refusal({ DATABASE_URL: "postgresql://gateway:secret@127.0.0.1:9/gateway" });
    expect(said).toMatch(/^The database gateway at 127\.0\.0\.1:9 cannot be reached .*Check DATABASE_URL/);
    expect(said).toMatch(ONE_SENTENCE_AND_ITS_MEND);
    expect(said).not.toContain("secret");
  });

  test("the data is of another major version of PostgreSQL", async () => {
    const dataDir = path.join(folder, "old");
    mkdirSync(path.join(dataDir, "postgres/cluster"), { recursive: true });
    writeFileSync(path.join(dataDir, "postgres/cluster/PG_VERSION"), "12\n");
    const said = await refusal({ DATA_DIR: dataDir });
    expect(said).toMatch(/is of PostgreSQL 12, this program brings PostgreSQL \d+\. Dump it with version 12/);
    expect(said).toMatch(ONE_SENTENCE_AND_ITS_MEND);
  });

  test("settings that cannot be used are named together", async () => {
    const said = await refusal({ PORT: "http", ROLE: "boss", MODE: "production" });
    expect(said).toMatch(/PORT: .*\n +ROLE: /);
  });
});
