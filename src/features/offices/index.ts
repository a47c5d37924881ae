/** Where to go and whom to call: hours, address, phone; the ward of before answered with the office of today. */
import type { Reply } from "../../channels/channel.ts";
import { askedFor, askFor, withChoices } from "../../dialogue/choices.ts";
import type { Turn, Wording } from "../../dialogue/types.ts";
import { codeOfWard, inSentence, wardsToday, type Point } from "../../places/index.ts";
import type { Feature, TurnContext } from "../feature.ts";
import { nearestReply, officeReply, type Asked } from "./answer.ts";
import { asksForMore, asksForNearest, asksForNearestOffice, meantBy, whereIn, type Meant } from "./meant.ts";
import { nearestFlow, OUTSIDE } from "./nearest-flow.ts";
import { today } from "./open.ts";
import { dayOf, listOffices, type Office, type OfficeKind } from "./store.ts";

export { officeConsole } from "./console/routes.tsx";
export { ensureOffices } from "./store.ts";

const TOPIC = "office";
const EXPECTS = ["office.hours", "office.location", "office.contact"];

export const offices: Feature = {
  name: "offices",
  flows: [nearestFlow],
  answers: {
    "office.hours": answer("hours"),
    "office.location": answer("location"),
    "office.contact": answer("contact"),
  },
  /** “công an gần nhất”, and the place that was asked for then. */
  recognises: async (turn, context) => {
    const isAnswer = topicOf(context).isNearest && whereIn(turn) !== null && !asksForMore(turn.text);
    return isAnswer || asksForNearestOffice(turn.text) ? "office.location" : null;
  },
  effects: {
    "office.near": async (data, context) => {
      const { ward, point } = data as { ward: string; point: Point | null };
      if (ward === OUTSIDE) return [askAgain(context.say)];
      const { kind } = topicOf(context);
      context.setTopic(TOPIC, { kind, ward }, EXPECTS);
      return [nearestReply({ ward, point, kind }, await listOffices(context.tx), context.say)];
    },
  },
  menu: [{ intent: "office.location", label: "offices.menu" }],
};

const askAgain = (words: Wording): Reply =>
  withChoices(words("offices.outside"), [
    { label: words("offices.nearest"), value: askFor("office.nearest") },
    { label: words("intents.human"), value: askFor("human") },
  ]);

function answer(asked: Asked) {
  return async (turn: Turn, context: TurnContext): Promise<Reply[]> => {
    const all = await listOffices(context.tx);
    const chosen = askedFor(turn.choice)?.about ?? null;
    if (chosen !== null) return answerChoice(all, asked, chosen, turn, context);
    const meant = turn.choice ? nothing : meantBy(turn, all);
    const before = topicOf(context);
    const tellsWhere = before.isNearest && !turn.choice && !asksForMore(turn.text);
    if (meant.isNotKept && !meant.named && !tellsWhere) return [notKept(context)];
    if (tellsWhere || asksForNearest(turn.text)) {
      const where = whereIn(turn);
      const wanted = meant.kind ?? before.kind;
      if (!where) return [askWhere(wanted, context)];
      context.setTopic(TOPIC, { kind: wanted, ward: where.ward }, EXPECTS);
      return [nearestReply({ ...where, kind: wanted }, all, context.say)];
    }
    const kind = meant.kind ?? before.kind ?? "committee";
    const ward = meant.ward ?? before.ward ?? wardOfUnit(context.unitName);
    const office =
      meant.named ?? all.find((each) => each.kind === kind && (each.ward === ward || each.ward === null));
    if (office) return say(office, asked, meant, turn, context);
    const isOfWard = all.some((each) => each.kind === kind && each.ward !== null);
    return [isOfWard && !ward ? askWard(kind, asked, context) : notKept(context)];
  };
}

const nothing: Meant = { kind: null, ward: null, formerly: null, named: null, isNotKept: false };

/** A choice names an office by its code, or a kind and the code of a ward: "police@28777". */
async function answerChoice(all: Office[], asked: Asked, about: string, turn: Turn, context: TurnContext) {
  const [kind, wardCode] = about.split("@");
  const office = all.find(({ code, ward, ...each }) =>
    wardCode === undefined
      ? code === about
      : each.kind === kind && ward !== null && codeOfWard(ward) === wardCode,
  );
  return office ? say(office, asked, nothing, turn, context) : [notKept(context)];
}

async function say(
  office: Office,
  asked: Asked,
  meant: Meant,
  turn: Turn,
  context: TurnContext,
): Promise<Reply[]> {
  context.setTopic(TOPIC, { kind: office.kind, ward: office.ward }, EXPECTS);
  const day = dayIn(turn) ?? today(context.now);
  const asDay = await dayOf(context.tx, office, day, context.now);
  const note =
    meant.formerly && meant.ward
      ? context.say("offices.nowIn", { old: meant.formerly, ward: inSentence(meant.ward) })
      : null;
  return [officeReply(office, asked, asDay, note, context.now, context.say)];
}

function dayIn({ understanding }: Turn): string | null {
  const value = understanding.entities.find(({ type }) => type === "date")?.value;
  return typeof value === "string" ? value : null;
}

interface About {
  kind: OfficeKind | null;
  ward: string | null;
  /** Where they are was asked, to find the nearest. */
  isNearest: boolean;
}

function topicOf({ topic }: TurnContext): About {
  const about = (topic?.name === TOPIC ? topic.about : {}) as Partial<About>;
  return { kind: about.kind ?? null, ward: about.ward ?? null, isNearest: about.isNearest ?? false };
}

/** An account of a ward speaks for its ward, and bears its name. */
const wardOfUnit = (unitName: string) => wardsToday.find((ward) => ward === unitName) ?? null;

/** A shared place, or the ward or a place near by in words, is the answer. */
function askWhere(kind: OfficeKind | null, { say: words, setTopic }: TurnContext): Reply {
  setTopic(TOPIC, { kind, isNearest: true }, [...EXPECTS, "office.nearest"]);
  return withChoices(
    words("offices.askPlace"),
    wardsToday.map((ward) => ({
      label: ward,
      value: askFor("office.location", `${kind ?? "committee"}@${codeOfWard(ward)}`),
    })),
  );
}

function askWard(kind: OfficeKind, asked: Asked, { say: words, setTopic }: TurnContext): Reply {
  setTopic(TOPIC, { kind }, EXPECTS);
  return withChoices(words("offices.whichWard"), [
    ...wardsToday.map((ward) => ({
      label: ward,
      value: askFor(`office.${asked}`, `${kind}@${codeOfWard(ward)}`),
    })),
    { label: words("offices.nearest"), value: askFor("office.nearest") },
  ]);
}

function notKept({ say: words }: TurnContext): Reply {
  return withChoices(words("offices.notKept"), [
    { label: words("intents.human"), value: askFor("human") },
    { label: words("intents.help"), value: askFor("help") },
  ]);
}
