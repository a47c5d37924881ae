/** A dossier as any source gives it. */
import { z } from "zod";
import type { JsonSource } from "../../infra/json-source/source.ts";

/** What became of it, in our words; every system's own words are brought to one of these. */
export const STATES = [
  "received",
  "processing",
  "supplement",
  "done",
  "returned",
  "refused",
  "withdrawn",
] as const;
export type DossierState = (typeof STATES)[number];

/** Days are "2026-12-01". */
export interface Dossier {
  code: string;
  state: DossierState;
  /** In the words of the office, where it gave any. */
  statusText: string | null;
  unit: string | null;
  dueOn: string | null;
  // what only its owner may read, after the second factor:
  procedure: string | null;
  receivedOn: string | null;
  finishedOn: string | null;
  note: string | null;
  /** The last four digits of the applicant's phone. Never shown. */
  phoneEnding: string | null;
  /** The moment the state holds from. */
  asOf: Date;
  sample: boolean;
}

/** The province's system, asked by code. */
export type DossierSource = Pick<JsonSource<string, Dossier>, "find">;

/** Finished: nothing more will happen to it. */
export const isFinal = (state: DossierState) => ["returned", "refused", "withdrawn"].includes(state);

/** A dossier kept as JSON, read again; null when an older program wrote it so that it cannot be read. */
export function readDossier(kept: unknown): Dossier | null {
  const read = shape.safeParse(kept);
  return read.success ? read.data : null;
}

const maybe = z.string().nullable();
const shape = z.object({
  code: z.string(),
  state: z.enum(STATES),
  statusText: maybe,
  unit: maybe,
  dueOn: maybe,
  procedure: maybe,
  receivedOn: maybe,
  finishedOn: maybe,
  note: maybe,
  phoneEnding: maybe,
  asOf: z.coerce.date(),
  sample: z.boolean(),
});
