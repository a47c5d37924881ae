/** Messages the bot was unsure of, kept to teach it: redacted, and only of residents who agreed to that. */
import type { Db, Tx } from "../../infra/db.ts";
import { redact, type Entity, type Reading, type Understanding } from "../../language/index.ts";
import { hasConsent } from "../../residents/consents.ts";
import * as store from "./store.ts";

export interface Candidate {
  id: bigint;
  /** Redacted. */
  text: string;
  readings: Reading[];
  modelVersion: string;
  /** What the resident said it meant, where they were asked. */
  chosenIntent: string | null;
  createdAt: Date;
}

export async function keepCandidate(
  tx: Tx,
  residentId: bigint,
  { text, entities, readings }: Understanding,
  modelVersion: string,
): Promise<void> {
  if (!(await hasConsent(tx, residentId, "training"))) return;
  await store.keepCandidate(tx, { residentId, text: redact(text, entities), readings, modelVersion });
}

/**
 * The resident picked what the unclear message before meant; to want a person says nothing about it. Without
 * consent nothing was kept, and nothing is found.
 */
export async function keepCorrection(
  tx: Tx,
  residentId: bigint,
  unclear: { text: string; entities: Entity[] },
  chosenIntent: string,
): Promise<void> {
  if (chosenIntent === "human") return;
  await store.keepCorrection(tx, residentId, redact(unclear.text, unclear.entities), chosenIntent);
}

/** What waits for somebody to say which intent it is, the oldest first. */
export function openCandidates(db: Db | Tx): Promise<Candidate[]> {
  return store.openCandidates(db);
}

/** @returns false when it is not open (any more). */
export async function acceptCandidate(tx: Tx, id: bigint): Promise<boolean> {
  return (await store.closeCandidates(tx, [id], "accepted")) === 1;
}

/** @returns how many of them were open. */
export function ignoreCandidates(tx: Tx, ids: bigint[]): Promise<number> {
  return store.closeCandidates(tx, ids, "ignored");
}
