/** npm run accounts: the Zalo OAs and Facebook Pages this installation serves. */
import { Command, Option } from "commander";
import { runProgram } from "./command/run.ts";
import { addFacebook, addZalo } from "./accounts/add.ts";
import { check } from "./accounts/check.ts";
import { changeSettings, list, remove, reseal, units } from "./accounts/manage.ts";

const program = new Command("accounts").description(
  "The Zalo OAs and Facebook Pages this installation serves.",
);
const add = program.command("add").description("Register an account, or change one that is registered.");
const unit = () =>
  new Option("--unit <code>", "the unit it speaks for (see: accounts units)").makeOptionMandatory();
const set = () =>
  new Option("--set <name=value...>", "settings: comments, buttons, humanAgent, secretProof, sendsPerSecond");

add
  .command("zalo")
  .description("A Zalo Official Account. A secret given as - is read from standard input.")
  .requiredOption("--oa-id <id>", "id of the OA")
  .option("--app-id <id>", "id of the app in developers.zalo.me")
  .option("--app-secret <secret>", "secret key of the app")
  .option("--webhook-secret <secret>", "OA secret key, from the app's Webhook page")
  .option("--access-token <token>")
  .option("--refresh-token <token>", "used up at the first renewal: give it to nobody else")
  .option("--name <name>", "how the console calls it (asked of Zalo if left out)")
  .addOption(unit())
  .addOption(set())
  .action(addZalo);

add
  .command("facebook")
  .description("A Facebook Page. A secret given as - is read from standard input.")
  .requiredOption("--page-id <id>", "id of the Page")
  .option("--app-secret <secret>", "secret of the app")
  .option("--verify-token <text>", "the verify token set under Webhooks in the app")
  .option("--page-token <token>", "Page access token")
  .option("--app-id <id>", "id of the app (asked of Facebook if left out)")
  .option("--name <name>", "how the console calls it (asked of Facebook if left out)")
  .addOption(unit())
  .addOption(set())
  .action(addFacebook);

program.command("list").description("All accounts.").option("--json", "as JSON").action(list);
program
  .command("check")
  .description("Compare what the platforms have with what is needed, and say how to mend each difference.")
  .argument("[channel]", "zalo or facebook")
  .argument("[id]", "OA id or Page id")
  .option("--json", "as JSON")
  .action(check);
program
  .command("set")
  .description("Show or change an account's settings.")
  .argument("<channel>", "zalo or facebook")
  .argument("<id>", "OA id or Page id")
  .argument("[settings...]", "name=value")
  .action(changeSettings);
program
  .command("remove")
  .description("Serve an account no more and forget its secrets; talks and reports stay.")
  .argument("<channel>", "zalo or facebook")
  .argument("<id>", "OA id or Page id")
  .action(remove);
program
  .command("units")
  .description("The units an account can speak for.")
  .option("--json", "as JSON")
  .action(units);
program
  .command("reseal")
  .description("Seal every stored secret with the first key of APP_KEY, after a change of keys.")
  .action(reseal);

await runProgram(program);
