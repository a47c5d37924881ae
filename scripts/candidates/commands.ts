/** What `npm run candidates` does with the messages kept for training. */
import path from "node:path";
import { InvalidArgumentError } from "commander";
import { OperatorError } from "../../src/config.ts";
import { audit } from "../../src/console/audit/audit.ts";
import { formatDateTime } from "../../src/infra/clock.ts";
import { decide, openCandidates } from "../../src/residents/candidates.ts";
import { addExample } from "../../src/language/index.ts";
import { withInstallation } from "../command/run.ts";
import { table } from "../command/table.ts";

export async function exportOpen({ json }: { json?: boolean }) {
  await withInstallation(async ({ database: { db } }) => {
    const open = (await openCandidates(db)).map((candidate) => ({ ...candidate, id: Number(candidate.id) }));
    if (json) return console.log(JSON.stringify(open, null, 2));
    if (open.length === 0) return console.log("No message waits.");
    const rows = open.map(({ id, createdAt, chosenIntent, readings, text }) => [
      ...[id, formatDateTime(createdAt), chosenIntent],
      readings.map(({ name, confidence }) => `${name} ${confidence.toFixed(2)}`)[0],
      text,
    ]);
    console.log(table(["id", "written", "meant, they say", "taken for", "text"], rows));
  });
}

/** One after the other: each line is written and its message marked, or neither; the first refusal ends it. */
export async function accept(args: string[], { intents }: { intents: string }) {
  const pairs = readPairs(args);
  await withInstallation(async ({ database: { db } }) => {
    for (const [id, intent] of pairs) {
      const file = await db.$transaction(async (tx) => {
        const candidate = (await openCandidates(tx)).find((open) => open.id === id);
        const accepted = { state: "accepted", intent, ...atTheCommandLine() } as const;
        if (!candidate || !(await decide(tx, id, "open", accepted))) throw notOpen(id);
        await audit(tx, null, "training.accepted", `candidate:${id}`, { intent });
        const added = await addExample(intents, intent, candidate.text);
        if (!("refused" in added)) return added.file;
        if (added.refused === "unknown intent") {
          throw new OperatorError(`No file in ${intents} has examples of “${intent}”.`);
        }
        throw new OperatorError(
          `${id} is an example of ${added.of} already. \`npm run candidates -- ignore ${id}\` puts it aside.`,
        );
      });
      console.log(`accepted ${id} ${intent} ${path.basename(file)}`);
    }
  });
}

export async function ignore(args: string[]) {
  const ids = args.map(readId);
  await withInstallation(async ({ database: { db } }) => {
    await db.$transaction(async (tx) => {
      for (const id of ids) {
        const ignored = { state: "ignored", intent: null, ...atTheCommandLine() } as const;
        if (!(await decide(tx, id, "open", ignored))) throw notOpen(id);
        await audit(tx, null, "training.ignored", `candidate:${id}`);
      }
    });
    console.log(`ignored ${ids.join(" ")}`);
  });
}

const atTheCommandLine = () => ({ staffId: null, at: new Date() });

const notOpen = (id: bigint) =>
  new OperatorError(`No open candidate ${id}. \`npm run candidates -- export\` lists them.`);

function readPairs(args: string[]): [id: bigint, intent: string][] {
  if (args.length % 2 === 1)
    throw new InvalidArgumentError("Give each ID its INTENT: accept 12 procedure.info");
  return args.flatMap((arg, at) => (at % 2 === 0 ? [[readId(arg), args[at + 1]!] as [bigint, string]] : []));
}

function readId(text: string): bigint {
  if (!/^\d{1,18}$/.test(text)) throw new InvalidArgumentError(`“${text}” is no ID.`);
  return BigInt(text);
}
