import { foldDiacritics } from "./diacritics.ts";

/**
 * Cuts a message where a new request may begin: at the end of a sentence, at a comma, and before the words people use
 * to add one (“sẵn cho hỏi”, “với lại”, “còn”).
 */
const TURNS = [
  "san (?:tien |day )?(?:cho|hoi|toi|tui|em|minh|xin|bao)",
  "tien the",
  "nhan tien",
  "luon tien",
  "voi lai",
  "ngoai ra",
  "dong thoi",
  "them nua",
  "con nua",
  "cho (?:toi |tui |em |minh |con |chau )?hoi",
  "roi (?:cho|sang|luon|con)",
  "con (?:vu|chuyen|viec|cai|ve|muon|dang ky|ho so)",
];
const BREAK = new RegExp(
  `[.!?;\\n]+|,|\\s[-–]\\s|(?<![\\p{L}\\p{N}])(?=(?:${TURNS.join("|")})(?![\\p{L}\\p{N}]))`,
  "gu",
);

export function clausesOf(text: string): string[] {
  const bare = foldDiacritics(text.normalize("NFC"));
  const composed = text.normalize("NFC");
  if (bare.length !== composed.length) return [text];
  const clauses: string[] = [];
  let start = 0;
  for (const match of bare.matchAll(BREAK)) {
    clauses.push(composed.slice(start, match.index));
    start = match.index + match[0].length;
  }
  clauses.push(composed.slice(start));
  return clauses.map((clause) => clause.trim()).filter((clause) => clause.split(/\s+/u).length >= 2);
}
