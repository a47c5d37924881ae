/** A form left for two days is put aside, and offered again when its resident comes back. */
import { ask, nextQuestion } from "./form.ts";
import { withChoices } from "./choices.ts";
import type { OpenForm, Wording } from "./types.ts";
import type { Talk, Work } from "./work.ts";

const HOUR = 3_600_000;
/** After this much silence what is written next is heard afresh. */
const PARK_AFTER = 48 * HOUR;
/** What nobody came back to is let go. */
const FORGET_AFTER = 30 * 24 * HOUR;

export const RESUME = "form:resume";
export const FORGET = "form:forget";

/** Puts the open form aside when it has been silent too long. */
export function parkStale(work: Work): void {
  const { form, parked } = work.state;
  const age = (kept: OpenForm) => work.turn.at.getTime() - Date.parse(kept.at);
  if (parked && age(parked) > FORGET_AFTER) work.state = { ...work.state, parked: null };
  if (!form || !(age(form) > PARK_AFTER)) return;
  const kept = { ...form, reminded: false };
  const isWorthKeeping = flowOf(work.talk, form)?.holds(form.draft) && age(form) <= FORGET_AFTER;
  work.state = { ...work.state, form: null, parked: isWorthKeeping ? kept : work.state.parked, misses: 0 };
}

/** Takes the parked form up again; its question stands as it was, to be heard or asked. */
export function unpark(work: Work): void {
  const form = { ...work.state.parked!, reminded: false, at: work.turn.at.toISOString() };
  work.state = { ...work.state, form, parked: null, misses: 0 };
}

/** Offers the parked form once, where nothing else is asked. @returns whether it did. */
export function offerParked(work: Work): boolean {
  const { parked, form } = work.state;
  if (!parked || parked.reminded || form) return false;
  const { say } = work.talk;
  work.state = { ...work.state, parked: { ...parked, reminded: true } };
  work.steps.push({
    unlessAsked: true,
    say: withChoices(say("dialogue.parked", { matter: matterOf(work.talk, parked, say) }), [
      { label: say("dialogue.resume"), value: RESUME },
      { label: say("dialogue.forget"), value: FORGET },
    ]),
  });
  return true;
}

/** “đèn đường hư”: what a form is about, in a few words. */
export function matterOf(talk: Pick<Talk, "flows">, { flow, draft }: OpenForm, say: Wording): string {
  const found = talk.flows.find(({ name }) => name === flow)!;
  const key = `intents.${found.intentOf(draft)}`;
  return found.isAbout?.(draft, say) ?? (say.has(key) ? say(key).toLowerCase() : "");
}

/** The question a form waits on, for a reminder. */
export function questionOf(talk: Pick<Talk, "flows">, form: OpenForm, say: Wording) {
  const flow = talk.flows.find(({ name }) => name === form.flow)!;
  return ask(flow, form.draft, form.asked || nextQuestion(flow, form.draft)!, say);
}

const flowOf = (talk: Talk, { flow }: OpenForm) => talk.flows.find(({ name }) => name === flow);
