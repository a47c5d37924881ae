/** The service as a process of its own, as an operator or a supervisor runs it. */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../../..");
const MAIN = ["--import", "tsx", path.join(root, "src/main.ts")];

export interface ServiceProcess {
  child: ChildProcess;
  /** Everything it has said so far, on both streams. */
  said(): string;
  /** Its exit code, once it has ended. */
  ended: Promise<number | null>;
  /** Waits until what it said fits, and returns the match. @throws when it ends first or the time is up. */
  says(what: RegExp, withinMs?: number): Promise<RegExpExecArray>;
}

interface How {
  /** Through `npm start`, in a process group of its own, as a terminal has it. */
  npm?: boolean;
  uid?: number;
}

/** @param env besides PATH and HOME, nothing else is passed on. */
export function spawnService(env: Record<string, string>, { npm = false, uid }: How = {}): ServiceProcess {
  const [command, args] = npm ? ["npm", ["start"]] : [process.execPath, MAIN];
  const child = spawn(command, args, {
    cwd: root,
    detached: npm,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, PORT: "0", ...env },
    stdio: ["ignore", "pipe", "pipe"],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  let said = "";
  const heard = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      for (const listener of heard) listener();
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  return {
    child,
    ended,
    said: () => said,
    says(what, withinMs = 30_000) {
      return new Promise((resolve, reject) => {
        const look = () => {
          const match = what.exec(said);
          if (match) finish(() => resolve(match));
        };
        const giveUp = (why: string) => finish(() => reject(new Error(`${why}; it had said:\n${said}`)));
        const timer = setTimeout(() => giveUp(`${what} was not said in ${withinMs} ms`), withinMs);
        const finish = (settle: () => void) => {
          clearTimeout(timer);
          heard.delete(look);
          settle();
        };
        heard.add(look);
        void ended.then((code) => giveUp(`it ended with ${code}`));
        look();
      });
    },
  };
}

/** A folder that is gone after the test file, whoever wrote in it. */
export function useTemporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "hoi-phuong-service-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
