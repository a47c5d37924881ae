/**
 * One stored event, from what it says to what is answered, inside the turn's transaction. An ordinary message
 * costs two writes: the conversation's row and its replies.
 */
import type { Reply } from "../../channels/channel.ts";
import type { ConversationRow, EventHandler, StoredEvent } from "../../channels/drain.ts";
import { queueReplies } from "../../channels/queue-replies.ts";
import { askedFor, pickChoice, withoutChoices, yesOrNo } from "../../dialogue/choices.ts";
import { expectedIntents } from "../../dialogue/form.ts";
import { readState, rememberOffers } from "../../dialogue/state.ts";
import { takeTurn } from "../../dialogue/turn.ts";
import { topicAt } from "../../dialogue/topic.ts";
import type { DialogueState, Language, Step, Topic, Turn } from "../../dialogue/types.ts";
import type { WordingBook } from "../../dialogue/wording.ts";
import type { Clock } from "../../infra/clock.ts";
import type { Tx } from "../../infra/db.ts";
import {
  OUT_OF_SCOPE,
  type Gazetteer,
  type LanguageEngine,
  type Understanding,
} from "../../language/index.ts";
import { keepCandidate, keepCorrection } from "../../residents/candidates.ts";
import { askName } from "../../residents/names.ts";
import type { Feature, TurnContext } from "../feature.ts";
import { bringTogether } from "./catalogue.ts";
import { noteEvent } from "./events.ts";
import { type Spoken, spokenIn } from "./hearing.ts";
import { firstContactNotice } from "./notice.ts";
import { skillOfTalk } from "./skills.ts";
import { beginWait, countHeard, keepHeard, keepTurn, updateResident } from "./store.ts";

export interface TurnHandlerParts {
  features: Feature[];
  engine: LanguageEngine;
  wording: WordingBook;
  clock: Clock;
  /** Names the running service knows besides the shipped ones. */
  gazetteer?: () => Gazetteer;
}

