import type { Message } from "./classifier/message.ts";
import { hasDiacritics } from "./diacritics.ts";
import { normaliseWord } from "./normalise.ts";
import { signsOf, tokenise } from "./tokens.ts";
import { Teencode, type TeencodeEntry } from "./teencode.ts";

interface KnownToken {
  spelled: string;
  marked: boolean;
  /** Whether it may stand for something else. */
  short: boolean;
}

const REMEMBERED_TOKENS = 10_000;

export type MessageReader = Pick<Reader, "read">;

/** For parts that look words up themselves. @param teencode as `readVocabularies` gives it */
export const createReader = (teencode: TeencodeEntry[]): MessageReader => new Reader(new Teencode(teencode));

/** From text as typed to the words that the classifier reads. */
export class Reader {
  private readonly remembered = new Map<string, KnownToken>();

  constructor(private readonly teencode: Teencode) {}

  read(text: string): Message {
    const words = tokenise(text.normalize("NFC").toLowerCase());
    let marked = 0;
    let short = false;
    for (let at = 0; at < words.length; at++) {
      const token = this.know(words[at]!);
      words[at] = token.spelled;
      if (token.marked) marked++;
      short ||= token.short;
    }
    // counted as typed: “ko” says nothing of how its writer types the rest
    const accented = words.length > 0 ? marked / words.length : 0;
    return { words: short ? this.teencode.expandAll(words) : words, signs: signsOf(text), accented };
  }

  private know(typed: string): KnownToken {
    let token = this.remembered.get(typed);
    if (!token) {
      const spelled = normaliseWord(typed);
      token = { spelled, marked: hasDiacritics(spelled), short: this.teencode.has(spelled) };
      if (this.remembered.size >= REMEMBERED_TOKENS) this.remembered.clear();
      this.remembered.set(typed, token);
    }
    return token;
  }
}
