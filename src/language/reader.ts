import { hasDiacritics } from "./diacritics.ts";
import { normaliseWord } from "./normalise.ts";
import { tokenise } from "./tokens.ts";
import type { Teencode } from "./teencode.ts";
import type { Message } from "./classifier/vectoriser.ts";

const REMEMBERED_WORDS = 20_000;

/** From text as typed to the words that the classifier reads. */
export class Reader {
  private readonly spelled = new Map<string, string>();

  constructor(private readonly teencode: Teencode) {}

  read(text: string): Message {
    const typed = tokenise(text.normalize("NFC").toLowerCase());
    let accented = false;
    for (let at = 0; at < typed.length; at++) {
      accented ||= hasDiacritics(typed[at]!);
      typed[at] = this.spell(typed[at]!);
    }
    const words = this.teencode.size > 0 ? this.teencode.expandAll(typed) : typed;
    return { words, accented };
  }

  private spell(word: string): string {
    let spelled = this.spelled.get(word);
    if (spelled === undefined) {
      if (this.spelled.size >= REMEMBERED_WORDS) this.spelled.clear();
      this.spelled.set(word, (spelled = normaliseWord(word)));
    }
    return spelled;
  }
}
