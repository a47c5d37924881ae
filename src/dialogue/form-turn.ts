/** A turn while a form is open: its answer, a change of mind, a question in between, or the end of it. */
import { OUT_OF_SCOPE } from "../language/index.ts";
import {
  ask,
  confirmChoices,
  hear,
  namedLine,
  nextQuestion,
  replaceLine,
  slotOf,
  withNotes,
} from "./form.ts";
import type { HeardForm } from "./form.ts";
import { askedFor, withChoices } from "./choices.ts";
import { CANCEL, CHANGE, CONFIRM } from "./types.ts";
import type { Draft, Flow, OpenForm, Topic, Turn } from "./types.ts";
import {
  findsFault,
  isAbuse,
  isCancel,
  isCorrection,
  isNo,
  isQuestion,
  isRestart,
  isSkip,
  isYes,
} from "./words.ts";
import { flowFor, metKindly, MOST_WAITING, type Work } from "./work.ts";

/** Fills what the opening message gives and asks for the rest. */
export function openForm(
  work: Work,
  flow: Flow,
  intent: string,
  turn: Turn,
  notes: string[],
  topic: Topic | null = null,
) {
  const heard = hear(flow, flow.begins(intent, topic), turn, work.talk.say, null, "opening");
  proceed(work, flow, heard.draft, [...notes, ...heard.notes]);
}

/** `alarmed`: an emergency was answered in this very turn; its words fill nothing. */
export function continueForm(work: Work, intents: string[], alarmed: boolean) {
  const form = work.state.form!;
  const flow = work.talk.flows.find(({ name }) => name === form.flow)!;
  if (alarmed) return askAgain(work, flow, form.draft, form.asked);
  if (work.turn.choice) return takeChoice(work, flow, form, intents);
  if (isRestart(work.turn.text))
    return openForm(work, flow, flow.afresh ?? flow.intentOf(form.draft), emptied(work.turn), []);
  if (isAbuse(work.turn.text) && work.talk.answers("abuse")) {
    work.steps.push({ answer: "abuse" });
    return askAgain(work, flow, form.draft, form.asked);
  }
  if (answersFormItself(work, flow, form, intents)) return;
  if (takesBack(work, flow, form)) return;
  hearAnswer(work, flow, form, intents);
}

// ── choices: tapped, or named by number or words ──

function takeChoice(work: Work, flow: Flow, form: OpenForm, intents: string[]) {
  const { choice } = work.turn;
  if (askedFor(choice)) return digress(work, flow, form, intents[0]!);
  if (choice === "form:send" && form.asked === CONFIRM) return finish(work, flow, form.draft);
  if (choice === "form:change" && form.asked === CONFIRM) return put(work, flow, form.draft, CHANGE);
  if (choice === "form:cancel") return form.asked === CANCEL ? drop(work) : cancel(work, flow, form);
  if (choice === "form:keep") return proceed(work, flow, form.draft, []);
  const line = slotOf(flow, /^line:(.+)$/.exec(choice ?? "")?.[1] ?? null);
  if (line?.label && form.asked === CHANGE) return proceed(work, flow, line.clears(form.draft), []);
  const heard = hear(flow, form.draft, work.turn, work.talk.say, form.asked);
  if (heard.filled.length > 0) return proceed(work, flow, heard.draft, heard.notes);
  askAgain(work, flow, form.draft, form.asked); // a button of an earlier question
}

// ── the form's own questions: send? which line? really drop it? ──

function answersFormItself(work: Work, flow: Flow, form: OpenForm, intents: string[]): boolean {
  const { text } = work.turn;
  const yes = isYes(text) || intents[0] === "affirm";
  const no = isNo(text) || intents[0] === "deny";
  const skips = slotOf(flow, form.asked)?.skips;
  const dropping = form.asked === CANCEL;
  if (dropping && (yes || isCancel(text) || intents[0] === "cancel")) drop(work);
  else if (dropping && no) proceed(work, flow, form.draft, []);
  else if (skips && isSkip(text)) proceed(work, flow, skips(form.draft), []);
  else if (isCancel(text)) cancel(work, flow, form);
  else if (form.asked === CONFIRM && yes && !isCorrection(text)) finish(work, flow, form.draft);
  else if (isYesOrNo(flow, form) && (no || isSkip(text))) drop(work);
  else return false;
  return true;
}

/** A summary without a line that could be wrong: "không" then means not to do it. */
const isYesOrNo = (flow: Flow, form: OpenForm) =>
  form.asked === CONFIRM && !flow.slots.some(({ label }) => label);

