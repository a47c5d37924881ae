/** For tests: a command run as an operator runs it, as a process of its own. */
import { spawn } from "node:child_process";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");

export interface Ended {
  code: number | null;
  out: string;
  errors: string;
}

/** @param env besides PATH and HOME, nothing else is passed on. */
export function runCommand(
  script: string,
  args: string[],
  env: Record<string, string>,
  input = "",
): Promise<Ended> {
  const child = spawn(process.execPath, ["--import", "tsx", path.join(root, script), ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
  });
  const ended: Ended = { code: null, out: "", errors: "" };
  child.stdout.on("data", (chunk: Buffer) => (ended.out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (ended.errors += chunk.toString()));
  child.stdin.end(input);
  return new Promise((resolve) => child.once("close", (code) => resolve({ ...ended, code })));
}