export function createTurnHandler({
  features,
  engine,
  wording,
  clock,
  gazetteer,
}: TurnHandlerParts): EventHandler {
  const catalogue = bringTogether(features);
  const { flows } = catalogue;

  return async function handleEvent(tx, row, stored, event) {
    await noteEvent(tx, row, event, stored.occurredAt);
    for (const { hears } of features) await hears?.[event.kind]?.(tx, row.residentId, stored.occurredAt);
    const state = readState(row.dialogue, flows, languageIn(row));
    const spoken = spokenIn(event, stored, state, row.noticeVersion === firstContactNotice.value.version);
    if (!spoken) return;
    const understanding = understand(spoken);
    const turn: Turn = { ...spoken, understanding, at: stored.occurredAt };
    if (row.state === "waiting" || row.state === "staff") await hearInSilence(tx, row, stored, turn);
    else await answer(tx, row, stored, spoken, turn);
  };

  async function answer(tx: Tx, row: ConversationRow, stored: StoredEvent, spoken: Spoken, heard: Turn) {
    const { language } = heard.understanding;
    const { context, calls } = contextFor(tx, row, language, spoken.state);
    const explained = meant(heard, spoken.state);
    await keepUnclear(tx, row.residentId, heard, explained, spoken.state);
    const turn = await recognised(explained, spoken.state, context);
    const isAnswer = Boolean(spoken.state.form) || Boolean(turn.choice) || !turn.text;
    const understood = isAnswer ? null : isSure(turn.understanding);
    const talk = {
      flows,
      answers: (intent: string) => Boolean(catalogue.answerFor(intent)),
      say: context.say,
    };
    let result = takeTurn({ ...spoken.state, language }, turn, talk);
    while (result.lookup) {
      const { type, data, then } = result.lookup;
      result = then(await catalogue.lookupFor(type)(data, context));
    }
    const { state, steps } = result;
    context.isFormOpen = state.form !== null;
    context.isSettled = isClearedUp(heard, spoken.state);
    const answers = await carryOut(steps, turn, context);
    const replies = isUrgent(steps) ? answers : await withNews(answers, Boolean(state.form), context);
    const dialogue = {
      ...rememberOffers(state, replies),
      topic: calls.topic ?? state.topic,
      last: lastOf(spoken, steps),
    };
    const person = calls.silent ?? calls.beside ?? null;
    await keepTurn(tx, row.id, {
      state: calls.silent ? "waiting" : "bot",
      dialogue,
      heard: { unitCode: row.unitCode, at: stored.occurredAt, understood },
      person,
      skill: person ? skillOfTalk(turn, dialogue, flows) : null,
      now: clock.now(),
    });
    if (person) await beginWait(tx, row.id, row.unitCode, clock.now());
    const shown = context.isFirstContact && replies.length > 0;
    await keepResident(tx, row, language, shown);
    await queue(tx, row, stored, shown ? withNotice(replies, steps, context) : replies);
  }

  /** For training, of who agreed to it: an unclear message, or what the resident says the one before meant. */
  async function keepUnclear(tx: Tx, residentId: bigint, heard: Turn, turn: Turn, state: DialogueState) {
    const chosen = chosenMeaning(heard, state);
    if (chosen) return keepCorrection(tx, residentId, chosen.unclear, chosen.intent);
    const { text, choice, understanding } = turn;
    if (state.form || !text || choice || isSure(understanding) || catalogue.namedByCode(text)) return;
    if (catalogue.followUp(turn, topicAt(state, clock.now()))) return;
    await keepCandidate(tx, residentId, understanding, engine.modelVersion);
  }

  /** A code or what was spoken of last tells what is meant; and what the classifier is unsure of, a feature may know by name. */
  async function recognised(turn: Turn, { form }: DialogueState, context: TurnContext): Promise<Turn> {
    if (form || !turn.text || turn.choice) return turn;
    const named = catalogue.namedByCode(turn.text);
    const choice = named ? null : catalogue.followUp(turn, context.topic);
    if (choice) return { ...turn, choice };
    if (!named && isSure(turn.understanding)) return turn;
    const intent = named ?? (await catalogue.recognise(turn, context));
    if (!intent) return turn;
    const intents = [{ name: intent, confidence: RECOGNISED }];
    return { ...turn, understanding: { ...turn.understanding, intents } };
  }

  /** A person holds the talk: the bot says nothing, unless somebody is in danger. */
  async function hearInSilence(tx: Tx, row: ConversationRow, stored: StoredEvent, turn: Turn) {
    await keepHeard(tx, row.id, stored.occurredAt);
    await countHeard(tx, row.unitCode, stored.occurredAt);
    if (!turn.understanding.intents.some(({ name }) => name === "emergency")) return;
    const { context } = contextFor(tx, row, languageIn(row), null);
    await queue(tx, row, stored, await carryOut([{ answer: "emergency" }], turn, context));
  }

  function understand({ text, choice, state }: Spoken): Understanding {
    if (!text || choice) return { text, readings: [], intents: [], entities: [], language: state.language };
    const known = gazetteer?.();
    const now = clock.now();
    const options = { expecting: expectedIntents(state, flows, now), now, talk: state.language };
    return engine.understand(text, known ? { ...options, gazetteer: known } : options);
  }

  async function carryOut(steps: Step[], turn: Turn, context: TurnContext): Promise<Reply[]> {
    const replies: Reply[] = [];
    for (const step of steps) {
      if ("say" in step) {
        if (!(step.unlessAsked && replies.at(-1)?.choices)) replies.push(step.say);
      } else if ("answer" in step) replies.push(...(await catalogue.answerFor(step.answer)!(turn, context)));
      else replies.push(...(await catalogue.deedFor(step.effect.type)(step.effect.data, context)));
    }
    return replies.map((reply, index) => (index < replies.length - 1 ? withoutChoices(reply) : reply));
  }

  /** What happened meanwhile: after the answer, unless that one asks something. */
  async function withNews(answers: Reply[], isAsking: boolean, context: TurnContext): Promise<Reply[]> {
    const mayAsk = !isAsking && !answers.at(-1)?.choices;
    const news = await catalogue.news(context, mayAsk);
    return mayAsk ? [...answers, ...news] : [...news, ...answers];
  }

  function contextFor(tx: Tx, row: ConversationRow, language: Language, state: DialogueState | null) {
    const calls: { silent?: string; beside?: string; topic?: Topic } = {};
    const now = clock.now();
    const context: TurnContext = {
      tx,
      conversationId: row.id,
      residentId: row.residentId,
      accountId: row.accountId,
      channel: row.channel,
      unitCode: row.unitCode,
      unitName: row.unitName,
      say: wording.in(language),
      now,
      topic: state && topicAt(state, now),
      setTopic: (name, about, expects = []) =>
        (calls.topic = { name, about, expects, at: now.toISOString() }),
      isFirstContact: row.noticeVersion !== firstContactNotice.value.version,
      isFormOpen: false,
      isSettled: false,
      menu: catalogue.menu,
      callPerson: (reason, how = "silent") => (calls[how] = reason),
    };
    return { context, calls };
  }

  async function keepResident(tx: Tx, row: ConversationRow, language: Language, noticeShown: boolean) {
    if (!noticeShown && language === row.language) return;
    const notice = noticeShown
      ? { noticeVersion: firstContactNotice.value.version, noticeAt: clock.now() }
      : {};
    await updateResident(tx, row.residentId, { language, ...notice });
    if (noticeShown) await askName(tx, row.residentId);
  }
}

