/**
 * Cuts lower-case text into what the classifier reads: words (runs of letters, marks and digits), emoji and smileys,
 * and the signs ? and ! that tell a question from a cry. All other punctuation only separates.
 */
export const TOKEN =
  /[\p{L}\p{M}\p{N}]+|\p{Extended_Pictographic}|[:;=][-']?[()dp3<|/]+|<3|\^_*\^+|-_+-|>_*<|@@+|[?!]/gu;

export function tokenise(text: string): string[] {
  return text.match(TOKEN) ?? [];
}

const ANY_SIGN = /…|\.\.|[!?]\s*[!?]|(\p{L})\1\1|\p{Lu}{2}/u;
const SIGNS: [sign: string, pattern: RegExp][] = [
  ["…", /…|\.\.+/u],
  ["!!", /!\s*!/u],
  ["??", /\?\s*\?/u],
  ["~", /(\p{L})\1{2,}/u], // drawn out: “đẹpppp”
  ["A", /(?:\p{Lu}{2,}\s+){2,}\p{Lu}{2,}/u], // shouted
];
const NO_SIGNS: string[] = [];

/** What the writing says beside the words. */
export function signsOf(text: string): string[] {
  if (!ANY_SIGN.test(text)) return NO_SIGNS;
  return SIGNS.filter(([, pattern]) => pattern.test(text)).map(([sign]) => sign);
}
