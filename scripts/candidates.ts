/** npm run candidates: messages residents let us learn from, on their way into intents/*.yml. */
import { fileURLToPath } from "node:url";
import { Command, Option } from "commander";
import { accept, exportOpen, ignore } from "./candidates/commands.ts";
import { runProgram } from "./command/run.ts";

const program = new Command("candidates").description(
  "Unclear messages that residents let us learn from, redacted: which intent are they?",
);
program
  .command("export")
  .description("The open ones, with what the classifier took them for and what the resident then chose.")
  .option("--json", "as JSON")
  .action(exportOpen);
program
  .command("accept")
  .description("Append them to the examples of these intents. `npm run train` then teaches them.")
  .argument("<pairs...>", "ID INTENT [ID INTENT …]")
  .addOption(
    new Option("--intents <folder>", "where the intent files are").default(
      fileURLToPath(new URL("../intents", import.meta.url)),
      "intents/",
    ),
  )
  .action(accept);
program
  .command("ignore")
  .description("Put them aside; they are listed no more.")
  .argument("<ids...>")
  .action(ignore);

await runProgram(program);
