/** Reading and keeping the talk's memory. What cannot be read any more is let go, never stumbled over. */
import { z } from "zod";
import type { Reply } from "../channels/channel.ts";
import { nextQuestion } from "./form.ts";
import { CANCEL, CHANGE, CONFIRM, type DialogueState, type Flow, type Language } from "./types.ts";

export function emptyState(language: Language = "vi"): DialogueState {
  return {
    version: 2,
    language,
    form: null,
    parked: null,
    topic: null,
    offered: [],
    waiting: [],
    unclear: null,
    misses: 0,
    last: null,
  };
}

const entity = z.object({
  type: z.string(),
  value: z.unknown(),
  text: z.string(),
  start: z.number(),
  end: z.number(),
});
const matter = z.object({ text: z.string(), entities: z.array(entity).catch([]) });
const form = z.object({
  flow: z.string(),
  draft: z.record(z.string(), z.unknown()),
  asked: z.string(),
  at: z.string(),
  reminded: z.boolean().optional(),
});
const topic = z.object({
  name: z.string(),
  about: z.record(z.string(), z.unknown()),
  expects: z.array(z.string()).catch([]),
  at: z.string(),
});
const offered = z.array(z.object({ label: z.string(), value: z.string() })).catch([]);
const waiting = z.array(matter.extend({ intent: z.string() })).catch([]);
const unclear = matter.nullable().catch(null);
const misses = z.number().int().min(0).catch(0);
const maybeForm = form.nullable().catch(null);
const memory = { form: maybeForm, parked: maybeForm, offered, waiting, unclear, misses };

const stateShape = z.object({
  version: z.literal(2),
  language: z.enum(["vi", "en"]).catch("vi"),
  ...memory,
  topic: topic.nullable().catch(null),
  last: z
    .object({ messageId: z.string(), before: z.object(memory) })
    .nullable()
    .catch(null),
});

/**
 * How a state of an older version becomes one of the next: { 1: (state) => state of version 2 }. States of before
 * stay readable for as long as their line stands here.
 */
const upgrades: Record<number, (state: Record<string, unknown>) => Record<string, unknown>> = {
  // the last topic and a parked draft came with the second version
  1: (state) => ({ ...state, version: 2, topic: null, parked: null }),
};

/** Any JSON in, a legal state out: an unknown version or a broken shape starts the talk anew. Never throws. */
export function readState(kept: unknown, flows: Flow[], language: Language = "vi"): DialogueState {
  const read = stateShape.safeParse(upgrade(kept));
  if (!read.success) return emptyState(language);
  const state = read.data as DialogueState;
  state.form = readForm(state.form, flows);
  state.parked = readForm(state.parked, flows);
  if (state.last) {
    state.last.before.form = readForm(state.last.before.form, flows);
    state.last.before.parked = readForm(state.last.before.parked, flows);
  }
  return state;
}

function upgrade(kept: unknown): unknown {
  let state = kept;
  for (let steps = 0; steps < 20; steps++) {
    const version = (state as { version?: unknown } | null)?.version;
    const next = typeof version === "number" ? upgrades[version] : undefined;
    if (!next) return state;
    state = next(state as Record<string, unknown>);
  }
  return null;
}

function readForm(kept: DialogueState["form"], flows: Flow[]): DialogueState["form"] {
  const flow = flows.find(({ name }) => name === kept?.flow);
  if (!kept || !flow) return null;
  const draft = flow.reads(kept.draft);
  if (!draft) return null;
  const questions = [CONFIRM, CHANGE, CANCEL, ...flow.slots.map(({ name }) => name)];
  const asked = questions.includes(kept.asked) ? kept.asked : nextQuestion(flow, draft);
  return asked === null ? null : { ...kept, draft, asked };
}

/**
 * Notes which choices the resident now has before them: those of the last reply. Outside a form an older
 * menu still counts until another replaces it; a yes or no is given at once or not at all.
 */
export function rememberOffers(state: DialogueState, replies: Reply[]): DialogueState {
  const choices = replies.at(-1)?.choices ?? [];
  if (choices.length > 0) return { ...state, offered: choices };
  if (state.form) return { ...state, offered: [] };
  const lasting = state.offered.filter(({ value }) => /^intent:(?!.*\.(?:yes|no)$)/.test(value));
  return { ...state, offered: lasting };
}
