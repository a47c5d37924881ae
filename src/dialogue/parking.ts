/** A form left for long (two days, unless the office sets otherwise) is put aside, and offered again when its resident comes back. */
import { vi } from "../bilingual/index.ts";
import { settingGroup } from "../infra/setting-groups.ts";
import { ask, nextQuestion } from "./form.ts";
import { withChoices } from "./choices.ts";
import type { OpenForm, Wording } from "./types.ts";
import type { Talk, Work } from "./work.ts";

const HOUR = 3_600_000;

export const formTimes = settingGroup("dialogue.forms", {
  title: vi`Phản ánh viết dở`,
  meaning: vi`Người dân bỏ ngang khi đang khai một việc: trợ lý nhắc một lần, rồi cất lại, và hỏi có làm tiếp không khi họ nhắn lại.`,
  choices: {
    remindAfter: {
      ...{ kind: "number", label: vi`Nhắc sau`, unit: vi`giờ im lặng`, min: 0, max: 20, initial: 12 },
      meaning: vi`Ghi 0 thì không nhắc. Chỉ nhắc ban ngày, trong 22 giờ đầu; trên 12 giờ thì người bỏ dở buổi sáng có thể không được nhắc.`,
    },
    parkAfter: {
      ...{ kind: "number", label: vi`Cất lại sau`, unit: vi`giờ im lặng`, min: 1, max: 336, initial: 48 },
      meaning: vi`Tin đến sau đó được hiểu như chuyện mới; việc dở được hỏi lại một lần.`,
    },
    forgetAfter: {
      ...{ kind: "number", label: vi`Bỏ hẳn sau`, unit: vi`ngày`, min: 1, max: 365, initial: 30 },
      meaning: vi`Việc dở không ai trở lại thì không hỏi nữa.`,
    },
  },
});

export const RESUME = "form:resume";
export const FORGET = "form:forget";

/** Puts the open form aside when it has been silent too long. */
export function parkStale(work: Work): void {
  const { form, parked } = work.state;
  const [parkAfter, forgetAfter] = [
    formTimes.value.parkAfter * HOUR,
    formTimes.value.forgetAfter * 24 * HOUR,
  ];
  const age = (kept: OpenForm) => work.turn.at.getTime() - Date.parse(kept.at);
  if (parked && age(parked) > forgetAfter) work.state = { ...work.state, parked: null };
  if (!form || !(age(form) > parkAfter)) return;
  const kept = { ...form, reminded: false };
  const isWorthKeeping = flowOf(work.talk, form)?.holds(form.draft) && age(form) <= forgetAfter;
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
