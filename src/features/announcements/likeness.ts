/**
 * How much of what a resident passes on stands in a notice: the share of its words and word pairs that the notice holds, each
 * weighed by how rare it is among all notices (idf, Sparck Jones 1972; containment, Broder 1997). Diacritics and order of
 * sentences do not count, so rewording and bare typing lower it only a little.
 */
import { foldDiacritics } from "../../language/index.ts";

/** What people put around a rumour; it says nothing of which notice it is. */
const FRAME = new RegExp(
  String.raw`\b(?:${[
    "cho (?:toi|tui|em|minh|con|chau|anh|chi)?\\s*hoi",
    "xin hoi|hoi chut|hoi xiu",
    "(?:tin|thong tin|thong bao|bai|link|cai) (?:nay|do|kia|tren)",
    "(?:co )?(?:dung|that|chinh xac|phai) (?:khong|ko|k|hong|hok|hem|hk)",
    "co that|that (?:hay|hong|khong)|dung hay sai|tin that hay gia|tin gia|tin don|xac minh|kiem tra",
    "nghe (?:noi|don|bao|dau)|thay (?:noi|dang|bao)|nguoi ta (?:noi|don)|tren (?:mang|facebook|fb|zalo)",
    "(?:ad|em|anh|chi|ban|bot) oi|da|a|vay|ha|nha|nhe|nghen|voi|giup|gium|dum|khong biet|phai khong|dung khong",
    "la that|co khong|roi khong|dzay|zay|v|z|bao tin|chuyen tiep|forwarded|is it true|true or false",
  ].join("|")})\b`,
  "g",
);

/** Folded words without punctuation: "Cúp nước từ 8h30, ngày 28/11" → "cup nuoc tu 8h30 ngay 28 11". */
export function foldWords(text: string): string {
  return foldDiacritics(text.toLowerCase().normalize("NFC"))
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
}

/** The rumour without the question around it. */
export function withoutFrame(text: string): string {
  return foldWords(text).replace(FRAME, " ").replace(/\s+/g, " ").trim();
}

export function gramsOf(folded: string): Set<string> {
  const words = folded.split(" ").filter(Boolean);
  const grams = new Set(words);
  for (let at = 1; at < words.length; at++) grams.add(`${words[at - 1]} ${words[at]}`);
  return grams;
}

export interface Indexed<Item> {
  item: Item;
  grams: Set<string>;
}

export interface Match<Item> {
  item: Item;
  /** 0: nothing in common; 1: all of it stands there. */
  share: number;
  /** Words of weight in common. */
  common: number;
}

/** Best first. @param folded of the rumour, from `withoutFrame` */
export function nearest<Item>(
  folded: string,
  among: Indexed<Item>[],
  seen: (gram: string) => number,
  total: number,
) {
  const grams = gramsOf(folded);
  const weight = new Map([...grams].map((gram) => [gram, weightOf(gram, seen(gram), total)]));
  const whole = [...weight.values()].reduce((sum, each) => sum + each, 0);
  const matches = among.map(({ item, grams: theirs }): Match<Item> => {
    let shared = 0;
    let common = 0;
    for (const [gram, value] of weight) {
      if (!theirs.has(gram)) continue;
      shared += value;
      if (!gram.includes(" ")) common++;
    }
    return { item, share: whole > 0 ? shared / whole : 0, common };
  });
  return matches.sort((one, other) => other.share - one.share);
}

/** Pairs count for less: rewording breaks many of them. Lone digits and letters say little. */
function weightOf(gram: string, documents: number, total: number): number {
  const idf = Math.log((total + 1) / (documents + 0.5)) + 0.3;
  if (gram.includes(" ")) return 0.5 * Math.max(0.2, idf);
  return (gram.length < 2 ? 0.3 : 1) * Math.max(0.2, idf);
}
