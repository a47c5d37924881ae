/** Asks a province's system over HTTP, distrusting all of it: slow, wrong, down or hostile, residents get a plain answer. */
import CircuitBreaker from "opossum";
import { DateTime } from "luxon";
import { ZONE } from "../../infra/clock.ts";
import { fetchJson } from "../../infra/fetch-bytes.ts";
import { SourceUnavailable, type Dossier, type DossierSource } from "./dossier.ts";
import type { SourceConfig } from "./source-config.ts";

/** After half of at least five calls have failed, nobody waits for the system for this long, ms. */
const REST = 30_000;

export function createHttpSource(config: SourceConfig): DossierSource & { close(): void } {
  const breaker = new CircuitBreaker((code: string) => ask(config, code), {
    timeout: config.timeoutSeconds * 1000,
    errorThresholdPercentage: 50,
    volumeThreshold: 5,
    resetTimeout: REST,
  });
  return {
    async find(code) {
      try {
        return await breaker.fire(code);
      } catch (error) {
        throw error instanceof SourceUnavailable ? error : new SourceUnavailable(reasonOf(error));
      }
    },
    close: () => breaker.shutdown(),
  };
}

function reasonOf(error: unknown): string {
  const { code, reason, message } = error as { code?: string; reason?: string; message?: string };
  if (code === "EOPENBREAKER") return "resting";
  if (code === "ETIMEDOUT") return "timeout";
  return reason ?? code ?? message?.slice(0, 40) ?? "unknown";
}

async function ask(config: SourceConfig, code: string): Promise<Dossier | null> {
  const address = config.url.replace("{code}", encodeURIComponent(code));
  const { status, body } = await fetchJson(address, {
    headers: config.headers,
    hosts: [new URL(address).hostname],
    trustedOrigins: config.trustedOrigin ? [config.trustedOrigin] : [],
    largest: config.largestKilobytes * 1024,
    timeout: config.timeoutSeconds * 1000,
  });
  if (config.notFound.status.includes(status)) return null;
  if (status !== 200) throw new SourceUnavailable(`status_${status}`);
  if (config.notFound.missing && at(body, config.notFound.missing) === undefined) return null;
  return read(config, code, body);
}

function read({ fields, states, dateFormats }: SourceConfig, code: string, body: unknown): Dossier {
  const text = (path: string | undefined) => textAt(body, path);
  const day = (path: string | undefined) => dayIn(text(path), dateFormats)?.toISODate() ?? null;
  const named = text(fields.status);
  const state = named === null ? undefined : (states[named] ?? states[named.toLowerCase()]);
  if (!state) throw new SourceUnavailable("unknown_state");
  // another dossier's answer is worse than none
  const answered = text(fields.code);
  if (fields.code && answered?.toUpperCase() !== code.toUpperCase())
    throw new SourceUnavailable("other_code");
  return {
    code,
    state,
    statusText: /^[\d\s]+$/.test(named!) ? null : named!.slice(0, 120),
    unit: text(fields.unit)?.slice(0, 200) ?? null,
    dueOn: day(fields.dueOn),
    procedure: text(fields.procedure)?.slice(0, 300) ?? null,
    receivedOn: day(fields.receivedOn),
    finishedOn: day(fields.finishedOn),
    note: text(fields.note)?.slice(0, 500) ?? null,
    phoneEnding: endingOf(text(fields.phone)),
    asOf: dayIn(text(fields.asOf), dateFormats)?.toJSDate() ?? new Date(),
    sample: false,
  };
}

export const endingOf = (phone: string | null) => phone?.replace(/\D/g, "").match(/\d{4}$/)?.[0] ?? null;

function at(body: unknown, path: string): unknown {
  let value = body;
  for (const key of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value ?? undefined;
}

function textAt(body: unknown, path: string | undefined): string | null {
  const value = path === undefined ? undefined : at(body, path);
  if (typeof value !== "string" && typeof value !== "number") return null;
  return String(value).replace(/\s+/g, " ").trim() || null;
}

function dayIn(text: string | null, formats: string[]): DateTime | null {
  if (text === null) return null;
  const read = [
    DateTime.fromISO(text, { zone: ZONE }),
    ...formats.map((format) => DateTime.fromFormat(text, format, { zone: ZONE })),
  ];
  return read.find(({ isValid }) => isValid) ?? null;
}