/** "à không, ở đường khác", "sửa địa chỉ", or at the summary simply the right address. */
function takesBack(work: Work, flow: Flow, form: OpenForm): boolean {
  const { text } = work.turn;
  const atSummary = form.asked === CONFIRM || form.asked === CHANGE;
  const doubts = isCorrection(text) || (atSummary && findsFault(text));
  if (!text || !(doubts || atSummary)) return false;
  const replaced = replaceLine(flow, form.draft, work.turn, work.talk.say);
  if (replaced) {
    proceed(work, flow, replaced.draft, replaced.notes);
    return true;
  }
  const line = namedLine(flow, text);
  if (line && (doubts || form.asked === CHANGE) && !line.isOpen(form.draft)) {
    proceed(work, flow, line.clears(form.draft), []);
    return true;
  }
  return false;
}

// ── the answer, unless it is something else ──

/** How sure a reading must be to count against an answer in free words. */
const DIGRESSION = 0.6;
/** Wishes that need no question mark. */
const PLAIN_WISHES = new Set([
  "human",
  "help",
  "cancel",
  "greeting",
  "thanks",
  "goodbye",
  "praise",
  "complaint.service",
  "privacy.info",
  "privacy.export",
]);
/** What nobody may be made to wait for, by law: heard whatever is asked, and the open form is put aside for it. */
const AT_ONCE = new Set(["privacy.erase"]);
/** How people feel, which colours an answer in their own words. */
const MOODS = new Set(["thanks", "praise", "greeting", "goodbye", "complaint.service"]);
const WORDS_OF_AN_ANSWER = 4;
/** What answers a question rather than asking one. */
const ANSWERS = new Set(["affirm", "deny", OUT_OF_SCOPE]);

function hearAnswer(work: Work, flow: Flow, form: OpenForm, intents: string[]) {
  const { turn, talk } = work;
  const asked = form.asked === CANCEL || form.asked === CHANGE ? nextQuestion(flow, form.draft) : form.asked;
  const heard = hear(flow, form.draft, turn, talk.say, asked);
  const beside = heard.sure ? null : wishBeside(work, flow, form, heard);
  if (beside === "cancel") return cancel(work, flow, form);
  if (beside) return digress(work, flow, form, beside);
  if (heard.filled.length > 0) {
    const draft = narrowed(flow, heard.draft, intents);
    if (asked === CONFIRM && heard.filled.every(({ keepsHearing }) => keepsHearing)) {
      return putBriefly(work, flow, draft, heard.notes);
    }
    return proceed(work, flow, draft, heard.notes);
  }
  if (form.asked === CONFIRM && (isNo(turn.text) || intents[0] === "deny")) {
    return put(work, flow, form.draft, CHANGE);
  }
  if (!turn.text && metKindly(work)) return askAgain(work, flow, form.draft, asked);
  notUnderstood(work, flow, form.draft, asked, heard.problem);
}

/** A wish that is not an answer: a question to us, a person wanted, another matter to report. */
function wishBeside(work: Work, flow: Flow, form: OpenForm, heard: HeardForm): string | null {
  const { turn, talk } = work;
  const anythingGoes = heard.filled.length > 0;
  const isOwnWords =
    slotOf(flow, form.asked)?.takesWords === true && turn.text.split(/\s+/).length >= WORDS_OF_AN_ANSWER;
  for (const { name, confidence } of turn.understanding.intents) {
    if (ANSWERS.has(name)) continue;
    if (anythingGoes && confidence < DIGRESSION) continue;
    if (anythingGoes && isOwnWords && MOODS.has(name)) continue;
    if (PLAIN_WISHES.has(name) && (name === "cancel" || talk.answers(name))) return name;
    if (name === flow.intentOf(heard.draft)) continue;
    const opens = flowFor(talk, name);
    if (opens) {
      if (!anythingGoes || AT_ONCE.has(name)) return name;
      continue;
    }
    if (talk.answers(name) && (!anythingGoes || isQuestion(turn.text))) return name;
  }
  return null;
}

/** Answered, or put after this one; then the open question again. */
function digress(work: Work, flow: Flow, form: OpenForm, intent: string) {
  const { talk, turn } = work;
  const opens = flowFor(talk, intent);
  if (opens && AT_ONCE.has(intent)) {
    const parked = flow.holds(form.draft) ? { ...form, reminded: false } : work.state.parked;
    work.state = { ...work.state, form: null, parked, misses: 0 };
    return openForm(work, opens, intent, emptied(turn), []);
  }
  if (opens) {
    const isNew =
      intent !== flow.intentOf(form.draft) && !work.state.waiting.some((matter) => matter.intent === intent);
    if (isNew && work.state.waiting.length < MOST_WAITING) {
      const text = turn.choice ? "" : turn.text;
      const matter = { intent, text, entities: turn.choice ? [] : turn.understanding.entities };
      work.state = { ...work.state, waiting: [...work.state.waiting, matter] };
      work.steps.push({ say: { text: talk.say("dialogue.later") } });
    }
  } else if (talk.answers(intent)) {
    work.steps.push({ answer: intent });
    if (intent === "human") return; // a person takes it from here; the form waits
  }
  askAgain(work, flow, form.draft, form.asked);
}

