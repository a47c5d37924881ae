/** Two short forms: which dossier; and, for more than its state, the last digits of the phone it was filed with. */
import { withChoices, askFor, askedFor } from "../../dialogue/choices.ts";
import type { Flow, Heard, Slot, Turn, Wording } from "../../dialogue/types.ts";
import { readCode } from "./code.ts";

export interface StatusDraft extends Record<string, unknown> {
  code: string | null;
  /** The picture of a receipt, to be read. */
  photo: string | null;
}

const codeSlot: Slot<StatusDraft> = {
  name: "code",
  isOpen: ({ code, photo }) => code === null && photo === null,
  asks: (_draft, say) => ({ text: say("dossiers.askCode") }),
  hears(turn, draft, say, when): Heard<StatusDraft> | null {
    const photo = turn.attachments.find(
      ({ type, attachmentId }) => type === "image" && attachmentId !== null,
    );
    if (photo) return { fill: { ...draft, photo: photo.attachmentId }, sure: true };
    const code = namedCode(turn);
    if (code) return { fill: { ...draft, code }, sure: true };
    if (when !== "asked" || !turn.text || turn.choice) return null;
    const read = readCode(turn.text, turn.at);
    if ("code" in read) return { fill: { ...draft, code: read.code }, sure: read.isChecked };
    return problemOf(read.problem, turn.text, say);
  },
  clears: (draft) => ({ ...draft, code: null, photo: null }),
  expects: ["dossier.status"],
};

function namedCode({ understanding, choice, at }: Turn): string | null {
  const about = askedFor(choice)?.about;
  const named = about ?? understanding.entities.find(({ type }) => type === "dossier_code")?.value;
  if (typeof named !== "string") return null;
  const read = readCode(named, at);
  return "code" in read ? read.code : null;
}

function problemOf(problem: "not_a_code" | "no_such_day" | "future_day", text: string, say: Wording) {
  if (problem === "not_a_code") return /\d/.test(text) ? { problem: say("dossiers.notACode") } : null;
  return { problem: say(problem === "no_such_day" ? "dossiers.noSuchDay" : "dossiers.futureDay") };
}

export const statusFlow: Flow<StatusDraft> = {
  name: "dossier",
  opens: ["dossier.status"],
  begins: () => ({ code: null, photo: null }),
  reads: (kept) => {
    const { code = null, photo = null } = (kept ?? {}) as Partial<StatusDraft>;
    return { code, photo };
  },
  slots: [codeSlot],
  intentOf: () => "dossier.status",
  holds: () => false,
  finish: ({ code, photo }) => ({ type: "dossier.find", data: { code, photo } }),
};

export interface DetailsDraft extends Record<string, unknown> {
  code: string | null;
  digits: string | null;
}

export const detailsFlow: Flow<DetailsDraft> = {
  name: "dossier-details",
  opens: ["dossier.details"],
  begins: (_intent, topic) => {
    const code = topic?.name === "dossier" ? (topic.about as { code?: string }).code : null;
    return { code: code ?? null, digits: null };
  },
  reads: (kept) => {
    const { code = null, digits = null } = (kept ?? {}) as Partial<DetailsDraft>;
    return { code, digits };
  },
  slots: [
    {
      name: "code",
      isOpen: ({ code }) => code === null,
      asks: (_draft, say) => ({ text: say("dossiers.askCode") }),
      hears(turn, draft, say, when) {
        const heard = codeSlot.hears(turn, { code: null, photo: null }, say, when);
        if (!heard || "problem" in heard) return heard;
        return heard.fill.code === null ? null : { fill: { ...draft, code: heard.fill.code }, sure: true };
      },
      clears: (draft) => ({ ...draft, code: null }),
    },
    {
      name: "digits",
      isOpen: ({ digits }) => digits === null,
      asks: (_draft, say) =>
        withChoices(say("dossiers.askDigits"), [{ label: say("intents.human"), value: askFor("human") }]),
      hears({ text, choice }, draft, say, when) {
        if (when !== "asked" || choice || !text) return null;
        const digits = /(?:^|\D)(?:\+?\d[\s.]*)*?(\d{4})\D*$/.exec(text.replace(/[\s.-]/g, ""))?.[1];
        if (digits) return { fill: { ...draft, digits }, sure: true };
        return /\d/.test(text) ? { problem: say("dossiers.fourDigits") } : null;
      },
      clears: (draft) => ({ ...draft, digits: null }),
    },
  ],
  intentOf: () => "dossier.details",
  holds: () => false,
  finish: ({ code, digits }) => ({ type: "dossier.details", data: { code, digits } }),
};
