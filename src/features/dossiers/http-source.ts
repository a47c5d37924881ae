/** A dossier as a province's one-stop system tells it, read as DOSSIER_SOURCE says. */
import { dayIn, textAt } from "../../infra/json-source/answer.ts";
import {
  createJsonSource,
  filled,
  SourceUnavailable,
  type JsonSource,
} from "../../infra/json-source/source.ts";
import type { Dossier } from "./dossier.ts";
import type { SourceConfig } from "./source-config.ts";

export function createHttpSource(config: SourceConfig): JsonSource<string, Dossier> {
  return createJsonSource(config, {
    address: (code) => filled(config.url, { code }),
    read: (body, code) => read(config, code, body),
  });
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
