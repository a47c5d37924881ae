/** npm run staff: who may sign in to the console. */
import { Command, Option } from "commander";
import { ROLES } from "../src/console/rights.ts";
import { runProgram } from "./command/run.ts";
import { addStaff, disable, enable, list, resetPassword } from "./staff/manage.ts";

const program = new Command("staff").description("Who may sign in to the console.");
program
  .command("add")
  .description("Add a person; prints a one-time password.")
  .requiredOption("--email <address>")
  .addOption(new Option("--role <role>").choices(ROLES).makeOptionMandatory())
  .requiredOption("--unit <code>", "the unit the person works for")
  .option("--name <name>", "as the console shows it")
  .action(addStaff);
program.command("list").description("All staff.").option("--json", "as JSON").action(list);
program
  .command("reset-password")
  .description("Print a new one-time password, and end the person's sessions.")
  .argument("<email>")
  .option("--second-step", "the second step goes too: the phone with it is lost")
  .action(resetPassword);
program
  .command("disable")
  .description("Keep a person out from now on; what they did stays on record.")
  .argument("<email>")
  .action(disable);
program.command("enable").description("Let a disabled person in again.").argument("<email>").action(enable);

await runProgram(program);
