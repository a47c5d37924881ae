/** npm run doctor: what is wrong with this installation, and how to mend it. Exit code 1 when something is bad. */
import { Command } from "commander";
import { examine } from "../src/doctor/index.ts";
import { formatFindings } from "../src/infra/findings.ts";
import { runProgram } from "./command/run.ts";

const program = new Command("doctor")
  .description("What is wrong with this installation, and how to mend it. Looks, and changes nothing.")
  .option("--json", "as JSON")
  .action(async ({ json }: { json?: boolean }) => {
    const findings = await examine();
    console.log(json ? JSON.stringify(findings, null, 2) : formatFindings(findings));
    if (findings.some(({ state }) => state === "bad")) process.exitCode = 1;
  });

await runProgram(program);
