/** What the assistant makes of a talk, in words for staff; and how it takes up a form again that was left. */
import type { Reply } from "../../channels/channel.ts";
import { ask } from "../../dialogue/form.ts";
import { readState, rememberOffers } from "../../dialogue/state.ts";
import type { DialogueState, Flow, Wording } from "../../dialogue/types.ts";
import type { LanguageEngine } from "../../language/index.ts";

export interface Understood {
  /** Readings of the last message with how sure, in percent; the strongest first. */
  readings: { label: string; percent: number }[];
  entities: string[];
  /** The form that is being filled, as its summary or its name. */
  form: string | null;
}

const MOST_READINGS = 3;
const FAINTEST = 0.02;

export function understood(
  engine: LanguageEngine,
  flows: Flow[],
  say: Wording,
  labelOf: (intent: string) => string,
  lastWords: string,
  dialogue: unknown,
): Understood {
  const { readings, entities } = lastWords
    ? engine.understand(lastWords.slice(0, 2000))
    : { readings: [], entities: [] };
  return {
    readings: readings
      .filter(({ confidence }) => confidence >= FAINTEST)
      .slice(0, MOST_READINGS)
      .map(({ name, confidence }) => ({
        label: labelOf(name),
        percent: Math.round(confidence * 100),
      })),
    entities: entities.map(({ text }) => text).slice(0, 12),
    form: openForm(dialogue, flows, say),
  };
}

const intentName = (name: string, say: Wording) =>
  say.has(`intents.${name}`) ? say(`intents.${name}`) : name;

function openForm(dialogue: unknown, flows: Flow[], say: Wording): string | null {
  const { form } = readState(dialogue, flows);
  const flow = flows.find(({ name }) => name === form?.flow);
  if (!form || !flow) return null;
  return intentName(flow.intentOf(form.draft), say);
}

/** The open question again, and the memory that knows it was asked; null where no form is open. */
export function takeUpAgain(
  dialogue: unknown,
  flows: Flow[],
  say: Wording,
): { reply: Reply; dialogue: DialogueState } | null {
  const state = readState(dialogue, flows);
  const flow = flows.find(({ name }) => name === state.form?.flow);
  if (!state.form || !flow) return null;
  const question = ask(flow, state.form.draft, state.form.asked, say);
  const reply = { ...question, text: `${say("dialogue.backToForm")}\n${question.text}` };
  return { reply, dialogue: rememberOffers(state, [reply]) };
}
