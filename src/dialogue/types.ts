/** The shapes of a talk. A flow is data and small pure functions; the engine (turn.ts) runs them. */
import type { Choice, InboundAttachment, Reply } from "../channels/channel.ts";
import type { Entity, Understanding } from "../language/index.ts";

export type Language = "vi" | "en";

/** Words a sentence of intents/*.yml in the resident's language. @throws when there is no such sentence. */
export interface Wording {
  (key: string, values?: Record<string, string | number>): string;
  has(key: string): boolean;
  language: Language;
}

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
  /** Our row of it; null where nothing is fetched (a place, a sticker). */
  attachmentId: string | null;
}

/** What a form knows so far: plain JSON, with the flow's own shape. */
export type Draft = Record<string, unknown>;

/** What a turn says about one slot. */
export type Heard<D = Draft> =
  | {
      fill: D;
      /** The answer bears its own proof (an address, a picture): never taken for a question to us. */
      sure?: boolean;
      /** Told before the next question: "Phường 8 nay thuộc phường Phú Khương". */
      note?: string;
    }
  /** An answer that will not do, and why. */
  | { problem: string };

/**
 * "asked": this was the question, any words may be the answer. "opening": the message that opened the form.
 * "beside": another was the question; only what is plain counts (a picture, a named street).
 */
export type Hearing = "asked" | "opening" | "beside";

/** One question of a form: when and how to ask it, how to hear the answer. */
export interface Slot<D = Draft> {
  name: string;
  /** Still to be asked of this draft? */
  isOpen(draft: D): boolean;
  asks(draft: D, say: Wording): Reply;
  /** What the turn says about this slot, or null. */
  hears(turn: Turn, draft: D, say: Wording, when: Hearing): Heard<D> | null;
  /** The draft without this answer, so that it is asked anew. */
  clears(draft: D): D;
  /** Filled so when the resident has nothing to give ("bỏ qua"). */
  skips?(this: void, draft: D): D;
  /** Asked for in people's own words: "làm lẹ quá, cảm ơn" is the answer then, and not a word of thanks to us. */
  takesWords?: boolean;
  /** Goes on hearing when filled: a second picture. */
  keepsHearing?: boolean;
  /** What the line is called where the resident chooses which to change; absent: cannot be changed. */
  label?(this: void, say: Wording): string;
  /** How residents name it when correcting, on folded text. */
  named?: RegExp;
  /** Intents that would answer it. */
  expects?: string[];
}

/** A form from its first word to its effect. */
export interface Flow<D = Draft> {
  name: string;
  /** The intents that open it; "report.*" matches a family. */
  opens: string[];
  /** The intent that a picture or a place sent before any word opens it with; null: none of ours. */
  opensWith?(turn: Turn): string | null;
  /** `topic`: what was spoken of just before, when it was no word that opened the form. */
  /** Several of its intents in one message are one matter, not one after the other. */
  isOneMatter?: boolean;
  begins(intent: string, topic: Topic | null): D;
  /** The intent it begins anew with ("làm lại từ đầu"), where its kind is to be found again; absent: the same. */
  afresh?: string;
  /** A draft kept earlier, perhaps by an older program; null when it cannot be used any more. */
  reads(kept: unknown): D | null;
  slots: Slot<D>[];
  /** The intent the draft stands for now, and the draft once a better one was heard. */
  intentOf(draft: D): string;
  narrows?(draft: D, intent: string): D;
  /** Something that must not go this way (a child in danger): what is done instead. The form ends. */
  diverts?(draft: D, say: Wording): Step[] | null;
  /** What has to be known of the city before the next question (reports near by); null: nothing. */
  looksUp?(draft: D): Lookup | null;
  /** The draft once that is known. Each type is looked up once a turn at most. */
  learns?(draft: D, lookup: Lookup, found: unknown): D;
  /** The danger is known and the numbers were told: emergency words are answers here. */
  isUrgent?(draft: D): boolean;
  /** What it is about, in a few words: "đèn đường hư". */
  isAbout?(draft: D, say: Wording): string;
  /** Would anything be lost by dropping it? */
  holds(draft: D): boolean;
  /** The summary shown before anything is done; absent: done without asking. */
  confirms?(draft: D, say: Wording): string;
  /** This draft needs no confirmation after all: the resident has just said yes to it. */
  isAgreed?(draft: D): boolean;
  /** What the choice is called that does it; absent: "Gửi". */
  confirmLabel?(this: void, say: Wording): string;
  /** What is to be done once confirmed; the answer follows from the effect's result. */
  finish(draft: D): Effect;
}

/** Something the dialogue wants done in the turn's transaction; a feature carries it out and words the answer. */
export interface Effect {
  type: string;
  data: Record<string, unknown>;
}

/** A question to the database, asked by the pure dialogue and answered by a feature. */
export interface Lookup {
  type: string;
  data: Record<string, unknown>;
}

/** What a turn leads to, in this order. */
export type Step =
  /** `unlessAsked`: left out where the reply before it already asks something. */
  { say: Reply; unlessAsked?: boolean } | { answer: string } | { effect: Effect };

/** A matter raised beside another: handled when the present one is done. */
export interface WaitingMatter {
  intent: string;
  text: string;
  entities: Entity[];
}

/** The form being filled. `asked` is the open question: a slot's name, or one of the form's own. */
export interface OpenForm {
  flow: string;
  draft: Draft;
  asked: string;
  /** When it was last touched. */
  at: string;
  /** The resident was reminded of it, and has not answered yet. */
  reminded?: boolean;
}

/** The form's own questions, besides its slots. */
export const CONFIRM = ":confirm";
export const CHANGE = ":change";
export const CANCEL = ":cancel";

/** What was spoken of last, so that a follow-up need not name it: "còn lệ phí?" after a procedure was asked for. */
export interface Topic {
  /** Whose it is: "procedure", "report", "parcel" … */
  name: string;
  /** What of, in the feature's own words: `{ procedure: "1.001193" }`. Plain JSON. */
  about: Record<string, unknown>;
  /** Intents that go on with it; the next message is heard with them in mind. */
  expects: string[];
  at: string;
}

/** The talk's memory between turns: small, plain JSON, versioned. */
export interface DialogueState {
  version: 2;
  language: Language;
  form: OpenForm | null;
  /** A form put aside after a long silence, to be resumed or let go. */
  parked: OpenForm | null;
  topic: Topic | null;
  /** Choices of the last reply, so that "2" or "số 2" or the words mean one of them. */
  offered: Choice[];
  waiting: WaitingMatter[];
  /** A message we could not place, kept for when its meaning is chosen. */
  unclear: { text: string; entities: Entity[] } | null;
  /** Messages in a row that were not understood. */
  misses: number;
  /** The last message, and what it changed, in case it is edited; null once something was done for it. */
  last: {
    messageId: string;
    before: Pick<DialogueState, "form" | "parked" | "offered" | "waiting" | "unclear" | "misses">;
  } | null;
}
