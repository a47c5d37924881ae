/** How a question is read for the search: words, pairs of words, and what stands behind a way of saying it. */
import { foldDiacritics, hasDiacritics, type MessageReader } from "../../language/index.ts";
import { agesIn } from "./ages.ts";

/**
 * What a text offers to be found by, each with how much it counts. "khai sinh" gives the words, the pair, and
 * the meaning all its synonyms share; words are there with and without their marks.
 */
export type Terms = Map<string, number>;

/** How much a pair counts beside a word, a meaning, a word with its marks, a word of asking. Tuned on `asked` itself, a part held out. */
const PAIR = 0.7;
const MEANING = 1.5;
const MARKED = 0.5;
const ASKING_WEIGHT = 0.2;
const ASKED_TOO_WEIGHT = 0.4;

/** Words of asking, not of what is asked: they are in every question and tell nothing apart. */
const ASKING = new Set(
  foldDiacritics(
    "dạ ạ ơi à ad em anh chị cô chú bác tui tôi mình con ảnh xin hỏi cho giúp giùm dùm với vậy dị hả hén nha nghen nhé á ta mấy " +
      "thủ tục cần gì giấy tờ hồ sơ gồm những nào sao làm mần thế như ra bao nhiêu nhiêu tiền phí lệ ngày lâu mất tốn hết đâu chỗ nộp " +
      "ở được không có phải muốn thì là mà và của để đi lên tới giờ bây nay này đó kia luôn rồi cái một các online mạng trực tuyến phường " +
      "how do i you an get need my your at of what where when which who is are was it does long take much fee fees cost pay document documents " +
      "paper papers required apply application submit form please register registration for from after new want would like about and or",
  ).split(" "),
);
/** Some of them do tell things apart where a procedure is named by them. */
const ASKED_TOO = new Set(["con", "mat", "giay", "lam", "o", "nop", "len", "xin"]);

export class Words {
  private readonly meanings = new Map<string, string[]>();
  private longest = 1;

  /** @param synonyms groups of ways to say one thing */
  constructor(
    private readonly reader: MessageReader,
    synonyms: string[][],
  ) {
    synonyms.forEach((group, number) => {
      for (const way of group) {
        const { bare } = this.read(way);
        const key = bare.join(" ");
        this.meanings.set(key, [...(this.meanings.get(key) ?? []), `#${number}`]);
        this.longest = Math.max(this.longest, bare.length);
      }
    });
  }

  read(text: string): { bare: string[]; marked: string[]; accented: boolean } {
    const { words } = this.reader.read(text.slice(0, 600));
    const marked = words.filter((word) => /[\p{L}\p{N}]/u.test(word));
    return { bare: marked.map(foldDiacritics), marked, accented: hasDiacritics(text) };
  }

  terms(text: string): Terms {
    const { bare, marked, accented } = this.read(text);
    const terms: Terms = new Map();
    const add = (term: string, weight: number) => terms.set(term, Math.max(terms.get(term) ?? 0, weight));
    bare.forEach((word, at) => {
      add(word, weightOf(word));
      if (accented && marked[at] !== word) add(`'${marked[at]}`, weightOf(word) * MARKED);
      const next = bare[at + 1];
      if (next) add(`${word} ${next}`, PAIR * Math.max(weightOf(word), weightOf(next)));
      for (const meaning of this.meaningsAt(bare, at)) add(meaning, MEANING);
    });
    for (const age of agesIn(bare.join(" "))) add(age, MEANING);
    return terms;
  }

  /** The words that name something, without marks: what is left of a question when the asking is taken out. */
  named(text: string): string[] {
    return this.read(text).bare.filter((word) => weightOf(word) === 1);
  }

  /** What is meant by it, whichever way it is said, in Vietnamese or English. */
  meant(text: string): string[] {
    const { bare } = this.read(text);
    return bare.flatMap((_, at) => this.meaningsAt(bare, at));
  }

  private meaningsAt(bare: string[], at: number): string[] {
    const found: string[] = [];
    for (let length = 1; length <= this.longest && at + length <= bare.length; length++) {
      found.push(...(this.meanings.get(bare.slice(at, at + length).join(" ")) ?? []));
    }
    return found;
  }
}

function weightOf(word: string): number {
  if (ASKED_TOO.has(word)) return ASKED_TOO_WEIGHT;
  return ASKING.has(word) ? ASKING_WEIGHT : 1;
}
