/** The intents staff may choose among, in words. */
import { fileURLToPath } from "node:url";
import type { WordingBook } from "../../../dialogue/wording.ts";
import { OUT_OF_SCOPE, readCorpus } from "../../../language/index.ts";

/** Those a resident is never offered, and so have no words of the bot's own. */
const STAFF_WORDS: Record<string, string> = {
  affirm: "Đồng ý, ừ",
  cancel: "Bỏ, không làm nữa",
  deny: "Không, chưa đúng",
  goodbye: "Tạm biệt",
  greeting: "Chào hỏi",
  [OUT_OF_SCOPE]: "Chuyện ngoài việc của mình",
  praise: "Khen",
  thanks: "Cảm ơn",
};

export interface IntentName {
  name: string;
  label: string;
}

export function createIntentNames(book: WordingBook) {
  const say = book.in("vi");
  const labelOf = (name: string) =>
    STAFF_WORDS[name] ?? (book.sentences.has(`intents.${name}`) ? say(`intents.${name}`) : name);
  let all: Promise<IntentName[]> | null = null;
  return {
    labelOf,
    /** Every intent that has examples, by its words in alphabetical order. */
    all(): Promise<IntentName[]> {
      all ??= readCorpus(fileURLToPath(new URL("../../../../intents", import.meta.url))).then(({ train }) =>
        [...new Set(train.map(({ intent }) => intent))]
          .map((name) => ({ name, label: labelOf(name) }))
          .sort((one, other) => one.label.localeCompare(other.label, "vi")),
      );
      return all;
    },
  };
}
export type IntentNames = ReturnType<typeof createIntentNames>;
