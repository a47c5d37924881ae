/**
 * Vietnamese has two habits for where a tone mark stands in oa, oe, uy: “hòa, khỏe, thủy” and “hoà, khoẻ, thuỷ”.
 * Both occur in every crowd, so a word is brought to the first form, and slips such as “hòan” are set right.
 */
const TONED: Record<string, string> = {
  a: "àáảãạ",
  e: "èéẻẽẹ",
  o: "òóỏõọ",
  u: "ùúủũụ",
  y: "ỳýỷỹỵ",
};

const open = new Map<string, string>(); // “oà” → “òa”
for (const [first, second] of ["oa", "oe", "uy"]) {
  for (let tone = 0; tone < 5; tone++) {
    open.set(first! + TONED[second!]![tone]!, TONED[first!]![tone]! + second!);
  }
}
const closed = new Map([...open].map(([late, early]) => [early, late])); // “òa” before a consonant → “oà”

const OPEN_END = /(o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])$/;
const CLOSED_END = /([òóỏõọ][ae]|[ùúủũụ]y)(?=(?:c|ch|m|n|ng|nh|p|t|i|y)$)/;

/** Takes one lower-case NFC word. "hoà" → "hòa", "thuỷ" → "thủy", "hòan" → "hoàn"; "quý" stays. */
export function placeToneMark(word: string): string {
  if (word.length < 2) return word;
  return word
    .replace(OPEN_END, (pair, _group, at: number) =>
      pair.startsWith("u") && word[at - 1] === "q" ? pair : (open.get(pair) ?? pair),
    )
    .replace(CLOSED_END, (pair, _group, at: number) =>
      "ùúủũụ".includes(pair[0]!) && word[at - 1] === "q" ? pair : (closed.get(pair) ?? pair),
    );
}
