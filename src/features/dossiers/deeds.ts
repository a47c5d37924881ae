/** What the dossier forms lead to: a look-up, now or in a moment; details behind a second factor; following. */
import type { Reply } from "../../channels/channel.ts";
import { askedFor, askFor, withChoices } from "../../dialogue/choices.ts";
import type { Turn } from "../../dialogue/types.ts";
import { enqueue } from "../../infra/jobs.ts";
import type { Feature, TurnContext } from "../feature.ts";
import { detailLines, publicLines, statusReply } from "./answer.ts";
import type { Book } from "./book.ts";
import { isFinal, type Dossier } from "./dossier.ts";
import {
  countFollowed,
  countWrong,
  findLocal,
  follow,
  forgetWrong,
  isFollowing,
  isLocked,
  lastAnswer,
  unfollow,
} from "./store.ts";

/** Wrong digits in a day before one is locked out: by one resident, and for one dossier by all together. */
const TRIES_OF_RESIDENT = 5;
const TRIES_OF_DOSSIER = 5;
const MOST_FOLLOWED = 20;

/** A picture is fetched from the platform before it can be read, ms. */
const FETCHED_IN = 1500;

const TOPIC = "dossier";
const EXPECTS = ["dossier.status"];

export function createDeeds(book: Book): Pick<Feature, "effects" | "answers"> {
  return {
    effects: {
      "dossier.find": (data, context) => find(book, data, context),
      "dossier.details": showDetails,
    },
    answers: { "dossier.follow": startFollowing, "dossier.unfollow": stopFollowing },
  };
}

async function find(book: Book, data: Record<string, unknown>, context: TurnContext): Promise<Reply[]> {
  const { tx, say, now, residentId } = context;
  if (typeof data.photo === "string") {
    const payload = { residentId: String(residentId), attachmentId: data.photo };
    await enqueue(tx, "dossiers.receipt", payload, { runAt: new Date(now.getTime() + FETCHED_IN) });
    return [{ text: say("dossiers.readingReceipt") }];
  }
  const code = data.code as string;
  context.setTopic(TOPIC, { code }, EXPECTS);
  const found = await book.findNow(tx, code);
  if (found)
    return [statusReply(code, found, { isFollowing: await isFollowing(tx, code, residentId), now }, say)];
  await enqueue(tx, "dossiers.ask", { residentId: String(residentId), code });
  return [{ text: say("dossiers.asking", { code }) }];
}

/** What is known of it without asking anybody. */
const known = async ({ tx }: TurnContext, code: string): Promise<Dossier | null> =>
  (await findLocal(tx, code)) ?? (await lastAnswer(tx, code))?.dossier ?? null;

async function showDetails(data: Record<string, unknown>, context: TurnContext): Promise<Reply[]> {
  const { tx, say, now, residentId } = context;
  const code = data.code as string;
  const keys = [`resident:${residentId}`, `dossier:${code}`];
  if (await isLocked(tx, keys, now)) return [ask("dossiers.locked", code, context)];
  const dossier = await known(context, code);
  // a dossier that is not there, and one whose digits are wrong, are told alike
  if (!dossier?.phoneEnding || dossier.phoneEnding !== data.digits) {
    const left = Math.min(
      await countWrong(tx, keys[0]!, TRIES_OF_RESIDENT, now),
      await countWrong(tx, keys[1]!, TRIES_OF_DOSSIER, now),
    );
    if (left === 0) return [ask("dossiers.locked", code, context)];
    return [
      withChoices(say("dossiers.wrongDigits", { left }), [
        { label: say("dossiers.tryAgain"), value: askFor("dossier.details", code) },
        { label: say("intents.human"), value: askFor("human") },
      ]),
    ];
  }
  await forgetWrong(tx, [keys[0]!]);
  context.setTopic(TOPIC, { code }, EXPECTS);
  const text = [...publicLines(dossier, say, now), ...detailLines(dossier, say)].join("\n");
  return [{ text }];
}

async function startFollowing(turn: Turn, context: TurnContext): Promise<Reply[]> {
  const { tx, say, residentId } = context;
  const code = codeOf(turn, context);
  const dossier = code === null ? null : await known(context, code);
  if (!dossier) return [ask("dossiers.whichToFollow", code ?? "", context)];
  if (isFinal(dossier.state)) return [{ text: say("dossiers.nothingToFollow", { code: dossier.code }) }];
  if ((await countFollowed(tx, residentId)) >= MOST_FOLLOWED)
    return [{ text: say("dossiers.tooMany", { most: MOST_FOLLOWED }) }];
  await follow(tx, dossier.code, residentId, dossier.state);
  return [
    withChoices(say("dossiers.following", { code: dossier.code }), [
      { label: say("dossiers.stopFollowing"), value: askFor("dossier.unfollow", dossier.code) },
      ...(dossier.phoneEnding
        ? [{ label: say("dossiers.more"), value: askFor("dossier.details", dossier.code) }]
        : []),
    ]),
  ];
}

async function stopFollowing(turn: Turn, context: TurnContext): Promise<Reply[]> {
  const code = codeOf(turn, context);
  const stopped = code !== null && (await unfollow(context.tx, code, context.residentId));
  return [{ text: context.say(stopped ? "dossiers.unfollowed" : "dossiers.notFollowing") }];
}

function codeOf({ choice, understanding }: Turn, { topic }: TurnContext): string | null {
  const named = understanding.entities.find(({ type }) => type === "dossier_code")?.value;
  const about = askedFor(choice)?.about ?? (typeof named === "string" ? named : null);
  return about ?? (topic?.name === TOPIC ? ((topic.about as { code?: string }).code ?? null) : null);
}

function ask(key: string, code: string, { say }: TurnContext): Reply {
  return withChoices(say(key, { code }), [
    { label: say("dossiers.another"), value: askFor("dossier.status") },
    { label: say("intents.human"), value: askFor("human") },
  ]);
}
