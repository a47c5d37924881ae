/** Long texts in several messages, cut where a reader would breathe. */

const letters = new Intl.Segmenter("vi", { granularity: "grapheme" });

/** A cut earlier than this share of the limit leaves a message too short to be worth its sentence. */
const EARLIEST = 0.4;

/**
 * Parts of at most `limit` UTF-16 units of NFC: cut after a sentence or line, else at a space, else between two
 * letters (never inside one, be it an emoji or a letter with its marks). Only white space at the cuts is dropped.
 */
export function splitText(text: string, limit: number): string[] {
  const parts: string[] = [];
  let rest = text.normalize("NFC");
  while (rest.length > limit) {
    const cut = cutOf(rest, limit);
    const part = rest.slice(0, cut).trimEnd();
    if (part) parts.push(part);
    rest = rest.slice(cut).trimStart();
  }
  if (rest.trimEnd() || parts.length === 0) parts.push(rest);
  return parts;
}

function cutOf(text: string, limit: number): number {
  // one more than fits: a space just past the limit ends a word that fits whole
  const reach = text.slice(0, limit + 1);
  const earliest = limit * EARLIEST;
  return (
    lastMatch(reach, SENTENCE_END, earliest, limit) ??
    lastMatch(reach, WORD_END, earliest, limit) ??
    betweenLetters(text, limit)
  );
}

// The dot of “1.” at a line's beginning, of “TP.” or of “Q.” ends nothing: what follows belongs to it.
const BOUND = String.raw`(?:(?:^|\n)\s*\d{1,3}|(?<!\p{L})\p{Lu}\p{L}?)`;
const SENTENCE_END = new RegExp(String.raw`\n|(?:[!?…]|(?<!${BOUND})\.)["'”’»)\]]*(?=\s(?!\p{M}))`, "gu");
const WORD_END = new RegExp(String.raw`(?<!${BOUND}\.)\s(?!\p{M})`, "gu");

/** Where the last match within the limit ends, if it is not too early. */
function lastMatch(text: string, pattern: RegExp, earliest: number, limit: number): number | undefined {
  let end: number | undefined;
  for (const match of text.matchAll(pattern)) {
    const matchEnd = Math.min(match.index + match[0].length, limit);
    if (match.index <= limit && matchEnd >= earliest) end = matchEnd;
  }
  return end;
}

function betweenLetters(text: string, limit: number): number {
  const start = letters.segment(text.slice(0, limit + 100)).containing(limit)?.index ?? limit;
  if (start > 0) return start;
  // one letter under a pile of marks longer than the limit: at least keep surrogate pairs whole
  return limit > 1 && /[\uDC00-\uDFFF]/.test(text[limit] ?? "") ? limit - 1 : limit;
}
