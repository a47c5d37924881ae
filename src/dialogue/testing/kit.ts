/** A small form and a plain wording, to test the engine without a city. */
import type { Reply } from "../../channels/channel.ts";
import type { Reading, Understanding } from "../../language/index.ts";
import { withChoices } from "../choices.ts";
import { rememberOffers, emptyState } from "../state.ts";
import { takeTurn } from "../turn.ts";
import type { DialogueState, Flow, HeardAttachment, Step, Turn, Wording } from "../types.ts";
import type { Talk } from "../work.ts";

export interface BoatDraft extends Record<string, unknown> {
  kind: string;
  name: string | null;
  colour: string | null;
  photos: number;
  photosAsked: boolean;
}

const COLOURS = ["Đỏ", "Xanh", "Vàng"];

/** "Đăng ký ghe": a name in free words, a colour of three, pictures or none. */
export const boatFlow: Flow<BoatDraft> = {
  name: "boat",
  opens: ["boat.*"],
  opensWith: ({ attachments }) => (attachments.some(({ type }) => type === "image") ? "boat.other" : null),
  begins: (kind) => ({ kind, name: null, colour: null, photos: 0, photosAsked: false }),
  reads: (kept) => (typeof (kept as BoatDraft).kind === "string" ? (kept as BoatDraft) : null),
  intentOf: ({ kind }) => kind,
  narrows: (draft, intent) =>
    draft.kind === "boat.other" && intent.startsWith("boat.") ? { ...draft, kind: intent } : draft,
  diverts: ({ name }) => (name?.includes("chìm") ? [{ say: { text: "Gọi 112" } }] : null),
  holds: ({ name, photos }) => name !== null || photos > 0,
  slots: [
    {
      name: "name",
      isOpen: ({ name }) => name === null,
      asks: () => ({ text: "Ghe tên gì?" }),
      hears({ text }, draft, _say, when) {
        if (when === "beside" || !text) return null;
        if (when === "opening") {
          const name = /tên (\S+)/.exec(text)?.[1];
          return name ? { fill: { ...draft, name } } : null;
        }
        return text.length < 2 ? { problem: "Tên ngắn quá." } : { fill: { ...draft, name: text } };
      },
      clears: (draft) => ({ ...draft, name: null }),
      label: () => "Tên",
      named: /ten/,
    },
    {
      name: "colour",
      isOpen: ({ colour }) => colour === null,
      asks: () =>
        withChoices(
          "Màu gì?",
          COLOURS.map((label) => ({ label, value: `colour:${label}` })),
        ),
      hears({ choice, text }, draft) {
        const said = COLOURS.find(
          (colour) => choice === `colour:${colour}` || text.includes(`màu ${colour}`),
        );
        return said ? { fill: { ...draft, colour: said }, sure: true } : null;
      },
      clears: (draft) => ({ ...draft, colour: null }),
      label: () => "Màu",
      named: /mau/,
    },
    {
      name: "photos",
      isOpen: ({ photosAsked }) => !photosAsked,
      asks: () => ({ text: "Gửi hình?" }),
      hears({ attachments }, draft) {
        const added = attachments.filter(({ type }) => type === "image").length;
        if (added === 0) return null;
        return { fill: { ...draft, photos: draft.photos + added, photosAsked: true }, sure: true };
      },
      skips: (draft) => ({ ...draft, photosAsked: true }),
      keepsHearing: true,
      clears: (draft) => ({ ...draft, photos: 0, photosAsked: false }),
      label: () => "Hình",
      named: /hinh/,
    },
  ],
  confirms: ({ name, colour, photos }) => `Ghe ${name}, màu ${colour}, ${photos} hình. Gửi?`,
  finish: (draft) => ({ type: "boat.register", data: draft }),
};

/** Wording that says its own key, so a test reads what was meant. */
export const plainWording: Wording = Object.assign(
  (key: string, values: Record<string, string | number> = {}) =>
    ({ "dialogue.send": "Gửi", "dialogue.change": "Sửa lại", "dialogue.cancel": "Bỏ" })[key] ??
    [key, ...Object.values(values)].join(" "),
  { has: (key: string) => key.startsWith("intents."), language: "vi" as const },
);

export const talk: Talk = {
  flows: [boatFlow],
  say: plainWording,
  answers: (intent) =>
    /^(greeting|thanks|help|human|abuse|emergency|tide\.\w+|out_of_scope|affirm|deny|cancel|media\.\w+)$/.test(
      intent,
    ),
};

export function turnOf(said: Partial<Turn> & { intents?: string[]; readings?: Reading[] }): Turn {
  const {
    text = "",
    choice = null,
    attachments = [],
    intents = [],
    at = new Date("2026-11-24T02:00:00Z"),
  } = said;
  const understood = intents.map((name) => ({ name, confidence: 0.9 }));
  const understanding: Understanding = {
    text,
    readings: said.readings ?? understood,
    intents: understood.length > 0 ? understood : [{ name: "out_of_scope", confidence: 0.5 }],
    entities: [],
    language: "vi",
  };
  return { text, choice, attachments, understanding, at };
}

export const photo = (attachmentId = "1"): HeardAttachment => ({
  type: "image",
  url: "https://x/1.jpg",
  attachmentId,
});

/** A talk that remembers, as the handler keeps it: what was said and done, as short lines. */
export function talkWith(start: DialogueState = emptyState()) {
  const conversation = {
    state: start,
    says(text: string, ...intents: string[]): string[] {
      return conversation.does(turnOf({ text, intents }));
    },
    does(turn: Turn): string[] {
      const { state, steps } = takeTurn(conversation.state, turn, talk);
      const replies = steps.map(replyOf);
      conversation.state = rememberOffers(state, replies);
      return replies.map(({ text }) => text);
    },
  };
  return conversation;
}

function replyOf(step: Step): Reply {
  if ("say" in step) return step.say;
  if ("answer" in step) return { text: `«${step.answer}»` };
  return { text: `!${step.effect.type}` };
}