function narrowed(flow: Flow, draft: Draft, intents: string[]): Draft {
  return intents.reduce((better, intent) => flow.narrows?.(better, intent) ?? better, draft);
}

// ── what comes next ──

/** The next open question, or the summary, or the deed itself. */
function proceed(work: Work, flow: Flow, draft: Draft, notes: string[]) {
  const instead = flow.diverts?.(draft, work.talk.say);
  if (instead) {
    work.state = { ...work.state, form: null, misses: 0 };
    work.steps.push(...instead);
    return nextMatter(work);
  }
  const lookup = flow.looksUp?.(draft) ?? null;
  if (lookup && flow.learns && !work.looked.has(lookup.type)) {
    work.looked.add(lookup.type);
    const then = (found: unknown) => proceed(work, flow, flow.learns!(draft, lookup, found), notes);
    work.lookup = { ...lookup, then };
    return;
  }
  const question = nextQuestion(flow, draft);
  if (question === null) finish(work, flow, draft);
  else put(work, flow, draft, question, notes);
}

function put(work: Work, flow: Flow, draft: Draft, question: string, notes: string[] = [], misses = 0) {
  const form = { flow: flow.name, draft, asked: question, at: work.turn.at.toISOString() };
  work.state = { ...work.state, form, misses };
  work.steps.push({ say: withNotes(notes, ask(flow, draft, question, work.talk.say)) });
}

/** A further picture at the summary: no need to read it all again. */
function putBriefly(work: Work, flow: Flow, draft: Draft, notes: string[]) {
  const { say } = work.talk;
  work.state = { ...work.state, form: { ...work.state.form!, draft, asked: CONFIRM }, misses: 0 };
  work.steps.push({ say: withNotes(notes, withChoices(say("dialogue.sendNow"), confirmChoices(flow, say))) });
}

function askAgain(work: Work, flow: Flow, draft: Draft, asked: string | null) {
  const question = asked ?? nextQuestion(flow, draft)!;
  const notes = work.steps.length > 0 && question !== CANCEL ? [work.talk.say("dialogue.backToForm")] : [];
  put(work, flow, draft, question, notes, work.state.misses);
}

function notUnderstood(work: Work, flow: Flow, draft: Draft, asked: string | null, problem: string | null) {
  const { say } = work.talk;
  const misses = work.state.misses + 1;
  const notes = [problem ?? say("dialogue.notAnAnswer"), ...(misses >= 2 ? [say("dialogue.stuck")] : [])];
  put(work, flow, draft, asked ?? nextQuestion(flow, draft)!, notes, misses);
}

function cancel(work: Work, flow: Flow, form: OpenForm) {
  if (flow.holds(form.draft)) put(work, flow, form.draft, CANCEL);
  else drop(work);
}

function drop(work: Work) {
  work.state = { ...work.state, form: null, misses: 0 };
  work.steps.push({ say: { text: work.talk.say("dialogue.cancelled") } });
  nextMatter(work);
}

function finish(work: Work, flow: Flow, draft: Draft) {
  work.steps.push({ effect: flow.finish(draft) });
  work.state = { ...work.state, form: null, misses: 0 };
  nextMatter(work);
}

/** What was raised beside it has its turn now. */
function nextMatter(work: Work) {
  const [matter, ...waiting] = work.state.waiting;
  if (!matter) return;
  work.state = { ...work.state, waiting };
  const { talk, turn } = work;
  const flow = flowFor(talk, matter.intent);
  if (!flow) return nextMatter(work);
  const key = `intents.${matter.intent}`;
  const name = talk.say.has(key) ? talk.say(key).toLowerCase() : "";
  const understanding = {
    ...turn.understanding,
    text: matter.text,
    readings: [],
    intents: [],
    entities: matter.entities,
  };
  const then: Turn = { text: matter.text, choice: null, attachments: [], understanding, at: turn.at };
  openForm(work, flow, matter.intent, then, [talk.say("dialogue.nextMatter", { matter: name })]);
}

const emptied = (turn: Turn): Turn => ({
  ...turn,
  text: "",
  attachments: [],
  understanding: { ...turn.understanding, text: "", readings: [], intents: [], entities: [] },
});
