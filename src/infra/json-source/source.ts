/** Asks another office's system over HTTP, distrusting all of it: slow, wrong, down or hostile, the caller gets a plain answer. */
import CircuitBreaker from "opossum";
import { fetchJson } from "../fetch-bytes.ts";
import { valueAt } from "./answer.ts";
import type { Connection } from "./source-file.ts";

/** After half of at least five calls have failed, nobody waits for the system for this long, ms. */
const REST = 30_000;

/** The system does not answer, or answers nonsense. `reason` is a short code for logs and metrics. */
export class SourceUnavailable extends Error {
  constructor(readonly reason: string) {
    super(`The source cannot be asked now: ${reason}`);
  }
}

export interface JsonSource<Question, Answer> {
  /** null: it knows of no such thing. @throws SourceUnavailable when it cannot say. */
  find(question: Question): Promise<Answer | null>;
  close(): void;
}

export interface Reader<Question, Answer> {
  /** An address of the file, filled in. */
  address(question: Question): string;
  /** @throws SourceUnavailable for an answer that is not to be believed: it counts as a failure like silence. */
  read(body: unknown, question: Question): Answer;
}

export function createJsonSource<Question, Answer>(
  config: Connection,
  { address, read }: Reader<Question, Answer>,
): JsonSource<Question, Answer> {
  const ask = async (question: Question): Promise<Answer | null> => {
    const body = await bodyAt(config, address(question));
    return body === undefined ? null : read(body, question);
  };
  const breaker = new CircuitBreaker(ask, {
    timeout: config.timeoutSeconds * 1000,
    errorThresholdPercentage: 50,
    volumeThreshold: 5,
    resetTimeout: REST,
  });
  return {
    async find(question) {
      try {
        return await breaker.fire(question);
      } catch (error) {
        throw error instanceof SourceUnavailable ? error : new SourceUnavailable(reasonOf(error));
      }
    },
    close: () => breaker.shutdown(),
  };
}

/** undefined: the system says that there is no such thing. */
async function bodyAt(
  { headers, trustedOrigin, largestKilobytes, timeoutSeconds, notFound }: Connection,
  address: string,
): Promise<unknown> {
  const { status, body } = await fetchJson(address, {
    headers,
    hosts: [new URL(address).hostname],
    trustedOrigins: trustedOrigin ? [trustedOrigin] : [],
    largest: largestKilobytes * 1024,
    timeout: timeoutSeconds * 1000,
  });
  if (notFound.status.includes(status)) return undefined;
  if (status !== 200) throw new SourceUnavailable(`status_${status}`);
  if (notFound.missing && valueAt(body, notFound.missing) === undefined) return undefined;
  return body;
}

function reasonOf(error: unknown): string {
  const { code, reason, message } = error as { code?: string; reason?: string; message?: string };
  if (code === "EOPENBREAKER") return "resting";
  if (code === "ETIMEDOUT") return "timeout";
  return reason ?? code ?? message?.slice(0, 40) ?? "unknown";
}

/** "https://x.vn/{code}" with its names filled in, each as one piece of the address. */
export function filled(template: string, values: Record<string, string | number>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ""));
}
