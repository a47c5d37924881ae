/** Choices as numbered text, and the many ways people name one of them. */
import type { Choice, Reply } from "../channels/channel.ts";
import { foldDiacritics, hasDiacritics, normalise, type Understanding } from "../language/index.ts";
import { withoutPoliteness } from "./words.ts";

/** A reply that is complete without any button. */
export function withChoices(text: string, choices: Choice[]): Reply {
  const lines = choices.map(({ label }, index) => `${index + 1}. ${label}`);
  return { text: `${text}\n${lines.join("\n")}`, choices };
}

/** The same words with nothing to choose: something else is asked after it. */
export function withoutChoices({ choices = [], ...reply }: Reply): Reply {
  const lines = reply.text.split("\n");
  const hasList = choices.length > 0 && lines.at(-1) === `${choices.length}. ${choices.at(-1)!.label}`;
  return hasList ? { ...reply, text: lines.slice(0, -choices.length).join("\n") } : reply;
}

/** A payload that asks for an intent, as menus offer it. `about` narrows it: one report of several. */
export function askFor(intent: string, about?: string): string {
  return about ? `intent:${intent} ${about}` : `intent:${intent}`;
}

/** The intent a payload asks for, and what it is about. */
export function askedFor(choice: string | null): { intent: string; about: string | null } | null {
  const match = /^intent:(\S+)(?: (.+))?$/.exec(choice ?? "");
  return match ? { intent: match[1]!, about: match[2] ?? null } : null;
}

/** Which of the offered choices is meant by "2", "số 2", "cái thứ hai", or by its words; null: none, or no single one. */
export function pickChoice(text: string, offered: Choice[]): Choice | null {
  if (offered.length === 0 || text.length > 120) return null;
  const exact = offered.find(({ value }) => value === text.trim());
  if (exact) return exact;
  const said = withoutPoliteness(text);
  if (!said) return null;
  const place = placeOf(foldDiacritics(said), offered.length);
  return place === null ? byWords(said, offered) : (offered[place] ?? null);
}

/** "Dạ được", "ừ", "thôi": an answer in any words to a question that offers a yes and a no (“intent:….yes”, “intent:….no”). */
export function yesOrNo({ intents }: Understanding, offered: Choice[]): string | null {
  if (offered.length !== 2 || intents.length !== 1) return null;
  const [yes, no] = offered.map(({ value }) => value);
  if (!yes!.endsWith(".yes") || !no!.endsWith(".no")) return null;
  const { name } = intents[0]!;
  return name === "affirm" ? yes! : name === "deny" || name === "cancel" ? no! : null;
}

// ── by place ──

const NUMBERS: Record<string, number> = {
  ...{ mot: 1, nhat: 1, hai: 2, ba: 3, bon: 4, tu: 4, nam: 5, sau: 6, bay: 7, tam: 8, chin: 9, muoi: 10 },
  ...{ one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10 },
  ...{ first: 1, second: 2, third: 3, fourth: 4, fifth: 5, dau: 1, "dau tien": 1 },
};
const NAMES = Object.keys(NUMBERS).join("|");
const LEADS = "so|cau|muc|y|cai|dong|phuong an|lua chon|option|number|no|the|thu";
const PLACE = new RegExp(`^(?:(?:${LEADS})\\s*)*#?(?<number>\\d{1,2}|${NAMES})(?: one)?$`);
const LAST = new RegExp(`^(?:(?:${LEADS})\\s*)*(?:cuoi|cuoi cung|sau cung|last)(?: one)?$`);

function placeOf(said: string, count: number): number | null {
  if (LAST.test(said)) return count - 1;
  const number = PLACE.exec(said)?.groups?.number;
  if (!number) return null;
  return (NUMBERS[number] ?? Number(number)) - 1;
}

// ── by words ──

function byWords(said: string, offered: Choice[]): Choice | null {
  const fold = hasDiacritics(said) ? (text: string) => text : foldDiacritics;
  const wanted = fold(said);
  const labels = offered.map(({ label }) => fold(wordsOf(label)));
  const same = labels.indexOf(wanted);
  if (same >= 0) return offered[same]!;
  if (wanted.length < 3 || wanted.split(" ").length > 6) return null;
  const holding = offered.filter((_, index) => ` ${labels[index]} `.includes(` ${wanted} `));
  return holding.length === 1 ? holding[0]! : null;
}

/** "Gửi luôn, đồng ý!" → "gửi luôn đồng ý" */
export function wordsOf(text: string): string {
  return normalise(text)
    .replace(/[^\p{L}\p{N}/]+/gu, " ")
    .trim();
}
