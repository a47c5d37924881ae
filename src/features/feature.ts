/** What a folder of features/ gives the service; app.ts puts them together. */
import type { Router } from "express";
import type { ChannelName, Reply } from "../channels/channel.ts";
import type { Flow, Topic, Turn, Wording } from "../dialogue/types.ts";
import type { Tx } from "../infra/db.ts";
import type { JobSet } from "../infra/jobs.ts";

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

export interface Feature {
  name: string;
  /** Forms it offers. */
  flows?: Flow[];
  /** Questions answered at once, by intent; "report.*" answers a family, a full name goes before it. */
  answers?: Record<string, (turn: Turn, context: TurnContext) => Promise<Reply[]>>;
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
  /** Console pages, mounted under /console/<name>. */
  console?: Router;
  /** Public pages, mounted at the root. */
  pages?: Router;
  jobs?: JobSet;
}
