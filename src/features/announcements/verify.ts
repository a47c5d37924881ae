/** Is this true? The nearest official notice, where it says otherwise, or plainly that there is none. */
import type { Reply } from "../../channels/channel.ts";
import { askedFor, askFor, withChoices } from "../../dialogue/choices.ts";
import type { Turn } from "../../dialogue/types.ts";
import type { Tx } from "../../infra/db.ts";
import { formatDate } from "../../infra/clock.ts";
import { redact, type LanguageEngine } from "../../language/index.ts";
import type { TurnContext } from "../feature.ts";
import { differences, factsOf, sayFact, type Difference } from "./facts.ts";
import { gramsOf, nearest, withoutFrame, type Match } from "./likeness.ts";
import { followRumour, noteRumour, openRumours } from "./rumours/store.ts";
import { candidates, findPublished, frequencies, type Published } from "./store.ts";

/** So much of a rumour must stand in a notice for it to be taken for that notice … */
const LIKE = 0.46;
/** … and so many words of it, be it ever so short. */
const LEAST_COMMON = 3;
/** Where they have less than this in common it may be only the name of a place: then more of it must stand there. */
const FEW_COMMON = 8;
const LIKE_IN_FEW = 0.58;
/** Two people ask about the same when so much of one stands in the other. */
const SAME_RUMOUR = 0.6;
/** The intent of who wishes to be told when something official is said. */
export const FOLLOW = "rumour.follow";
export const CODE = /\bTB-\d{4}-\d{5}\b/i;

export type Verdict =
  | { kind: "official"; notice: Published; differences: Difference[] }
  | { kind: "unknown" }
  /** Only the code: there is no such notice. */
  | { kind: "no_such_code"; code: string };

export const codeIn = (text: string) => CODE.exec(text)?.[0].toUpperCase() ?? null;

/** @param now the day the rumour is told, for "mai" and the like */
export async function check(tx: Tx, text: string, engine: LanguageEngine, now: Date): Promise<Verdict> {
  const code = codeIn(text);
  if (code) {
    const notice = await findPublished(tx, code);
    return notice ? judged(notice, text.replace(CODE, " "), engine, now) : { kind: "no_such_code", code };
  }
  const folded = withoutFrame(text);
  const words = folded.split(" ").filter(Boolean);
  if (words.length < LEAST_COMMON) return { kind: "unknown" };
  const found = await candidates(tx, words);
  const { counts, total } = await frequencies(tx, [...gramsOf(folded)].slice(0, 400));
  const indexed = found.map((item) => ({ item, grams: gramsOf(item.searchText) }));
  const matches = nearest(folded, indexed, (gram) => counts.get(gram) ?? 0, total);
  const best = bestOf(matches);
  return best ? judged(best.item, text, engine, now) : { kind: "unknown" };
}

/** Of those that are near, the version in force before one that was replaced. */
function bestOf(matches: Match<Published>[]): Match<Published> | null {
  const like = matches.filter(
    ({ share, common }) => share >= (common < FEW_COMMON ? LIKE_IN_FEW : LIKE) && common >= LEAST_COMMON,
  );
  const [first] = like;
  if (!first) return null;
  return (
    like.find(({ item, share }) => item.replacesId === first.item.id && share > first.share - 0.2) ?? first
  );
}

function judged(notice: Published, text: string, engine: LanguageEngine, now: Date): Verdict {
  const issued = notice.documentDate ?? notice.publishedAt ?? now;
  const official = factsOf(`${notice.title}\n${notice.body}`, engine, issued);
  // a forwarded text speaks of its own days: what it leaves open (a year, "ngày mai") is read on the day of the notice too
  const told = factsOf(text, engine, now);
  const toldThen = factsOf(text, engine, issued);
  if (toldThen.days.every((day) => official.days.includes(day))) told.days = toldThen.days;
  if (notice.documentDate) official.days.push(notice.documentDate.toISOString().slice(0, 10));
  return { kind: "official", notice, differences: differences(told, official) };
}

