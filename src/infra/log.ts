/** Structured logs. They carry ids and codes, never what a resident wrote, a name, a phone or a token. */
import { pino } from "pino";

export type Log = pino.Logger;

/** A person at a terminal reads lines and only trouble; everything else gets JSON. */
const isTerminal = Boolean(process.stdout.isTTY);

export const log: Log = pino(
  {
    level: process.env.LOG_LEVEL || (isTerminal ? "warn" : "info"),
    redact: ["req.headers.cookie", "req.headers.authorization", "*.access_token", "*.text"],
    serializers: {
      err: (error: unknown) =>
        error instanceof Error ? pino.stdSerializers.err(withoutCause(error)) : error,
    },
  },
  isTerminal
    ? { write: (line) => void process.stdout.write(readable(line)) }
    : pino.destination({ sync: true }),
);

interface LogLine {
  level: number;
  time: number;
  msg: string;
  err?: { message: string };
  [more: string]: unknown;
}

/** "09:05:12 WARN  an idle database connection was lost: ECONNRESET (account=3)" */
export function readable(json: string): string {
  const { level, time, msg, err, ...more } = JSON.parse(json) as LogLine;
  const name = (pino.levels.labels[level] ?? "info").toUpperCase().padEnd(5);
  const details = Object.entries(more)
    .filter(([key]) => !["pid", "hostname"].includes(key))
    .map(([key, value]) => `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`);
  const clock = new Date(time).toTimeString().slice(0, 8);
  return `${clock} ${name} ${msg}${err ? `: ${err.message}` : ""}${details.length ? ` (${details.join(" ")})` : ""}\n`;
}

/** Client libraries hang whole requests (tokens, texts) on their errors; a log line needs none of it. */
function withoutCause(error: Error): Error {
  const plain = new Error(error.message);
  plain.name = error.name;
  if (error.stack) plain.stack = error.stack;
  return plain;
}
