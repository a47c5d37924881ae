import type { NamedPlace } from "../types.ts";
import { NameIndex, wordsOf } from "./name-index.ts";
import type { Passage } from "./passage.ts";

/** Quarters of a ward (khu phố, khóm) and hamlets of a commune (ấp): “kp3”, “k/p 3”, “ấp Phú Thành”. */
const KINDS: [pattern: string, name: string, marked: string][] = [
  [String.raw`khu\s?pho`, "khu phố", "khu phố"],
  [String.raw`k\s?[./]\s?p\.?|kp\.?`, "khu phố", ""],
  ["ap", "ấp", "ấp"],
  ["khom", "khóm", "khóm"],
];
const NUMBERS: Record<string, string> = {
  mot: "1",
  hai: "2",
  ba: "3",
  bon: "4",
  nam: "5",
  sau: "6",
  bay: "7",
  tam: "8",
  chin: "9",
  muoi: "10",
};
const NUMBER_SPELLED = /^(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mot|bon|nam|sau|bay|tam|chin|muoi)$/u;
/** Words that follow *ấp* or *khu phố* without naming one, and words that end a name. */
const NOT_NAMES = new Set(
  "toi tui minh em nay do kia nao khac van hoa ben cua va co bi dang khong la thi o gan ngay truoc sau phuong xa duong dau cuoi trong ngoai chung cu ong ba ai lam het cung chua hu ngap tat may vo nha thuoc thanh pho tp tu bat cho den truong nhung hom bua tren duoi".split(
    " ",
  ),
);

export class HamletFinder {
  private readonly index: NameIndex<NamedPlace>;

  constructor(hamlets: NamedPlace[]) {
    this.index = new NameIndex(
      hamlets.flatMap((hamlet) =>
        [hamlet.name, ...(hamlet.aliases ?? [])].map((name): [string, NamedPlace] => [
          stripKind(name),
          hamlet,
        ]),
      ),
    );
  }

  find(passage: Passage): void {
    for (const [pattern, kind, marked] of KINDS) {
      const opening = new RegExp(
        String.raw`(?<![\p{L}\p{N}])(${pattern})\s?(?:so\s?)?[.:]?\s*(?=[\p{L}\p{N}])`,
        "gu",
      );
      for (const match of passage.matches(opening)) {
        const [whole, word] = match;
        const wordEnd = match.index + word!.length;
        if (marked && !passage.reads(match.index, wordEnd, marked)) continue;
        if (
          kind === "ấp" &&
          passage.typed(match.index, wordEnd) !== passage.typed(match.index, wordEnd).trim()
        )
          continue;
        const nameStart = match.index + whole.length;
        const found =
          this.numbered(passage, nameStart, kind) ??
          this.known(passage, nameStart, kind) ??
          spelledOut(passage, nameStart);
        if (found) passage.add("hamlet", `${kind} ${found.name}`, match.index, found.end);
      }
    }
  }

  private numbered(passage: Passage, start: number, kind: string): { name: string; end: number } | null {
    const rest = passage.bare.slice(start);
    const digits = /^0?(\d{1,2})([a-d](?![\p{L}\p{N}]))?(?![\p{N}]|[/.,]\d|\p{L})/u.exec(rest);
    if (digits) return { name: digits[1]! + (digits[2] ?? "").toUpperCase(), end: start + digits[0].length };
    const word = /^(mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi)(?![\p{L}\p{N}])/u.exec(rest)?.[1];
    const typed = word && passage.lower.slice(start, start + word.length);
    if (
      !word ||
      !NUMBER_SPELLED.test(typed!) ||
      /^\s+(?:nha|nguoi|con|cai|ngay|ba|chi|truoc)/u.test(rest.slice(word.length))
    )
      return null;
    if (kind === "ấp" && typed === word && word !== "hai" && word !== "ba") return null;
    return { name: NUMBERS[word]!, end: start + word.length };
  }

  private known(passage: Passage, start: number, kind: string): { name: string; end: number } | null {
    const words = wordsOf(passage);
    const from = words.findIndex((word) => word.start === start);
    const match = from < 0 ? null : (this.index.at(words, from, true) ?? this.index.near(words, from));
    if (!match) return null;
    const same = match.things.find(({ name }) => name.toLowerCase().startsWith(kind)) ?? match.things[0]!;
    return { name: stripKind(same.name), end: match.end };
  }
}

/** A hamlet that no list knows: its capitals delimit it, or two words that are no everyday ones. */
function spelledOut(passage: Passage, start: number): { name: string; end: number } | null {
  const words = wordsOf(passage).filter((word) => word.start >= start);
  if (words[0]?.start !== start) return null;
  const isCapital = (at: number) => {
    const first = passage.typed(words[at]!.start, words[at]!.start + 1);
    return first !== first.toLowerCase();
  };
  const capitals = isCapital(0);
  const taken: string[] = [];
  let end = start;
  for (let at = 0; at < Math.min(words.length, 4); at++) {
    const word = words[at]!;
    if (at > 0 && passage.bare.slice(end, word.start).trim() !== "") break;
    const letter = /^[a-d]$/u.test(word.bare);
    if (/\d/u.test(word.bare) || (NOT_NAMES.has(word.bare) && !(capitals && isCapital(at)))) break;
    if (capitals ? !isCapital(at) : taken.length === 2 && !letter) break;
    taken.push(letter ? word.bare.toUpperCase() : capitalise(passage.typed(word.start, word.end)));
    end = word.end;
    if (letter && at > 0) break;
  }
  const plausible = capitals
    ? taken.length >= 1
    : taken.length >= 2 && passage.lower.slice(start, end) !== passage.bare.slice(start, end);
  return plausible ? { name: taken.join(" "), end } : null;
}

function capitalise(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
}

function stripKind(name: string): string {
  return name.replace(/^(?:khu phố|khóm|ấp)\s+/iu, "");
}
