/** The shapes of a talk. A flow is data and small pure functions; the engine (turn.ts) runs them. */
import type { InboundAttachment, Reply } from "../channels/channel.ts";
import type { Understanding } from "../language/index.ts";

export type Wording = (key: string, values?: Record<string, string | number>) => string;

/** What a resident just did, as the dialogue sees it. */
export interface Turn {
  text: string;
  /** The payload of a tapped button, or the value of the numbered choice that was typed. */
  choice: string | null;
  attachments: HeardAttachment[];
  understanding: Understanding;
  at: Date;
}

export interface HeardAttachment extends InboundAttachment {
  /** Our row of it, once kept. */
  attachmentId?: string;
}

export type Draft = Record<string, unknown>;

/** One question of a form: how to ask, how to hear the answer. */
export interface Slot {
  name: string;
  asks(draft: Draft, say: Wording): Reply;
  /** What the turn says about this slot: new values for the draft, a problem to tell, or null if nothing. */
  hears(turn: Turn, draft: Draft, say: Wording, asked: boolean): { fill: Draft } | { problem: string } | null;
  /** Not needed for this draft. */
  skip?(draft: Draft): boolean;
}

/** A form from its first word to its effects. */
export interface Flow {
  name: string;
  /** The intents that open it; "report.*" matches a family. */
  opens: string[];
  slots: Slot[];
  /** Summary before anything is done; null: done without asking. */
  confirms: ((draft: Draft, say: Wording) => Reply) | null;
  /** What is to be done once confirmed; the answer follows from the effect's result. */
  finish(draft: Draft): Effect;
}

/** Something the dialogue wants done in the turn's transaction; a feature carries it out and words the answer. */
export interface Effect {
  type: string;
  data: Record<string, unknown>;
}

/** The talk's memory between turns: small, plain JSON, versioned. */
export interface DialogueState {
  version: 1;
  flow: { name: string; intent: string; draft: Draft; asked: string | null } | null;
  /** Choices of the last reply, so that "2" or "số 2" or the words mean one of them. */
  offered: { label: string; value: string }[];
  /** Intents still to be handled after the present one. */
  waiting: string[];
  misses: number;
}
