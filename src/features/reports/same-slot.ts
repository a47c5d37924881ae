/** “Cách đây 40 m đã có phản ánh PA-…, có phải cùng việc không?” One yes joins it. */
import type { Choice, Reply } from "../../channels/channel.ts";
import { withChoices } from "../../dialogue/choices.ts";
import type { Slot, Turn, Wording } from "../../dialogue/types.ts";
import { isNo, isSkip, isYes } from "../../dialogue/words.ts";
import { roadInSentence } from "../../places/index.ts";
import type { NearbyOffer, ReportDraft } from "./draft.ts";

const NONE = "pick:same:none";

export const sameSlot: Slot<ReportDraft> = {
  name: "same",
  isOpen: ({ nearby, joins, isNew }) => (nearby?.length ?? 0) > 0 && joins === null && !isNew,
  asks({ nearby }, say): Reply {
    const [only, another] = nearby!;
    const none = { label: say("reports.same.none"), value: NONE };
    const photo = nearby!.find((offer) => offer.photo !== null)?.photo;
    const asked =
      only && !another
        ? withChoices(say("reports.same.one", { report: sentence(only, say) }), [
            { label: say("reports.same.yes"), value: `pick:same:${only.code}` },
            none,
          ])
        : withChoices(say("reports.same.several"), [...nearby!.map((offer) => choice(offer, say)), none]);
    return photo ? { ...asked, image: { mediaHash: photo } } : asked;
  },
  hears(turn, draft, say, when) {
    if (when !== "asked") return null;
    const offers = draft.nearby!.map(({ code }) => code);
    const named = codeIn(turn);
    if (named && offers.includes(named)) return { fill: { ...draft, joins: named }, sure: true };
    const intent = turn.choice ? null : turn.understanding.intents[0]?.name;
    if (turn.choice === NONE || isNo(turn.text) || isSkip(turn.text) || intent === "deny")
      return { fill: { ...draft, isNew: true }, sure: true };
    if (!isYes(turn.text) && intent !== "affirm") return null;
    if (offers.length > 1) return { problem: say("reports.same.which") };
    return { fill: { ...draft, joins: offers[0]! }, sure: true };
  },
  clears: (draft) => draft,
};

function codeIn({ choice, understanding }: Turn): string | null {
  const picked = /^pick:same:(PA-[\d-]+)$/.exec(choice ?? "")?.[1];
  const said = understanding.entities.find(({ type }) => type === "report_code")?.value;
  return picked ?? (typeof said === "string" ? said : null);
}

/** “cách đây 40 m đã có phản ánh PA-2611-00042 (3 ngày, đang xử lý)” */
function sentence(offer: NearbyOffer, say: Wording): string {
  const { code, samePole, metres, street } = offer;
  const about = details(offer, say);
  if (samePole) return say("reports.same.atPole", { code, about });
  if (metres !== null)
    return say("reports.same.atDistance", { metres: Math.max(5, Math.round(metres / 5) * 5), code, about });
  return say("reports.same.atAddress", { road: roadInSentence(street ?? ""), code, about });
}

const choice = (offer: NearbyOffer, say: Wording): Choice => ({
  label: say("reports.same.choice", {
    code: offer.code,
    about: [offer.metres === null ? offer.street : `${Math.round(offer.metres)} m`, details(offer, say)]
      .filter(Boolean)
      .join(", "),
  }),
  value: `pick:same:${offer.code}`,
});

function details({ days, state }: NearbyOffer, say: Wording): string {
  const age = days === 0 ? say("reports.same.today") : say("reports.same.days", { days });
  return `${age}, ${say(`reports.state.${state}`).toLowerCase()}`;
}
