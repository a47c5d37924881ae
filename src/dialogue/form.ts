/** What a form does with one message: hear every slot it speaks of, then say which question is next. */
import type { Reply } from "../channels/channel.ts";
import { foldDiacritics } from "../language/index.ts";
import { withChoices } from "./choices.ts";
import { CANCEL, CHANGE, CONFIRM } from "./types.ts";
import { topicAt } from "./topic.ts";
import type { DialogueState, Draft, Flow, Hearing, Slot, Turn, Wording } from "./types.ts";

/** The first slot still open, else the confirmation; null when there is nothing left to ask. */
export function nextQuestion(flow: Flow, draft: Draft): string | null {
  const open = flow.slots.find((slot) => slot.isOpen(draft));
  return open?.name ?? (flow.confirms && !flow.isAgreed?.(draft) ? CONFIRM : null);
}

export function slotOf(flow: Flow, question: string | null): Slot | undefined {
  return flow.slots.find(({ name }) => name === question);
}

export interface HeardForm {
  draft: Draft;
  /** Slots that took something from the message. */
  filled: Slot[];
  sure: boolean;
  notes: string[];
  problem: string | null;
}

/** Lets the asked slot hear first, then every other that is still open or goes on hearing. */
export function hear(
  flow: Flow,
  start: Draft,
  turn: Turn,
  say: Wording,
  asked: string | null,
  beside: Hearing = "beside",
): HeardForm {
  const result: HeardForm = { draft: start, filled: [], sure: false, notes: [], problem: null };
  const inOrder = [...flow.slots].sort(
    (one, other) => Number(other.name === asked) - Number(one.name === asked),
  );
  for (const slot of inOrder) {
    const isAsked = slot.name === asked;
    if (!isAsked && !slot.isOpen(result.draft) && !slot.keepsHearing) continue;
    const heard = slot.hears(turn, result.draft, say, isAsked ? "asked" : beside);
    if (!heard) continue;
    if ("problem" in heard) {
      result.problem ??= heard.problem;
      continue;
    }
    result.draft = heard.fill;
    result.filled.push(slot);
    result.sure ||= heard.sure ?? false;
    if (heard.note) result.notes.push(heard.note);
  }
  return result;
}

/** The question in words. */
export function ask(flow: Flow, draft: Draft, question: string, say: Wording): Reply {
  switch (question) {
    case CONFIRM:
      return withChoices(flow.confirms?.(draft, say) ?? "", confirmChoices(flow, say));
    case CHANGE:
      return withChoices(say("dialogue.whichLine"), changeChoices(flow, say));
    case CANCEL:
      return withChoices(say("dialogue.cancelSure"), [
        { label: say("dialogue.cancelYes"), value: "form:cancel" },
        { label: say("dialogue.cancelNo"), value: "form:keep" },
      ]);
    default:
      return slotOf(flow, question)!.asks(draft, say);
  }
}

/** A form without a line to change is only done or dropped. */
export function confirmChoices({ slots, confirmLabel }: Flow, say: Wording) {
  const change = { label: say("dialogue.change"), value: "form:change" };
  return [
    { label: confirmLabel?.(say) ?? say("dialogue.send"), value: "form:send" },
    ...(slots.some(({ label }) => label) ? [change] : []),
    { label: say("dialogue.cancel"), value: "form:cancel" },
  ];
}

function changeChoices(flow: Flow, say: Wording) {
  const lines = flow.slots.flatMap(({ name, label }) =>
    label ? [{ label: label(say), value: `line:${name}` }] : [],
  );
  return [...lines, { label: say("dialogue.changeNothing"), value: "form:keep" }];
}

/** A filled line that the message gives anew: "à không, đường Đồng Khởi". */
export function replaceLine(flow: Flow, draft: Draft, turn: Turn, say: Wording): HeardForm | null {
  for (const slot of flow.slots) {
    if (!slot.label || slot.isOpen(draft) || slot.keepsHearing) continue;
    const heard = slot.hears(turn, slot.clears(draft), say, "beside");
    if (heard && "fill" in heard) {
      return {
        draft: heard.fill,
        filled: [slot],
        sure: true,
        notes: heard.note ? [heard.note] : [],
        problem: null,
      };
    }
  }
  return null;
}

/** The line a resident names: "sửa địa chỉ". */
export function namedLine(flow: Flow, text: string): Slot | undefined {
  const folded = foldDiacritics(text.slice(0, 400));
  return flow.slots.find(({ label, named }) => label && named?.test(folded));
}

/** What was noted, before what is asked. */
export function withNotes(notes: string[], reply: Reply): Reply {
  return notes.length === 0 ? reply : { ...reply, text: [...notes, reply.text].join("\n") };
}

/** Intents that would answer the open question: the classifier gives them the benefit of the doubt. */
export function expectedIntents(state: DialogueState, flows: Flow[], now: Date): string[] {
  const { form } = state;
  if (!form) return topicAt(state, now)?.expects ?? [];
  if (form.asked.startsWith(":")) return ["affirm", "deny", "cancel"];
  const flow = flows.find(({ name }) => name === form.flow);
  return (flow && slotOf(flow, form.asked)?.expects) ?? [];
}
