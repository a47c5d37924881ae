/**
 * One turn of a talk, pure: what the resident did, in the light of what came before, becomes a new state and
 * steps to take. Whatever comes, there is at most one open question, and it was the last thing said.
 */
import { type Entity, OUT_OF_SCOPE } from "../language/index.ts";
import { askedFor, askFor, pickChoice, withChoices } from "./choices.ts";
import { hear } from "./form.ts";
import { continueForm, openForm } from "./form-turn.ts";
import { topicAt } from "./topic.ts";
import type { DialogueState, Lookup, OpenForm, Step, Turn } from "./types.ts";
import { FORGET, offerParked, parkStale, RESUME, unpark } from "./parking.ts";
import { isAbuse, isRestart, isResume } from "./words.ts";
import { flowFor, metKindly, MOST_WAITING, type Talk, type Work } from "./work.ts";

/** Stands for a message that its writer took back. */
export const UNSENT = "form:unsent";

export interface TurnResult {
  state: DialogueState;
  steps: Step[];
  /** Something has to be looked up before the turn can end; `then` ends it, or asks for more. */
  lookup: (Lookup & { then(this: void, found: unknown): TurnResult }) | null;
}

export function takeTurn(state: DialogueState, heard: Turn, talk: Talk): TurnResult {
  const choice = heard.choice ?? pickChoice(heard.text, state.offered)?.value ?? payloadIn(heard.text);
  const turn = { ...heard, choice };
  const work: Work = { state: { ...state }, steps: [], turn, talk, lookup: null, looked: new Set() };
  if (turn.text || turn.choice || turn.attachments.length > 0) take(work);
  return resultOf(work);
}

function resultOf(work: Work): TurnResult {
  const { state, steps, lookup } = work;
  if (!lookup) return { state, steps, lookup };
  const then = (found: unknown) => {
    work.lookup = null;
    lookup.then(found);
    return resultOf(work);
  };
  return { state, steps, lookup: { type: lookup.type, data: lookup.data, then } };
}

function take(work: Work) {
  const { turn, talk } = work;
  parkStale(work);

  const intents = intentsOf(turn);
  if (intents.includes("emergency") && talk.answers("emergency") && !isDangerKnown(work))
    work.steps.push({ answer: "emergency" });
  const alarmed = work.steps.length > 0;
  const wanted = intents.filter((intent) => intent !== "emergency" && !(alarmed && SMALL_TALK.has(intent)));
  if (turn.choice === UNSENT) return takenBack(work);
  if (work.state.form) return continueForm(work, wanted, alarmed);
  if (alarmed && wanted.length === 0) return;
  if (work.state.parked && comesBack(work, wanted)) return;
  openTalk(work, wanted);
  const last = work.steps.at(-1);
  if (!work.lookup && last && "answer" in last && last.answer !== "human" && !alarmed) offerParked(work);
}

/** A report of this very danger is being filled. */
function isDangerKnown({ state: { form }, talk }: Work): boolean {
  return form !== null && Boolean(talk.flows.find(({ name }) => name === form.flow)?.isUrgent?.(form.draft));
}

/** The last message was withdrawn: the state is as it was before, and what was asked then is asked again. */
function takenBack(work: Work) {
  work.steps.push({ say: { text: work.talk.say("dialogue.unsent") } });
  if (work.state.form) continueForm(work, [], true);
}

/** A form is parked, and this is a word to it: “làm tiếp”, an answer, or no more than a greeting. */
function comesBack(work: Work, wanted: string[]): boolean {
  const { choice, text, attachments } = work.turn;
  if (choice === FORGET) {
    work.state = { ...work.state, parked: null };
    work.steps.push({ say: { text: work.talk.say("dialogue.cancelled") } });
    return true;
  }
  if (choice === RESUME || isResume(text)) {
    unpark(work);
    continueForm(work, [], true);
    return true;
  }
  const isWord =
    !choice && (wanted.every((intent) => ANSWERING.has(intent)) || answersParked(work.state.parked!, work));
  if (isWord && !work.state.parked!.reminded && (text || attachments.length > 0)) {
    unpark(work);
    work.steps.push({ say: { text: work.talk.say("dialogue.backAgain") } });
    continueForm(work, wanted, false);
    return true;
  }
  return wanted.length > 0 && wanted.every((intent) => intent === "greeting") && offerParked(work);
}

/** An address, a picture: plainly what the parked form had asked for, whatever it reads like by itself. */
function answersParked({ flow, draft, asked }: OpenForm, { turn, talk }: Work): boolean {
  const found = talk.flows.find(({ name }) => name === flow)!;
  const heard = hear(found, draft, turn, talk.say, asked);
  return heard.sure && heard.filled.some(({ name }) => name === asked);
}

const ANSWERING = new Set(["affirm", "deny"]);

/** Zalo hands a tapped button back as if its payload had been typed. */
function payloadIn(text: string): string | null {
  return /^(?:intent|form|line|pick):[\w.:-]+(?: [\w-]+)*$/.test(text.trim()) ? text.trim() : null;
}

/** What the message asks for, strongest first. */
function intentsOf({ choice, understanding }: Turn): string[] {
  const asked = askedFor(choice);
  if (asked) return [asked.intent];
  if (choice) return [];
  return understanding.intents.map(({ name }) => name).filter((name) => name !== OUT_OF_SCOPE);
}

const SMALL_TALK = new Set(["greeting", "thanks", "goodbye", "praise", "affirm", "deny", "cancel"]);
const NO_MATTER = new Set([...SMALL_TALK, "complaint.service"]);

