/**
 * Cuts lower-case text into what the classifier reads: words (runs of letters, marks and digits), emoji and smileys,
 * and the signs ? and ! that tell a question from a cry. All other punctuation only separates.
 */
export const TOKEN = /[\p{L}\p{M}\p{N}]+|\p{Extended_Pictographic}|[:;=][-']?[()dp3<|/]+|<3|\^\^+|[?!]/gu;

export function tokenise(text: string): string[] {
  return text.match(TOKEN) ?? [];
}
