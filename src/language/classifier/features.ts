/**
 * What the classifier sees of a message: two views of its words, as written and without diacritics, and of each view
 * its words in their order and the letters inside them.
 *
 *   words  single words, neighbours, and neighbours but one (skip-bigrams), and the signs of the writing
 *   letters  runs of 3–5 letters inside “<word>”, which survive typos and unknown words
 *            (subword units as in Bojanowski et al., “Enriching Word Vectors with Subword Information”, 2017)
 *   concepts  what groups of words it speaks of (see concepts.ts)
 *
 * Features are named by a 32-bit hash (Weinberger et al., “Feature Hashing”, 2009), wide enough not to collide here.
 */
export const ACCENTED = 0;
export const BARE = 1;
export type View = typeof ACCENTED | typeof BARE;

/** Stands before the first word and after the last. */
export const EDGE = 0x51ed270b;

export interface WordFeatures {
  /** Hash of the word, by which pairs are named too. */
  word: number;
  /** Hashes of the letter runs in it. */
  letters: Int32Array;
}

/** @param word as the view sees it: without diacritics in the bare one */
export function describeWord(word: string, view: View): WordFeatures {
  return { word: hashWord(word, view), letters: letterRuns(`<${word}>`, 0x3c6ef372 + view) };
}

/** The name of a word in a view. */
export function hashWord(word: string, view: View): number {
  return hash(word, 0x9747b28c + view);
}

/** Neighbours (a gap of one) and neighbours but one (a gap of two), with both edges of the message. */
export function pairHash(first: number, second: number, gap: 1 | 2): number {
  let mixed = Math.imul(first ^ (gap * 0x27d4eb2f), 0x85ebca6b);
  mixed = (mixed << 13) | (mixed >>> 19);
  mixed = Math.imul(mixed + second, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 15)) | 0;
}

/** Calls `take` with the hash of every word, pair and skip-pair of one view. */
export function eachWordFeature(words: ArrayLike<number>, take: (feature: number) => void): void {
  let previous = EDGE;
  let beforePrevious = 0;
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    take(word);
    take(pairHash(previous, word, 1));
    if (at >= 1) take(pairHash(beforePrevious, word, 2));
    beforePrevious = previous;
    previous = word;
  }
  if (words.length > 0) take(pairHash(previous, EDGE, 1));
}

/** The feature of a concept. */
export function hashConcept(name: string, view: View): number {
  return hash(name, 0x7f4a7c15 + view);
}

/** The feature of a sign: “!!”, “…”. */
export function hashSign(sign: string, view: View): number {
  return hash(sign, 0x2545f491 + view);
}

function letterRuns(word: string, seed: number): Int32Array {
  const runs = new Set<number>();
  for (let start = 0; start < word.length; start++) {
    let running = seed;
    for (let end = start; end < Math.min(word.length, start + 5); end++) {
      running = Math.imul(running ^ word.charCodeAt(end), 0x01000193);
      if (end >= start + 2) runs.add(finish(running));
    }
  }
  return Int32Array.from(runs);
}

function hash(text: string, seed: number): number {
  let running = seed;
  for (let at = 0; at < text.length; at++) running = Math.imul(running ^ text.charCodeAt(at), 0x01000193);
  return finish(running);
}

/** The last mixing steps of MurmurHash3: FNV alone spreads short strings poorly. */
function finish(value: number): number {
  value ^= value >>> 16;
  value = Math.imul(value, 0x85ebca6b);
  value ^= value >>> 13;
  value = Math.imul(value, 0xc2b2ae35);
  return (value ^ (value >>> 16)) | 0;
}