export async function answer(
  text: string,
  context: TurnContext,
  engine: LanguageEngine,
  publicUrl: string,
): Promise<Reply[]> {
  const { tx, say, now, unitName } = context;
  const verdict = await check(tx, text, engine, now);
  if (verdict.kind === "official")
    return [official(verdict.notice, verdict.differences, say, now, publicUrl)];
  const choices = [
    { label: say("announcements.askStaff"), value: askFor("human") },
    { label: say("intents.announcement.latest"), value: askFor("announcement.latest") },
  ];
  if (verdict.kind === "no_such_code") {
    return [withChoices(say("announcements.noSuchCode", { code: verdict.code }), choices)];
  }
  const rumour = await remember(text, context, engine);
  const follow = rumour && { label: say("announcements.tellMe"), value: askFor(FOLLOW, String(rumour)) };
  return [
    withChoices(say("announcements.nothingOfficial", { unit: unitName }), [
      ...choices.slice(0, 1),
      ...(follow ? [follow] : []),
      ...choices.slice(1),
    ]),
  ];
}

type Say = TurnContext["say"];

function official(notice: Published, found: Difference[], say: Say, now: Date, publicUrl: string): Reply {
  const { code, title, unit, documentNumber, documentDate, publishedAt } = notice;
  const date = formatDate(documentDate ?? publishedAt ?? now);
  const head =
    notice.state === "recalled"
      ? "announcements.recalled"
      : found.length > 0
        ? "announcements.differs"
        : "announcements.true";
  const number = documentNumber ? say("announcements.number", { number: documentNumber }) : "";
  const lines = [
    say(head, { code, unit: unit.name, date, title, number }),
    ...found.map(({ kind, told, official: real }) =>
      say(`announcements.difference.${kind}`, { told: list(kind, told), official: list(kind, real) }),
    ),
    ...(notice.replaced ? [say("announcements.corrected", { code: notice.replaced.code })] : []),
    ...(notice.validTo && notice.validTo < now
      ? [say("announcements.over", { date: formatDate(notice.validTo) })]
      : []),
  ];
  const link = { title: say("announcements.see"), url: `${publicUrl}/thong-bao/${code}` };
  return { text: lines.join("\n"), link };
}

const list = (kind: Difference["kind"], facts: string[]) =>
  facts
    .slice(0, 4)
    .map((fact) => sayFact(kind, fact))
    .join(", ");

/** What several people ask about rises on the staff's list. @returns its number; null: too little to tell it by. */
async function remember(
  text: string,
  { tx, residentId, unitCode, now }: TurnContext,
  engine: LanguageEngine,
): Promise<bigint | null> {
  const folded = withoutFrame(text).slice(0, 1000);
  if (folded.split(" ").length < LEAST_COMMON) return null;
  const open = await openRumours(tx);
  const indexed = open.map((item) => ({ item, grams: gramsOf(item.folded) }));
  const [best] = nearest(folded, indexed, () => 1, open.length);
  const sameAs = best && best.share >= SAME_RUMOUR ? best.item.id : null;
  return noteRumour(tx, {
    ...{ sameAs, folded, now, text: withoutPeople(text.slice(0, 1000).replace(QUESTION, ""), engine, now) },
    by: { residentId, unitCode },
  });
}

/** "Tin này có thật không: …": the question before it is no part of what is told. */
const QUESTION =
  /^[^:?\n]{0,60}(?<!\p{L})(?:không|khong|ko|hông|hong|hả|ha)(?:\s+(?:vậy|ạ|em|ad))*\s*[:?]+\s*(?=.{12})/iu;

/** Staff see what is told, not whom to call or where they live. */
const withoutPeople = (text: string, engine: LanguageEngine, now: Date) =>
  redact(text, engine.understand(text, { now }).entities).replace(/\[[a-z]+\]/g, "…");

/** “Có tin thì nhắn tôi”: told once, when an announcement says how it is. */
export async function follow(turn: Turn, { tx, residentId, say }: TurnContext): Promise<Reply[]> {
  const about = askedFor(turn.choice)?.about ?? "";
  const isNoted = /^\d{1,18}$/.test(about) && (await followRumour(tx, BigInt(about), residentId));
  return [{ text: say(isNoted ? "announcements.willTell" : "announcements.toldAlready") }];
}
