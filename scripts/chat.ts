/**
 * npm run chat: talk to the bot in a terminal. The whole service, with a database and platforms of its own that are
 * thrown away at the end; lines may also come from a pipe.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { Command, Option } from "commander";
import { OperatorError, readConfig } from "../src/config.ts";
import { startService } from "../src/service.ts";
import { openTalk } from "./chat/talk.ts";
import { runProgram } from "./command/run.ts";

const HELP = `/photo FILE           send a picture
/location LAT LON     share a place
/quit                 end (Ctrl-D too)`;

interface Options {
  unit: string;
  channel: string;
}

async function chat({ unit, channel }: Options) {
  const folder = mkdtempSync(path.join(tmpdir(), "hoi-phuong-chat-"));
  const service = await startService(readConfig({ DATA_DIR: folder, PORT: "0" }));
  try {
    const talk = await openTalk(`http://127.0.0.1:${service.port}/simulator/control`, channel, unit);
    await converse(talk);
  } finally {
    await service.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function converse(talk: Awaited<ReturnType<typeof openTalk>>) {
  const isTerminal = process.stdin.isTTY;
  const lines = createInterface({ input: process.stdin, output: isTerminal ? process.stdout : undefined });
  if (isTerminal) console.log(`You write to ${talk.name}. /help shows what else you can send.\n`);
  lines.setPrompt("› ");
  if (isTerminal) lines.prompt();
  for await (const line of lines) {
    if (line.trim() === "/quit") break;
    if (!isTerminal && line.trim()) console.log(`› ${line}`);
    for (const reply of await answersTo(talk, line.trim())) console.log(`\n${indented(reply)}\n`);
    if (isTerminal) lines.prompt();
  }
  lines.close();
}

/** A slip of the fingers must not end the talk. */
async function answersTo(talk: Awaited<ReturnType<typeof openTalk>>, line: string): Promise<string[]> {
  try {
    const [command, ...rest] = line.split(/\s+/);
    if (command === "/help") return [HELP];
    if (command === "/photo") return await talk.sendPhoto(rest.join(" "));
    if (command === "/location") return await talk.shareLocation(Number(rest[0]), Number(rest[1]));
    return line ? await talk.say(line) : [];
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    return [error.message];
  }
}

const indented = (text: string) => text.replace(/^/gm, "  ");

const program = new Command("chat")
  .description("Talk to the bot in a terminal. Nothing of it is kept.")
  .option("--unit <code>", "whose account you write to", "PHU-KHUONG")
  .addOption(new Option("--channel <name>").choices(["zalo", "facebook"]).default("zalo"))
  .action(chat);

await runProgram(program);
