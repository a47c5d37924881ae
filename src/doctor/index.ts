/** What is wrong with this installation, and how to mend it. Looks, and changes nothing. */
import { OperatorError, readConfig, type Config } from "../config.ts";
import { bad, ok, type Finding } from "../infra/findings.ts";
import { openInstallation } from "../installation.ts";
import { examineDatabase } from "./database.ts";
import { examineAddress, examineMachine, examineService } from "./machine.ts";
import { examineLetters, examineMailServer } from "./mail.ts";
import { examineSources } from "./sources.ts";
import { examineWork } from "./work.ts";

export async function examine(env: NodeJS.ProcessEnv = process.env): Promise<Finding[]> {
  const config = settingsOf(env);
  if ("state" in config) return [config];
  return [
    ok("settings", `MODE=${config.MODE}`),
    ...(await examineMachine(config)),
    ...(await examineStored(config)),
    ...(await examineSources(config)),
    await examineMailServer(config),
    ...(await examineService(config)),
    ...(await examineAddress(config)),
  ];
}

function settingsOf(env: NodeJS.ProcessEnv): Config | Finding {
  try {
    return readConfig(env);
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    return bad(
      "settings",
      error.message,
      "Change them in .env or the environment; .env.example explains each.",
    );
  }
}

/** Everything that is asked of the database; one that cannot be opened is a finding too. */
async function examineStored(config: Config): Promise<Finding[]> {
  try {
    const installation = await openInstallation(config, { prepare: false, onlyLook: true });
    try {
      const findings = await examineDatabase(installation);
      if (findings.some(({ what, state }) => what === "migrations" && state === "bad")) return findings;
      const { database } = installation;
      return [...findings, ...(await examineWork(database)), ...(await examineLetters(database.db))];
    } finally {
      await installation.close();
    }
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    return [bad("database", error.message, "The rest could not be looked at.")];
  }
}
