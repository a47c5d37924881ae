import { messageOf, type Message } from "./classifier/message.ts";
import { normaliseWord } from "./normalise.ts";
import { signsOf, tokenise } from "./tokens.ts";
import type { Teencode } from "./teencode.ts";

const REMEMBERED_WORDS = 20_000;

/** From text as typed to the words that the classifier reads. */
export class Reader {
  private readonly spelled = new Map<string, string>();

  constructor(private readonly teencode: Teencode) {}

  read(text: string): Message {
    const lower = text.normalize("NFC").toLowerCase();
    const typed = tokenise(lower);
    for (let at = 0; at < typed.length; at++) typed[at] = this.spell(typed[at]!);
    const message = messageOf(this.teencode.size > 0 ? this.teencode.expandAll(typed) : typed, signsOf(text));
    return message;
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
