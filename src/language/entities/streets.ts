import type { NamedPlace } from "../types.ts";
import { NameIndex, wordsOf, type NameMatch } from "./name-index.ts";
import type { Passage } from "./passage.ts";

const ROAD = /(?<![\p{L}\p{N}])(dai lo|duong|dg|d|lo|dl|hem|con duong)\s?[.:]?\s*$/u;
/** Names that are also numbers or dates need one of these before them: “đường 30/4”, “góc 3/2”. */
const PLACE_BEFORE =
  /(?<![\p{L}\p{N}])(?:duong|d|lo|goc|khu|doan|nga tu|nga ba|dau|cuoi|mat tien|truc)\s?[.:]?\s*$/u;
/** A school, a hospital, a person may bear a street’s name. */
const NAMESAKE_BEFORE =
  /(?<![\p{L}\p{N}])(?:truong(?: hoc)?|thpt|thcs|tieu hoc|mam non|cap [123]|benh vien|bv|cho|chua|dinh|den tho|cong vien|tuong dai|tuong|bao tang|sieu thi|quan|cong ty|cty|khach san|nha tho|cau|ten|ten la|ong|ba|anh|chi|co|chu|bac|em|vua|tuong)\s*$/u;
/** “đường …” before a name that no list knows: family names start it, these words end it. */
const FAMILY = new Set(
  "nguyen le tran pham phan vo vu huynh hoang dang bui do ho ngo duong ly truong dinh trinh doan mai lam to cao chau ta ha luong luu thai tong van mac hai ba".split(
    " ",
  ),
);
const NOT_NAMES = new Set(
  "bi hu tat ngap co o phuong p khu ap gan doan truoc so tu den rac khong ko sang nay qua toi va voi cho la thi dang cua het chua ma nha dau cuoi gio may con duong xa x kp doi dien ben canh noi di vo ra ve lo hem di chay mat lau roi hoai suot cung nhieu mua bay xe cong cay dien nuoc oi a nha nhe luon".split(
    " ",
  ),
);

export class StreetFinder {
  private readonly index: NameIndex<NamedPlace>;

  constructor(streets: NamedPlace[]) {
    this.index = new NameIndex(
      streets.flatMap((street) =>
        [street.name, ...(street.aliases ?? [])].map((name): [string, NamedPlace] => [
          stripRoad(name),
          street,
        ]),
      ),
    );
  }

  find(passage: Passage): void {
    const words = wordsOf(passage);
    for (let at = 0; at < words.length; at++) {
      const before = passage.before(words[at]!.start, 14);
      const road = ROAD.exec(before)?.[1];
      const match =
        this.index.at(words, at) ??
        (road === "duong" ? this.index.near(words, at) : null) ??
        (road ? unlisted(passage, at) : null);
      if (!match || !passage.isFree(match.start, match.end)) continue;
      if (!road && !this.standsAlone(passage, match)) continue;
      for (const { name } of match.things)
        passage.note("street", valueOf(name, road), match.start, match.end);
      passage.take(match.start, match.end);
    }
  }

  private standsAlone(passage: Passage, match: NameMatch<NamedPlace>): boolean {
    const typed = passage.bare.slice(match.start, match.end);
    if (/^so \d/u.test(typed)) return false; // “số 2 Tán Kế” is a house
    if (/^\d/u.test(typed))
      return /thang/u.test(typed) ? false : PLACE_BEFORE.test(passage.before(match.start));
    return !NAMESAKE_BEFORE.test(passage.before(match.start, 16));
  }
}

/** “Đại lộ Đồng Khởi” keeps its rank where the resident says it; a plain *đường* is never part of the value. */
function valueOf(name: string, road?: string): string {
  const short = stripRoad(name);
  return (road === "dai lo" || road === "dl") && /^đại lộ/iu.test(name) ? name : short;
}

function stripRoad(name: string): string {
  return name.replace(/^(?:đường|đại lộ)\s+(?=\p{L})(?!số|tỉnh|huyện)/iu, "");
}

/** A street that no list knows, told by *đường* before it and by capitals or a family name. */
function unlisted(passage: Passage, from: number): NameMatch<NamedPlace> | null {
  const words = wordsOf(passage);
  const first = words[from]!;
  const isCapital = (start: number) =>
    passage.typed(start, start + 1) !== passage.typed(start, start + 1).toLowerCase();
  const numbered = /^(?:so|d|n|dx|dt|hl|tl|ql|tinh lo|huyen lo)\s?\d{1,4}(?![\p{L}\p{N}/])/u.exec(
    passage.bare.slice(first.start),
  );
  if (numbered) return named(passage, first.start, first.start + numbered[0].length);
  const capitals = isCapital(first.start);
  if (!capitals && !FAMILY.has(first.bare)) return null;
  let end = first.start;
  let count = 0;
  for (const word of words.slice(from, from + 4)) {
    if (count > 0 && passage.bare.slice(end, word.start).trim() !== "") break;
    if (
      /\d/u.test(word.bare) ||
      (capitals ? !isCapital(word.start) : NOT_NAMES.has(word.bare) || count === 3)
    )
      break;
    end = word.end;
    count++;
  }
  return count >= 2 ? named(passage, first.start, end) : null;
}

function named(passage: Passage, start: number, end: number): NameMatch<NamedPlace> {
  const name = passage
    .typed(start, end)
    .split(/\s+/u)
    .map((word) =>
      /^\p{L}+$/u.test(word)
        ? word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()
        : word.toUpperCase(),
    )
    .join(" ");
  return { things: [{ name: name.replace(/^(?:So|Số) /u, "Số ") }], start, end, plain: false };
}
