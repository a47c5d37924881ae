/** After a report is resolved: how content its reporter is, and opening it again when it is not done. Two short forms. */
import { z } from "zod";
import { askedFor, withChoices } from "../../dialogue/choices.ts";
import type { Flow, Slot, Turn, Wording } from "../../dialogue/types.ts";
import type { TurnContext } from "../feature.ts";
import { findByCode, rate, reopen } from "./store.ts";

export const RATE = "aftercare.rate";
export const REOPEN = "aftercare.reopen";

/** `words` null: not asked yet; "": nothing to add. */
const draftShape = z.object({
  code: z.string().nullable(),
  rating: z.union([z.literal(1), z.literal(2), z.literal(3)]).nullable(),
  words: z.string().max(1000).nullable(),
});
type Draft = z.output<typeof draftShape>;
const empty: Draft = { code: null, rating: null, words: null };

/** "intent:aftercare.rate PA-2611-00042 3", as offered with the news. */
function tapped({ choice }: Turn): string[] {
  const asked = askedFor(choice);
  return asked && (asked.intent === RATE || asked.intent === REOPEN) ? (asked.about?.split(" ") ?? []) : [];
}

const codeSlot: Slot<Draft> = {
  name: "code",
  isOpen: ({ code }) => code === null,
  asks: (_, say) => ({ text: say("reports.rating.which") }),
  hears(turn, draft) {
    const said = turn.understanding.entities.find(({ type }) => type === "report_code")?.value;
    const code = tapped(turn)[0] ?? (typeof said === "string" ? said : undefined);
    return code ? { fill: { ...draft, code }, sure: true } : null;
  },
  clears: (draft) => ({ ...draft, code: null }),
};

const ratingSlot: Slot<Draft> = {
  name: "rating",
  isOpen: ({ rating }) => rating === null,
  asks: ({ code }, say) =>
    withChoices(
      say("reports.rating.howWell"),
      [3, 2, 1].map((rating) => ({
        label: say(`reports.rating.${rating}`),
        value: `intent:${RATE} ${code} ${rating}`,
      })),
    ),
  hears(turn, draft) {
    const rating = draftShape.shape.rating.safeParse(Number(tapped(turn)[1]));
    return rating.success && rating.data ? { fill: { ...draft, rating: rating.data }, sure: true } : null;
  },
  clears: (draft) => ({ ...draft, rating: null }),
};

const wordsSlot = (asks: (draft: Draft, say: Wording) => string): Slot<Draft> => ({
  name: "words",
  takesWords: true,
  isOpen: ({ words }) => words === null,
  asks: (draft, say) => ({ text: asks(draft, say) }),
  hears: ({ text }, draft, _say, when) =>
    when === "asked" && text ? { fill: { ...draft, words: text.slice(0, 1000) } } : null,
  clears: (draft) => ({ ...draft, words: null }),
  skips: (draft) => ({ ...draft, words: "" }),
});

const form = (name: string, slots: Slot<Draft>[]): Flow<Draft> => ({
  name,
  opens: [name],
  begins: () => empty,
  reads: (kept) => draftShape.safeParse(kept).data ?? null,
  slots,
  intentOf: () => name,
  holds: () => false,
  finish: (draft) => ({ type: name, data: { ...draft } }),
});

export const aftercareFlows = [
  form(RATE, [
    codeSlot,
    ratingSlot,
    wordsSlot(({ rating }, say) =>
      rating === 1 ? say("reports.rating.why") : say("reports.rating.comment"),
    ),
  ]),
  form(REOPEN, [codeSlot, wordsSlot((_, say) => say("reports.rating.why"))]),
] as unknown as Flow[];

async function ownReport({ tx, residentId }: TurnContext, code: string) {
  const report = await findByCode(tx, code, residentId);
  return report?.own ? report : null;
}

export const aftercareEffects = {
  async [RATE](data: Record<string, unknown>, context: TurnContext) {
    const { code, rating, words } = draftShape.parse(data);
    const { tx, residentId, say, now } = context;
    const report = await ownReport(context, code!);
    const refusal = report
      ? await rate(tx, report.id, residentId, { rating: rating!, comment: words || null, at: now })
      : "not_yours";
    if (!refusal && rating !== 1) context.isSettled = true;
    return [
      {
        text: refusal
          ? say(`reports.rating.${refusal}`, { code: code! })
          : say("reports.rating.thanks", { code: code! }),
      },
    ];
  },
  async [REOPEN](data: Record<string, unknown>, context: TurnContext) {
    const { code, words } = draftShape.parse(data);
    const { tx, residentId, say, now } = context;
    const report = await ownReport(context, code!);
    const refusal = report
      ? await reopen(tx, report.id, residentId, { note: words || null, at: now })
      : "not_yours";
    if (refusal) return [{ text: say(`reports.rating.${refusal}`, { code: code! }) }];
    return [{ text: say("reports.rating.reopened", { code: code!, unit: report!.unitName }) }];
  },
};
