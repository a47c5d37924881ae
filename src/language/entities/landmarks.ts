import { wordsOf, type NameIndex } from "./name-index.ts";
import type { Passage } from "./passage.ts";

/** “chợ Phú Khương” and “ngã tư Phú Khương” tell where something is, not which ward it belongs to. */
export function passOverLandmarks(passage: Passage, landmarks: NameIndex<string>): void {
  const words = wordsOf(passage);
  for (let at = 0; at < words.length; at++) {
    const match = landmarks.at(words, at);
    if (match && passage.isFree(match.start, match.end)) passage.take(match.start, match.end);
  }
}