async function queue(tx: Tx, row: ConversationRow, stored: StoredEvent, replies: Reply[]) {
  const { accountId, id: conversationId, residentExternalId } = row;
  const to = { accountId, conversationId, recipient: { user: residentExternalId } };
  await queueReplies(tx, to, replies, { author: "bot", answersId: stored.id });
}

/** Readings less sure than this are worth a second opinion. */
const UNSURE = 0.9;
const RECOGNISED = 0.9;

function isSure({ readings, intents }: Understanding): boolean {
  if (intents.some(({ name }) => name === "emergency")) return true;
  return intents[0]?.name !== OUT_OF_SCOPE && (readings[0]?.confidence ?? 0) >= UNSURE;
}

/** A number stands for a choice; a choice may say what the message before was about, and that is then what is answered. */
function meant(turn: Turn, state: DialogueState): Turn {
  const chosen = chosenMeaning(turn, state);
  if (!chosen) return { ...turn, choice: choiceIn(turn, state) };
  const { intent, unclear } = chosen;
  const intents = [{ name: intent, confidence: 1 }];
  const understanding = { ...turn.understanding, ...unclear, intents, readings: intents };
  return { ...turn, choice: null, text: unclear.text, understanding };
}

/** The reading picked for the message that was not understood, if this turn picks one. */
function chosenMeaning(turn: Turn, state: DialogueState) {
  const { misses, unclear } = state;
  const asked = askedFor(choiceIn(turn, state));
  if (misses === 0 || !unclear || !asked || asked.about || asked.intent === "help") return null;
  return { intent: asked.intent, unclear };
}

const choiceIn = ({ choice, text, understanding }: Turn, { offered }: DialogueState) =>
  choice ?? pickChoice(text, offered)?.value ?? yesOrNo(understanding, offered);

/** What the resident had meant is known now, and it was not that the bot should step aside. */
function isClearedUp(turn: Turn, state: DialogueState): boolean {
  const chosen = chosenMeaning(turn, state);
  return chosen !== null && chosen.intent !== "human";
}

/** Who we are, to whom has not read it: before everything but a number to call. */
function withNotice(replies: Reply[], steps: Step[], { say, unitName }: TurnContext): Reply[] {
  const urgent = isUrgent(steps) ? 1 : 0;
  const notice = { text: say("conversations.notice", { unit: unitName }) };
  return [...replies.slice(0, urgent), notice, ...replies.slice(urgent)];
}

/** A number to call was the first thing to say. */
const isUrgent = ([first]: Step[]) =>
  first !== undefined && "answer" in first && first.answer === "emergency";

/** What an edit of this message would take back; nothing once a deed was done for it. */
function lastOf({ messageId, state }: Spoken, steps: Step[]): DialogueState["last"] {
  if (!messageId || steps.some((step) => "effect" in step)) return null;
  const { form, parked, offered, waiting, unclear, misses } = state;
  return { messageId, before: { form, parked, offered, waiting, unclear, misses } };
}

const languageIn = (row: ConversationRow): Language => (row.language === "en" ? "en" : "vi");
