/** From a question to a procedure: named by a choice, by the words, or by what was spoken of before. */
import type { Reply } from "../../channels/channel.ts";
import { askedFor, askFor, withChoices } from "../../dialogue/choices.ts";
import type { Turn } from "../../dialogue/types.ts";
import type { TurnContext } from "../feature.ts";
import { answerAbout } from "./answer.ts";
import { aspectOf, type Aspect } from "./aspects.ts";
import { titleOf } from "./record.ts";
import type { Hit } from "./search.ts";
import type { Shelf, ShelfOf } from "./shelf.ts";

/** Sure enough to answer at once: this score, and this far before the next. Where they lie: README.md. */
const SURE = 0.4;
const AHEAD = 0.2;
/** Nothing below this is worth offering. */
const LEAST = 0.12;
/** A follow-up names something new only when it is this much like a way of asking for it. */
const NEW_TOPIC = 0.35;
/** How many are offered when several are near, and beside an answer. */
const OFFERED = 5;
const BESIDE = 2;
const BESIDE_LEAST = 0.12;

const TOPIC = "procedure";
/** What residents go on asking of a procedure. */
const EXPECTS = ["documents", "fee", "time", "where", "online"].map((each) => `procedure.${each}`);

export function createAsk(shelfOf: ShelfOf) {
  return function ask(intent: string) {
    return async (turn: Turn, context: TurnContext): Promise<Reply[]> => {
      const shelf = await shelfOf(context.tx);
      if (shelf.size === 0) return [nothingFound("procedures.empty", context)];
      const about = askedFor(turn.choice)?.about ?? null;
      if (about) return answerChoice(shelf, intent, about, context);
      const text = turn.choice ? "" : turn.text;
      const before = topicOf(context);
      const aspect = text ? aspectOf(intent, text) : aspectOf(intent, "");
      const hits = shelf.find(text, OFFERED + 1);
      if (before.code && !isAboutAnother(shelf, text, hits))
        return answerOne(shelf, before.code, aspect, [], context);
      // "khai sinh" after "lệ phí bao nhiêu?" – "thủ tục nào?"
      const wanted = aspect === "info" && before.aspect && !before.code ? before.aspect : aspect;
      return answerHits(shelf, text, hits, wanted, context);
    };
  };
}

function answerChoice(shelf: Shelf, intent: string, about: string, context: TurnContext): Reply[] {
  const [code, group] = about.split("#");
  const before = topicOf(context);
  const asked = aspectOf(intent, "");
  const aspect = asked === "info" && !before.code && before.aspect ? before.aspect : asked;
  return answerOne(shelf, code!, aspect, [], context, group === undefined ? null : Number(group));
}

function topicOf({ topic }: TurnContext): { code: string | null; aspect: Aspect | null } {
  if (topic?.name !== TOPIC) return { code: null, aspect: null };
  const { code, aspect } = topic.about as { code?: string; aspect?: Aspect };
  return { code: code ?? null, aspect: aspect ?? null };
}

function isAboutAnother(shelf: Shelf, text: string, [best]: Hit[]): boolean {
  return best !== undefined && best.score >= NEW_TOPIC && shelf.namesSomething(text);
}

function answerHits(shelf: Shelf, text: string, hits: Hit[], aspect: Aspect, context: TurnContext): Reply[] {
  const [best, second] = hits;
  const group = shelf.groupFor(text);
  if (group) return [askWhich(shelf, group.codes, aspect, group.ask, context)];
  if (!best || best.score < LEAST || !shelf.namesSomething(text)) {
    context.setTopic(TOPIC, { aspect }, EXPECTS);
    return [nothingFound(shelf.namesSomething(text) ? "procedures.notFound" : "procedures.which", context)];
  }
  if (best.score >= SURE && best.score - (second?.score ?? 0) >= AHEAD) {
    const beside = hits.slice(1).filter(({ score }) => score >= BESIDE_LEAST);
    return answerOne(
      shelf,
      best.code,
      aspect,
      beside.slice(0, BESIDE).map(({ code }) => code),
      context,
    );
  }
  const near = hits.filter(({ score }) => score >= Math.min(LEAST, best.score / 3)).slice(0, OFFERED);
  if (near.length === 1) return answerOne(shelf, best.code, aspect, [], context);
  const codes = near.map(({ code }) => code);
  return [askWhich(shelf, codes, aspect, context.say("procedures.whichOfThese"), context)];
}

function answerOne(
  shelf: Shelf,
  code: string,
  aspect: Aspect,
  beside: string[],
  context: TurnContext,
  group: number | null = null,
): Reply[] {
  const procedure = shelf.get(code);
  if (!procedure) return [nothingFound("procedures.gone", context)];
  context.setTopic(TOPIC, { code, aspect }, EXPECTS);
  return [answerAbout(procedure, aspect, group, neighbours(shelf, beside), context.say)];
}

function askWhich(
  shelf: Shelf,
  codes: string[],
  aspect: Aspect,
  question: string,
  context: TurnContext,
): Reply {
  const { say } = context;
  context.setTopic(TOPIC, { aspect }, EXPECTS);
  return withChoices(question, [
    ...neighbours(shelf, codes).map(({ code, title }) => ({
      label: title,
      value: askFor(`procedure.${intentOf(aspect)}`, code),
    })),
    { label: say("intents.human"), value: askFor("human") },
  ]);
}

/** Only some aspects are intents of their own; the topic keeps the others. */
const intentOf = (aspect: Aspect) => (EXPECTS.includes(`procedure.${aspect}`) ? aspect : "info");

const neighbours = (shelf: Shelf, codes: string[]) =>
  codes.flatMap((code) => {
    const found = shelf.get(code);
    return found ? [{ code, title: titleOf(found.data) }] : [];
  });

function nothingFound(key: string, { say }: TurnContext): Reply {
  return withChoices(say(key), [
    { label: say("intents.human"), value: askFor("human") },
    { label: say("intents.help"), value: askFor("help") },
  ]);
}
