/**
 * Messages that may teach the bot: redacted, and only of residents who agreed to that. The bot was unsure of them, or staff
 * say that it took them for something else. They lie on the training desk until somebody decides what they mean.
 */
import type { Db, Tx } from "../infra/db.ts";
import {
  redact,
  type Entity,
  type LanguageEngine,
  type Reading,
  type Understanding,
} from "../language/index.ts";
import { hasConsent } from "./consents.ts";

export interface Candidate {
  id: bigint;
  /** Redacted. */
  text: string;
  readings: Reading[];
  modelVersion: string;
  /** What it means, as the resident said when asked, or as staff corrected. */
  chosenIntent: string | null;
  /** Who of the staff corrected it. */
  correctedBy: number | null;
  createdAt: Date;
}

export type CandidateState = "open" | "accepted" | "ignored";

/** The bot was unsure. */
export async function keepCandidate(
  tx: Tx,
  residentId: bigint,
  { text, entities, readings }: Understanding,
  modelVersion: string,
): Promise<void> {
  if (!(await hasConsent(tx, residentId, "training"))) return;
  await insert(tx, { residentId, text: redact(text, entities), readings, modelVersion });
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
  await tx.trainingCandidate.updateMany({
    where: { residentId, text: redact(unclear.text, unclear.entities), state: "open", chosenIntent: null },
    data: { chosenIntent },
  });
}

/** What staff say a resident's words mean. */
export interface StaffCorrection {
  residentId: bigint;
  /** As they wrote it. */
  text: string;
  /** Any of these is right; the first is proposed. */
  intents: string[];
  staffId: number;
}

/** @returns whether it lies on the desk now: not without consent, and not what the bot is sure of already. */
export type Learn = (tx: Tx, correction: StaffCorrection) => Promise<boolean>;

/** Surer than this it was right by itself. */
const SURE = 0.9;
const LONGEST = 500;

export function createLearn(engine: LanguageEngine): Learn {
  return async (tx, { residentId, text, intents: [intent, ...others], staffId }) => {
    const words = firstSentence(text);
    if (!intent || !words || !(await hasConsent(tx, residentId, "training"))) return false;
    const { entities, readings } = engine.understand(words);
    const [taken] = readings;
    if (taken && [intent, ...others].includes(taken.name) && taken.confidence >= SURE) return false;
    const redacted = redact(words, entities);
    const proposal = { chosenIntent: intent, correctedBy: staffId };
    const { count } = await tx.trainingCandidate.updateMany({
      where: { residentId, text: redacted, state: "open" },
      data: proposal,
    });
    const { modelVersion } = engine;
    if (count === 0) await insert(tx, { residentId, text: redacted, readings, modelVersion, ...proposal });
    return true;
  };
}

/** What they came with; what follows is detail. */
const firstSentence = (text: string) =>
  (/^.*?[.!?…\n](?=\s|$)/su.exec(text.trim())?.[0] ?? text).trim().slice(0, LONGEST);

async function insert(
  tx: Tx,
  candidate: { residentId: bigint; text: string; readings: Reading[]; modelVersion: string },
): Promise<void> {
  const readings = candidate.readings.map(({ name, confidence }) => ({ name, confidence }));
  await tx.trainingCandidate.create({ data: { ...candidate, readings }, select: { id: true } });
}

/** What waits for somebody to say which intent it is, the oldest first. */
export async function openCandidates(db: Db | Tx): Promise<Candidate[]> {
  const rows = await db.trainingCandidate.findMany({
    where: { state: "open" },
    omit: { residentId: true, state: true, intent: true, decidedBy: true, decidedAt: true },
    orderBy: { id: "asc" },
  });
  return rows.map((row) => ({ ...row, readings: row.readings as unknown as Reading[] }));
}

export interface Decision {
  state: CandidateState;
  /** What it means; null where it is put aside, or back. */
  intent: string | null;
  /** null: at the command line. */
  staffId: number | null;
  at: Date;
}

/** The one way a candidate is settled, or put back on the desk. @returns false when it is not in that state (any more). */
export async function decide(
  tx: Tx,
  id: bigint,
  from: CandidateState,
  { state, intent, staffId, at }: Decision,
): Promise<boolean> {
  const by = state === "open" ? { decidedBy: null, decidedAt: null } : { decidedBy: staffId, decidedAt: at };
  const { count } = await tx.trainingCandidate.updateMany({
    where: { id, state: from },
    data: { state, intent, ...by },
  });
  return count === 1;
}
