/** Structured logs. They carry ids and codes, never what a resident wrote, a name, a phone or a token. */
import { pino } from "pino";

export type Log = pino.Logger;

export const log: Log = pino({
  level: process.env.LOG_LEVEL || "info",
  redact: ["req.headers.cookie", "req.headers.authorization", "*.access_token", "*.text"],
  serializers: {
    err: (error: unknown) => (error instanceof Error ? pino.stdSerializers.err(withoutCause(error)) : error),
  },
});

/** Client libraries hang whole requests (tokens, texts) on their errors; a log line needs none of it. */
function withoutCause(error: Error): Error {
  const plain = new Error(error.message);
  plain.name = error.name;
  if (error.stack) plain.stack = error.stack;
  return plain;
}
