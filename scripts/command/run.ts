/** What every command does alike: settings, the installation beside a running service, one sentence when it fails. */
import "dotenv/config";
import { CommanderError, type Command } from "commander";
import { OperatorError, readConfig, type Config } from "../../src/config.ts";
import { openInstallation, type Installation } from "../../src/installation.ts";
import { log } from "../../src/infra/log.ts";

log.level = "silent"; // what the operator must know is printed; standard output stays clean for scripts

/** Runs the command line. Exit code 0: done; 1: it could not be done; 2: it was asked wrongly. */
export async function runProgram(program: Command): Promise<never> {
  try {
    prepare(program);
    await program.parseAsync();
    return await leave(process.exitCode as number | undefined);
  } catch (error) {
    if (error instanceof CommanderError) return leave(error.exitCode === 0 ? 0 : 2);
    if (!(error instanceof OperatorError)) throw error;
    console.error(error.message);
    return leave(1);
  }
}

function prepare(program: Command) {
  program.exitOverride().showHelpAfterError("(--help shows what it takes)");
  for (const command of program.commands) prepare(command);
}

/** Open sockets of a platform call given up must not keep the command alive. */
function leave(code = 0): Promise<never> {
  return new Promise(() => process.stdout.write("", () => process.exit(code)));
}

export async function withInstallation<Result>(
  work: (installation: Installation, config: Config) => Promise<Result>,
): Promise<Result> {
  const config = readConfig();
  const installation = await openInstallation(config, { prepare: false });
  try {
    return await work(installation, config);
  } finally {
    await installation.close();
  }
}

/** What work gives within the time, or null. */
export function within<Result>(ms: number, work: Promise<Result>): Promise<Result | null> {
  return Promise.race([work, new Promise<null>((resolve) => setTimeout(resolve, ms, null).unref())]);
}
