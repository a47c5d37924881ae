/** What a folder of features/ gives the service; app.ts puts them together. */
import type { Router } from "express";
import type { Reply } from "../channels/channel.ts";
import type { Flow, Turn, Wording } from "../dialogue/types.ts";
import type { Tx } from "../infra/db.ts";
import type { JobSet } from "../infra/jobs.ts";

/** Who is being answered, and the transaction of the turn. */
export interface TurnContext {
  tx: Tx;
  conversationId: bigint;
  residentId: bigint;
  unitCode: string;
  say: Wording;
  now: Date;
}

export interface Feature {
  name: string;
  /** Forms it offers. */
  flows?: Flow[];
  /** Questions answered at once, by intent. */
  answers?: Record<string, (turn: Turn, context: TurnContext) => Promise<Reply[]>>;
  /** Deeds of its flows, by effect type; each returns what to say. */
  effects?: Record<string, (data: Record<string, unknown>, context: TurnContext) => Promise<Reply[]>>;
  /** Lines of the main menu. */
  menu?: { intent: string; label: string }[];
  /** Console pages, mounted under /console/<name>. */
  console?: Router;
  /** Public pages, mounted at the root. */
  pages?: Router;
  jobs?: JobSet;
}
