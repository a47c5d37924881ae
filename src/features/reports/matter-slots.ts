/** What the matter is: whether a picture belongs to a report filed before, what happened, and of which kind it is. */
import { withChoices } from "../../dialogue/choices.ts";
import type { Slot, Turn, Wording } from "../../dialogue/types.ts";
import { isNo, isSkip, isYes } from "../../dialogue/words.ts";
import { foldDiacritics } from "../../language/index.ts";
import {
  categoriesOf,
  categoryOf,
  isCategory,
  narrowingOf,
  settle,
  type Category,
  type Named,
} from "./categories.ts";
import { isElsewhere, ofIntent, withCategory, withoutComparison, type ReportDraft } from "./draft.ts";
import { mentions } from "../../language/index.ts";
import { besidePlace } from "./place.ts";
import { joinWords } from "./place-slot.ts";

const LONGEST = 1500;
/** Words this clear say more than the menu line, or the draft of before, that opened the form. */
const SURE = 0.6;

// ── a picture without a word, right after a report ──

export const belongsSlot: Slot<ReportDraft> = {
  name: "belongs",
  isOpen: ({ recent, addTo }) => recent !== null && addTo === null,
  asks: ({ recent }, say) =>
    withChoices(say("reports.belongs.ask", { code: recent! }), [
      { label: say("reports.belongs.add", { code: recent! }), value: "pick:belongs:yes" },
      { label: say("reports.belongs.new"), value: "pick:belongs:no" },
    ]),
  hears(turn, draft, say, when) {
    if (when !== "asked") return null;
    const { choice, text } = turn;
    if (choice === "pick:belongs:yes" || isYes(text))
      return { fill: { ...draft, addTo: draft.recent }, sure: true };
    const fill = { ...draft, recent: null };
    if (choice === "pick:belongs:no" || isNo(text)) return { fill, sure: true };
    return text ? described(fill, turn, say) : null;
  },
  clears: (draft) => draft,
};

// ── what happened ──

export const whatSlot: Slot<ReportDraft> = {
  name: "what",
  takesWords: true,
  isOpen: (draft) => draft.description === null && !isElsewhere(draft) && draft.recent === null,
  asks: ({ photos }, say) => ({
    text: photos.length > 0 ? say("reports.what.askOfPhoto") : say("reports.what.ask"),
  }),
  hears(turn, draft, say, when) {
    const { text } = turn;
    if (when === "beside" || !text) return null;
    if (when === "opening")
      return tellsSomething(besidePlace(turn), draft.intent) ? described(draft, turn, say, true) : null;
    if (isYes(text) || isNo(text) || text.length < 2 || /^[\d\W]+$/.test(text))
      return { problem: say("reports.what.tooShort") };
    return described(draft, turn, say);
  },
  skips: (draft) => withCategory({ ...draft, description: "" }),
  clears: (draft) => ({ ...draft, description: null }),
  label: (say) => say("reports.line.what"),
  named: /(?<!\p{L})(?:noi dung|mo ta|chuyen|su viec|description|text)(?!\p{L})/u,
};

function described(draft: ReportDraft, { text, understanding }: Turn, say: Wording, isOpening = false) {
  const heard = understanding.intents.find(({ name }) => categoriesOf(name).length > 0);
  const isSettled = draft.isReconsidered || draft.intent === "report.emergency" || heard === undefined;
  const isClearer = draft.intent === "report.other" || (!isOpening && (heard?.confidence ?? 0) >= SURE);
  const better = !isSettled && isClearer ? heard.name : draft.intent;
  const fill = withCategory({ ...ofIntent(draft, better), description: text.slice(0, LONGEST) });
  const call = fill.category ? categoryOf(fill.category).call : null;
  return call ? { fill, note: say("reports.callFirst", { number: call }) } : { fill };
}

/** “tui muốn phản ánh chuyện này” opens the form and says nothing yet. */
function tellsSomething(text: string, intent: string): boolean {
  const left =
    foldDiacritics(text)
      .replace(EMPTY_WORDS, " ")
      .match(/\p{L}+/gu) ?? [];
  return left.length >= (intent === "report.other" ? 2 : 1);
}
const EMPTY_WORDS =
  /(?<!\p{L})(?:alo|chao|xin|da|em|anh|chi|ad|admin|oi|cho|toi|tui|minh|con|chau|muon|can|gui|goi|bao|phan anh|phan ang|kien nghi|gop y|su co|su viec|chuyen|chuyen nay|viec|vu|vu nay|nay|mot|1|cai|voi|nha|nhe|a|duoc|khong|ko|thi|sao|lam|giup|giùm|gium|report|a|problem|i|want|to|would|like|something|please|hello|hi)(?!\p{L})/gu;

// ── of which kind ──

export const categorySlot: Slot<ReportDraft> = {
  name: "category",
  isOpen: (draft) =>
    draft.category === null && draft.description !== null && !isElsewhere(draft) && draft.recent === null,
  asks(draft, say) {
    const { choices, asks } = choicesFor(draft);
    const named = choices.map(({ code, name }) => ({
      label: name[say.language],
      value: `pick:category:${code}`,
    }));
    const question = draft.isReconsidered || !asks ? say("reports.category.again") : asks[say.language];
    return named.length > 0 ? withChoices(question, named) : { text: question };
  },
  hears(turn, draft, _say, when) {
    const picked = /^pick:category:(\w+)$/.exec(turn.choice ?? "")?.[1];
    if (isCategory(picked)) return { fill: ofKind(draft, picked), sure: true };
    if (when !== "asked" || !turn.text) return null;
    const { choices, otherwise } = choicesFor(draft);
    const told = choices.filter(({ words, name }) => mentions(turn.text, [...words, name.vi]));
    const code = told.length === 1 ? told[0]!.code : (understoodAs(turn, draft) ?? otherwise.code);
    const adds = turn.text.split(/\s+/).length >= 3 && !isSkip(turn.text) && !draft.isReconsidered;
    const description = adds ? joinWords(draft.description, turn.text).slice(0, LONGEST) : draft.description;
    return { fill: { ...ofKind(draft, code), description } };
  },
  clears: (draft) => withoutComparison({ ...draft, category: null, isReconsidered: true }),
  label: (say) => say("reports.line.category"),
  named: /(?<!\p{L})(?:loai|muc|linh vuc|phan loai|category|kind)(?!\p{L})/u,
};

const ofKind = (draft: ReportDraft, category: string) =>
  withoutComparison({ ...draft, category, isReconsidered: false, intent: categoryOf(category).intents[0]! });

/** The question of the intent; a kind that was wrong is chosen among its neighbours, or said in words. */
function choicesFor({ intent }: ReportDraft): {
  asks: Named | null;
  choices: Category[];
  otherwise: Category;
} {
  const narrowing = narrowingOf(intent);
  if (narrowing) return narrowing;
  return {
    asks: null,
    choices: categoriesOf(intent).filter(({ handling }) => handling === "file"),
    otherwise: categoryOf("other"),
  };
}

/** The kind that the words have in the ear of the classifier. */
function understoodAs({ understanding, text }: Turn, draft: ReportDraft): string | null {
  const heard = [...understanding.intents, ...understanding.readings].find(
    ({ name }) => categoriesOf(name).length > 0,
  );
  if (!heard) return null;
  return (
    settle(heard.name, `${text}\n${draft.description ?? ""}`) ??
    narrowingOf(heard.name)?.otherwise.code ??
    null
  );
}
