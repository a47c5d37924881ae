/** What the parts of a turn share: the talk it belongs to, and what has come of it so far. */
import type { DialogueState, Flow, Lookup, Step, Turn, Wording } from "./types.ts";

export interface Talk {
  flows: Flow[];
  /** Is there an answer for this intent? */
  answers(intent: string): boolean;
  say: Wording;
}

/** A turn being taken: built up step by step, handed out at the end. */
export interface Work {
  state: DialogueState;
  steps: Step[];
  turn: Turn;
  talk: Talk;
  /** The turn waits for this; `then` takes it on. */
  lookup: (Lookup & { then(this: void, found: unknown): void }) | null;
  /** Types looked up in this turn. */
  looked: Set<string>;
}

/** Matters kept for after the present form. */
export const MOST_WAITING = 5;

export function flowFor(talk: Talk, intent: string): Flow | undefined {
  return talk.flows.find(({ opens }) => opens.some((pattern) => matchesIntent(pattern, intent)));
}

/** "report.*" stands for every intent of the family. */
export function matchesIntent(pattern: string, intent: string): boolean {
  return pattern.endsWith(".*") ? intent.startsWith(pattern.slice(0, -1)) : pattern === intent;
}

/** A sticker, a voice message, a file: there is something kind to say even where nothing can be done. */
export function metKindly(work: Work): boolean {
  if (work.turn.text || work.turn.choice) return false;
  const intent = mediaIntent(work.turn);
  if (!work.talk.answers(intent)) return false;
  work.steps.push({ answer: intent });
  return true;
}

function mediaIntent({ attachments }: Turn): string {
  const types = attachments.map(({ type }) => type);
  if (types.includes("audio")) return "media.voice";
  if (types.some((type) => type === "image" || type === "gif" || type === "location")) return "media.photo";
  return types.every((type) => type === "sticker") ? "media.sticker" : "media.file";
}
