/** Two short forms on a report already filed: more pictures or words for it, and another kind while nobody took it on. */
import { z } from "zod";
import { askedFor } from "../../dialogue/choices.ts";
import type { Flow, Slot, Turn } from "../../dialogue/types.ts";
import { isNo, isSkip } from "../../dialogue/words.ts";
import { emptyDraft } from "./draft.ts";
import { isCategory } from "./categories.ts";
import { categorySlot } from "./matter-slots.ts";
import { picturesIn } from "./photos-slot.ts";
import { ADD, CORRECT } from "./status.ts";

const draftShape = z.object({
  code: z.string().nullable().catch(null),
  photos: z.array(z.string()).catch([]),
  words: z.string().nullable().catch(null),
  category: z.string().nullable().catch(null),
});
type Draft = z.output<typeof draftShape>;

/** "intent:report.add PA-2611-00042", as offered with the status; or the code in words. */
function codeIn({ choice, understanding }: Turn): string | null {
  const about = askedFor(choice)?.about;
  const said = understanding.entities.find(({ type }) => type === "report_code")?.value;
  return about ?? (typeof said === "string" ? said : null);
}

const codeSlot: Slot<Draft> = {
  name: "code",
  isOpen: ({ code }) => code === null,
  asks: (_, say) => ({ text: say("reports.rating.which") }),
  hears(turn, draft) {
    const code = codeIn(turn);
    return code ? { fill: { ...draft, code }, sure: true } : null;
  },
  clears: (draft) => ({ ...draft, code: null }),
};

const moreSlot: Slot<Draft> = {
  name: "more",
  takesWords: true,
  isOpen: ({ photos, words }) => photos.length === 0 && words === null,
  asks: ({ code }, say) => ({ text: say("reports.more.ask", { code: code! }) }),
  hears({ attachments, text }, draft, say, when) {
    const photos = picturesIn(attachments);
    if (photos.length > 0) return { fill: { ...draft, photos, words: text || null }, sure: true };
    if (when !== "asked" || !text) return null;
    if (isSkip(text) || isNo(text)) return { problem: say("reports.more.nothing") };
    return { fill: { ...draft, words: text.slice(0, 1500) } };
  },
  clears: (draft) => ({ ...draft, photos: [], words: null }),
};

/** The same question as in filing, asked of a report whose kind was wrong. */
const kindSlot: Slot<Draft> = {
  name: "kind",
  isOpen: ({ category }) => category === null,
  asks: (_, say) => ({ text: say("reports.category.again") }),
  hears(turn, draft, say, when) {
    const asked = { ...emptyDraft("report.other"), category: null, description: "", isReconsidered: true };
    const heard = categorySlot.hears(turn, asked, say, when);
    if (!heard || "problem" in heard || !isCategory(heard.fill.category)) return null;
    return { fill: { ...draft, category: heard.fill.category }, sure: true };
  },
  clears: (draft) => ({ ...draft, category: null }),
};

const form = (intent: string, slots: Slot<Draft>[], effect: string): Flow<Draft> => ({
  name: intent,
  opens: [intent],
  begins: () => ({ code: null, photos: [], words: null, category: null }),
  reads: (kept) => draftShape.safeParse(kept).data ?? null,
  slots,
  intentOf: () => intent,
  holds: () => false,
  finish: (draft) => ({ type: effect, data: { ...draft } }),
});

export const addFlow = form(ADD, [codeSlot, moreSlot], "reports.add");
export const correctFlow = form(CORRECT, [codeSlot, kindSlot], "reports.recategorise");
