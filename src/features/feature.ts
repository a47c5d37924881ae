/** What a folder of features/ gives the service; app.ts puts them together. */
import type { Router } from "express";
import type { ChannelName, InboundEvent, Reply } from "../channels/channel.ts";
import type { Flow, Topic, Turn, Wording } from "../dialogue/types.ts";
import type { Tx } from "../infra/db.ts";
import type { JobSet } from "../infra/jobs.ts";
import type { Entity } from "../language/index.ts";

/** Who is being answered, and the transaction of the turn. */
export interface TurnContext {
  tx: Tx;
  conversationId: bigint;
  residentId: bigint;
  accountId: number;
  channel: ChannelName;
  unitCode: string;
  unitName: string;
  say: Wording;
  now: Date;
  /** The resident has just been told who we are, in this very turn. */
  isFirstContact: boolean;
  /** What was spoken of last, while it is fresh: a follow-up ("còn lệ phí?") need not name it again. */
  topic: Topic | null;
  /** Notes what this answer is about. `expects`: intents that would go on with it. */
  setTopic(this: void, name: string, about: Record<string, unknown>, expects?: string[]): void;
  /** Something came to a good end in this turn: a misunderstanding was cleared up, a rating given. A calm moment. */
  isSettled: boolean;
  /** A form's question comes after this answer: better not to ask anything in it. */
  isFormOpen: boolean;
  /** The lines of every feature, in the order of app.ts. */
  menu: MenuLine[];
  /**
   * Offers the talk to staff. "silent": the bot says nothing more until it is handed back; "beside": staff
   * see it waiting while the bot goes on.
   */
  callPerson(this: void, reason: string, how?: "silent" | "beside"): void;
}

export interface MenuLine {
  intent: string;
  /** Key of its words. */
  label: string;
}

/** A part of what is kept about a resident, as they may read it themselves. */
export interface DataSection {
  /** Key of its title. */
  title: string;
  /** A line each: what, when, content. */
  rows: { at: Date | null; what: string; text: string }[];
}

/** A line of the record of processing: for the data protection officer. */
export interface ProcessingActivity {
  what: string;
  purpose: string;
  /** The legal basis. */
  basis: string;
  /** For how long. */
  kept: string;
  count: number;
}

/** What a feature keeps about a resident: shown and erased on request. */
export interface PersonalData {
  /** What it keeps of people in all, in counts. */
  activity?(db: Tx): Promise<ProcessingActivity>;
  show(db: Tx, residentId: bigint, say: Wording): Promise<DataSection[]>;
  /** Erases, or cuts the tie to the person where a record must stay. @returns counts by name, such as { reportsKept: 2 }. */
  erase(tx: Tx, residentId: bigint): Promise<Record<string, number>>;
}

/** For whom an insertion is looked up: the resident of the talk, never more than they may read themselves. */
export interface InsertContext {
  tx: Tx;
  residentId: bigint;
  say: Wording;
  /** What was found in the words looked for. */
  entities: Entity[];
}

/** Something staff may look for. `parts`: the ways to put it into an answer, by id and label. */
export interface InsertHit {
  title: string;
  about: string;
  parts: { id: string; label: string }[];
}

/** What a feature can put into an answer that staff write: its own words, found by theirs. */
export interface Insert {
  /** Kept in Vietnamese, as vi`…`, like the hint. */
  label: string;
  /** What may be typed to find it. */
  hint: string;
  find(words: string, context: InsertContext): Promise<InsertHit[]>;
  /** @returns the words and the picture of a part, nothing to choose among; null when it is gone. */
  write(id: string, context: InsertContext): Promise<Reply | null>;
}

/** What staff file for a resident out of a talk, as the form has it. */
export interface Filing {
  category: string;
  description: string;
  /** Administrative code of the ward of today. */
  ward: string;
  street: string;
  houseNumber: string;
  hamlet: string;
  /** WGS 84, degrees. */
  point: { latitude: number; longitude: number } | null;
  /** Rows of attachment. */
  attachmentIds: bigint[];
}

/** Makes a matter with a code out of what a resident wrote. */
export interface FilesForResident {
  categories: { value: string; label: string }[];
  wards: { value: string; label: string }[];
  /** What the message tells already. */
  guess(turn: Turn, say: Wording): Partial<Filing>;
  /** @param by the unit written to, the resident, who of the staff. @returns its code, and what the resident is told. */
  file(
    tx: Tx,
    filing: Filing,
    by: { residentId: bigint; staffId: number; unitCode: string; say: Wording; at: Date },
  ): Promise<{ code: string; reply: Reply }>;
}

export interface Feature {
  name: string;
  /** Forms it offers. */
  flows?: Flow[];
  /** Questions answered at once, by intent; "report.*" answers a family, a full name goes before it. */
  answers?: Record<string, (turn: Turn, context: TurnContext) => Promise<Reply[]>>;
  /** Codes that say by themselves what is meant, whatever the words around them; heard while no form is open. */
  codes?: { pattern: RegExp; intent: string }[];
  /**
   * Hears a follow-up of what it spoke of last, which does not name it again: the choice (`askFor`) that it amounts to, or
   * null. Asked while the topic is fresh and no form is open, before the classifier is believed.
   */
  followsUp?: (turn: Turn, topic: Topic) => string | null;
  /**
   * Hears its own matter in a message the classifier is unsure of, by names it keeps: the intent that was meant, or null.
   * Asked while no form is open, in the order of app.ts.
   */
  recognises?: (turn: Turn, context: TurnContext) => Promise<string | null>;
  /** What its flows look up before they ask on, by lookup type. */
  lookups?: Record<string, (data: Record<string, unknown>, context: TurnContext) => Promise<unknown>>;
  /** Deeds of its flows, by effect type; each returns what to say. */
  effects?: Record<string, (data: Record<string, unknown>, context: TurnContext) => Promise<Reply[]>>;
  /**
   * What the resident could not be told when it happened; said with the answer to whatever they write next. `mayAsk`: it
   * comes last, so it may end with a question.
   */
  news?: (context: TurnContext, mayAsk: boolean) => Promise<Reply[]>;
  /** Lines of the main menu. */
  menu?: MenuLine[];
  /** Events heard beside the talk, by kind, in the turn's transaction: somebody follows, takes back a consent … */
  hears?: { [Kind in InboundEvent["kind"]]?: (tx: Tx, residentId: bigint, at: Date) => Promise<void> };
  personalData?: PersonalData;
  /** What staff may put into an answer. */
  insert?: Insert;
  /** Console pages, mounted under /console/<name>. */
  console?: Router;
  /** Public pages, mounted at the root. */
  pages?: Router;
  jobs?: JobSet;
}
