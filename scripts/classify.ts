/** Reads lines of text, writes what each means as a line of JSON. Needs no running service. */
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { loadEngine } from "../src/language/index.ts";

const { values } = parseArgs({ options: { now: { type: "string" } } });
const now = values.now === undefined ? undefined : new Date(values.now);
if (now && Number.isNaN(now.getTime())) {
  console.error("--now takes a moment such as 2026-11-24T09:00:00+07:00");
  process.exit(2);
}

const engine = await loadEngine();
for await (const line of createInterface({ input: process.stdin })) {
  const { text, intents, entities } = engine.understand(line, { now });
  process.stdout.write(`${JSON.stringify({ text, intents, entities })}\n`);
}