/** Anger without a wish in it: no classifier names it. */
const ABUSE = "abuse";
/** Words of anger in which nothing was understood. */
const MOST_OF_A_TIRADE = 12;

/** No form is open: answer what is asked, open the form that is wanted, or ask what was meant. */
function openTalk(work: Work, intents: string[]) {
  const { turn, talk } = work;
  if (isRestart(turn.text) && talk.answers("help")) return answer(work, ["help"]);
  if (turn.choice && intents.length === 0) return staleChoice(work);
  const isCalm = !isAbuse(turn.text, intents.length === 0 ? MOST_OF_A_TIRADE : undefined);
  if (!isCalm && talk.answers(ABUSE) && intents.every((intent) => NO_MATTER.has(intent)))
    return answer(work, [ABUSE]);
  if (intents.length === 0) return opensWithAttachment(work) || metKindly(work) || askWhatIsMeant(work);

  const matters = intents.filter((intent) => !SMALL_TALK.has(intent));
  const wanted = matters.length > 0 ? matters : intents;
  const forms = wanted.filter((intent) => flowFor(talk, intent));
  const questions = wanted.filter((intent) => !flowFor(talk, intent) && talk.answers(intent));
  if (forms.length === 0 && questions.length === 0) return askWhatIsMeant(work);
  if (questions.length > 0) answer(work, questions);
  if (questions.includes("human")) return; // a person takes it from here
  openForms(work, forms);
}

function answer(work: Work, intents: string[]) {
  work.steps.push(...intents.map((intent) => ({ answer: intent })));
  work.state = { ...work.state, misses: 0 };
}

/** The first form now, the others when it is done. */
function openForms(work: Work, intents: string[]) {
  const [first, ...others] = intents;
  if (!first) return;
  const flow = flowFor(work.talk, first)!;
  const later = others.filter((intent) => !(flow.isOneMatter && flowFor(work.talk, intent) === flow));
  const turn = openingTurn(work);
  const { text } = turn;
  const { entities } = turn.understanding;
  const waiting = [...work.state.waiting, ...later.map((intent) => ({ intent, text, entities }))];
  work.state = { ...work.state, waiting: waiting.slice(0, MOST_WAITING), unclear: null, misses: 0 };
  const notes = later.length > 0 ? [work.talk.say("dialogue.oneByOne")] : [];
  openForm(work, flow, first, turn, notes);
}

/** A number or a button stands for the message it explains, or for no words at all. */
function openingTurn({ turn, state }: Work): Turn {
  if (!turn.choice) return turn;
  const { text, entities } = state.unclear ?? { text: "", entities: [] as Entity[] };
  return { ...turn, text, understanding: { ...turn.understanding, text, entities } };
}

/** A picture or a place before any word: for what was spoken of, where that waits for it. */
function opensWithAttachment(work: Work): boolean {
  if (work.turn.attachments.length === 0) return false;
  const topic = topicAt(work.state, work.turn.at);
  const openings = work.talk.flows.flatMap((flow) => {
    const intent = flow.opensWith?.(work.turn);
    return intent ? [{ flow, intent }] : [];
  });
  const { flow, intent } = openings.find((each) => topic?.expects.includes(each.intent)) ?? openings[0] ?? {};
  if (!flow || !intent) return false;
  work.state = { ...work.state, unclear: null, misses: 0 };
  openForm(work, flow, intent, work.turn, [], topic);
  return true;
}

function staleChoice(work: Work) {
  work.steps.push({ say: { text: work.talk.say("dialogue.staleChoice") } });
}

// ── not understood: never a guess in silence ──

/** Two misses in a row, and a person is offered. */
const MISSES_BEFORE_PERSON = 2;
const LEAST_LIKELY = 0.08;
const NOTHING_OF_OURS = 0.6;

function askWhatIsMeant(work: Work) {
  const { turn, talk, state } = work;
  const { say } = talk;
  const misses = state.misses + 1;
  const { text } = turn;
  work.state = { ...state, misses, unclear: { text, entities: turn.understanding.entities } };
  const likely = likelyReadings(turn, talk);
  const help = { label: say("dialogue.somethingElse"), value: askFor("help") };
  if (misses >= MISSES_BEFORE_PERSON) {
    const person = { label: say("intents.human"), value: askFor("human") };
    work.steps.push({ say: withChoices(say("dialogue.offerPerson"), [...likely, person, help]) });
  } else if (likely.length > 0) {
    work.steps.push({ say: withChoices(say("dialogue.whichOne"), [...likely, help]) });
  } else if (talk.answers(OUT_OF_SCOPE)) {
    work.steps.push({ answer: OUT_OF_SCOPE });
  }
}

function likelyReadings({ understanding }: Turn, talk: Talk) {
  const [best] = understanding.readings;
  if (!best || (best.name === OUT_OF_SCOPE && best.confidence > NOTHING_OF_OURS)) return [];
  return understanding.readings
    .filter(({ name, confidence }) => confidence >= LEAST_LIKELY && isOnOffer(name, talk))
    .slice(0, 3)
    .map(({ name }) => ({ label: talk.say(`intents.${name}`), value: askFor(name) }));
}

function isOnOffer(intent: string, talk: Talk): boolean {
  if (SMALL_TALK.has(intent) || intent === OUT_OF_SCOPE || intent === "help" || intent === "human")
    return false;
  return talk.say.has(`intents.${intent}`) && Boolean(flowFor(talk, intent) ?? talk.answers(intent));
}
