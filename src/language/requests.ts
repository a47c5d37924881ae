import { foldDiacritics } from "./diacritics.ts";
import { OUT_OF_SCOPE, type Reading } from "./types.ts";

/** What a reader says of a stretch of text; see Engine.read. */
export interface Read {
  readings: Reading[];
  ours: boolean;
}

/** Openings of a request that is added to another (“sẵn cho hỏi”, “với lại”, “còn …”), without diacritics. */
const TURN = new RegExp(
  `^(?:${[
    "san (?:tien |day )?(?:cho|hoi|toi|tui|em|minh|xin|bao)",
    "(?:tien the|nhan tien|luon tien|voi lai|ngoai ra|dong thoi|them nua|con nua)",
    "cho (?:toi |tui |em |minh |con |chau )?hoi",
    "roi (?:cho|sang|luon|con)",
    "(?:con|a ma|ma|va|voi|lai|roi|nay|gio)",
  ].join("|")})(?![\\p{L}\\p{N}])`,
  "u",
);
const STOP = /[.!?;\n]\s*$/u;

/** They accompany a request; said beside one they ask for nothing. */
const SMALL_TALK = new Set(["greeting", "goodbye", "affirm", "deny", "help", "thanks", OUT_OF_SCOPE]);
/** Each stands for many others of its kind, and is seen beside them without being meant. */
const CATCH_ALL = new Set(["procedure.info", "report.other"]);

/**
 * Weights of a logistic regression on how well a cut explains a message: fitted on the two-intent messages of
 * `intents/` and four thousand single ones, read by models that had seen neither. At the bar 82 % of the former are
 * cut into both their intents, and one in seven of the latter, half of them near misses, is cut too.
 */
const WEIGHTS = {
  bias: -2.8,
  turn: 0.36,
  weaker: 0.37,
  stronger: 0.39,
  mainInWhole: 2.68,
  otherInWhole: 0.67,
  sameDomain: -0.05,
  catchAll: -0.71,
  length: 1.3,
};
const BAR = 0.45;
const FEWEST_WORDS = 2;
const MOST_WORDS = 60;

/**
 * The second thing a message asks, or null: the message is cut between any two words, both halves are read, and the
 * best cut is believed when halves and whole speak for it.
 */
export function secondRequest(
  text: string,
  whole: Reading[],
  read: (part: string) => Read,
): [Reading, Reading] | null {
  const words = [...text.matchAll(/\S+/gu)];
  if (words.length < 2 * FEWEST_WORDS || words.length > MOST_WORDS) return null;
  let best: [Reading, Reading] | null = null;
  let most = BAR;
  for (let at = FEWEST_WORDS; at <= words.length - FEWEST_WORDS; at++) {
    const left = text.slice(0, words[at]!.index);
    const right = text.slice(words[at]!.index);
    const one = requestIn(read(left));
    const other = one && requestIn(read(right));
    if (!one || !other || one.name === other.name) continue;
    const belief = believe(one, other, whole, opensRequest(left, right), words.length);
    if (belief > most) [best, most] = [[one, other], belief];
  }
  return best;
}

/** What people say to us before they ask: not a request, yet an answer to what was said before. */
const OPENINGS = new Set(["thanks", "affirm", "deny", "help"]);
const OPENING = /^\s*(?<head>[^,.;!?\n]+)[,.;!?\n]+\s*(?<rest>\S.*)$/su;
const LONGEST_OPENING = 7;
const PLAIN_OPENING = 0.75;
const PLAIN_REQUEST = 0.5;

/** “Cảm ơn nghen, à mà thứ bảy có làm không”: the request, and what was said before it; null where nothing was. */
export function requestAfterOpening(text: string, read: (part: string) => Read): [Reading, Reading] | null {
  const { head, rest } = OPENING.exec(text)?.groups ?? {};
  if (!head || !rest || head.split(/\s+/u).length > LONGEST_OPENING) return null;
  const said = read(head).readings[0];
  if (!said || !OPENINGS.has(said.name) || said.confidence < PLAIN_OPENING) return null;
  const request = requestIn(read(rest));
  return request && request.confidence >= PLAIN_REQUEST ? [request, said] : null;
}

function requestIn({ readings, ours }: Read): Reading | null {
  const reading = readings[0];
  return reading && ours && !SMALL_TALK.has(reading.name) ? reading : null;
}

function opensRequest(left: string, right: string): boolean {
  return STOP.test(left) || TURN.test(foldDiacritics(right));
}

function believe(one: Reading, other: Reading, whole: Reading[], turn: boolean, length: number): number {
  const inWhole = [one, other].map(
    ({ name }) => whole.find((each) => each.name === name)?.confidence ?? 0.001,
  );
  const sum =
    WEIGHTS.bias +
    WEIGHTS.turn * Number(turn) +
    WEIGHTS.weaker * logOdds(Math.min(one.confidence, other.confidence)) +
    WEIGHTS.stronger * logOdds(Math.max(one.confidence, other.confidence)) +
    WEIGHTS.mainInWhole * Math.log(Math.max(...inWhole) + 0.001) +
    WEIGHTS.otherInWhole * Math.log(Math.min(...inWhole) + 0.001) +
    WEIGHTS.sameDomain * Number(domainOf(one.name) === domainOf(other.name)) +
    WEIGHTS.catchAll * Number(CATCH_ALL.has(one.name) || CATCH_ALL.has(other.name)) +
    WEIGHTS.length * Math.log(length);
  return 1 / (1 + Math.exp(-sum));
}

function logOdds(chance: number): number {
  return Math.log(chance / (1 - chance + 1e-3) + 1e-3);
}

function domainOf(name: string): string {
  return name.split(".")[0]!;
}
