/** The intents staff may choose among, in words. */
import { fileURLToPath } from "node:url";
import { pageLanguage, t, vi } from "../../../bilingual/index.ts";
import type { WordingBook } from "../../../dialogue/wording.ts";
import { OUT_OF_SCOPE, readCorpus } from "../../../language/index.ts";

/** Those a resident is never offered, and so have no words of the bot's own. */
const STAFF_WORDS: Record<string, string> = {
  affirm: vi`Đồng ý, ừ`,
  cancel: vi`Bỏ, không làm nữa`,
  deny: vi`Không, chưa đúng`,
  goodbye: vi`Tạm biệt`,
  greeting: vi`Chào hỏi`,
  [OUT_OF_SCOPE]: vi`Chuyện ngoài việc của mình`,
  praise: vi`Khen`,
  thanks: vi`Cảm ơn`,
};

export interface IntentName {
  name: string;
  label: string;
}

export function createIntentNames(book: WordingBook) {
  const labelOf = (name: string) => {
    const key = `intents.${name}`;
    return t.of(STAFF_WORDS[name]) ?? (book.sentences.has(key) ? book.in(pageLanguage())(key) : name);
  };
  let names: Promise<string[]> | null = null;
  return {
    labelOf,
    /** Every intent that has examples, by its words in alphabetical order. */
    async all(): Promise<IntentName[]> {
      names ??= readCorpus(fileURLToPath(new URL("../../../../intents", import.meta.url))).then(
        ({ train }) => [...new Set(train.map(({ intent }) => intent))],
      );
      return (await names)
        .map((name) => ({ name, label: labelOf(name) }))
        .sort((one, other) => one.label.localeCompare(other.label, pageLanguage()));
    },
  };
}
export type IntentNames = ReturnType<typeof createIntentNames>;
