import { NameIndex, wordsOf, type NameMatch } from "./name-index.ts";
import type { WardName } from "../types.ts";
import type { Passage } from "./passage.ts";

/** “phường”, “P.”, “xã” before a name: a name may then be typed carelessly, and the kind may tell two units apart. */
const KIND_BEFORE = /(?<![\p{L}\p{N}])(phuong|ward|ph|p|f|xa|x)\s?[.:]?\s?$/u;
const NUMBERS: Record<string, string> = {
  mot: "1",
  hai: "2",
  ba: "3",
  bon: "4",
  nam: "5",
  sau: "6",
  bay: "7",
  tam: "8",
};
const NUMBERED =
  /(?<![\p{L}\p{N}/.-])(phuong|ward|phg|ph|p|f)\s?[.:]?\s?(?:so\s?)?(\d{1,2}|mot|hai|ba|bon|nam|sau|bay|tam)(?![\p{L}\p{N}]|[/.,]\d|\s?(?:h|gio|phut|'|%|nguoi|thang)(?![\p{L}]))/gu;
/** Bare “an hoi lo” is *ăn hối lộ*; “ben tre” alone is the province, the old city or the ward. */
const OTHER_WORDS_AFTER = /^\s*(?:lo(?![\p{L}])|truong)/u;

export class WardFinder {
  private readonly index: NameIndex<WardName>;
  private readonly numbered: Map<string, WardName>;

  constructor(private readonly wards: WardName[]) {
    this.index = new NameIndex(
      wards.flatMap((ward) => {
        const name = ward.name.replace(/^(?:Phường|Xã|Thị trấn)\s+/u, "");
        if (/^\d+$/u.test(name)) return [];
        return [name, ...(ward.aliases ?? [])].map((each): [string, WardName] => [each, ward]);
      }),
    );
    this.numbered = new Map(wards.map((ward) => [/^Phường (\d+)$/u.exec(ward.name)?.[1] ?? "", ward]));
  }

  find(passage: Passage): void {
    this.findNumbered(passage);
    const words = wordsOf(passage);
    for (let at = 0; at < words.length; at++) {
      const kind = KIND_BEFORE.exec(passage.before(words[at]!.start, 9))?.[1];
      const match =
        this.index.at(words, at, kind !== undefined) ??
        (kind && isFullKind(kind) ? this.index.near(words, at) : null);
      if (!match) continue;
      const start = kind === undefined ? match.start : kindStart(passage, match.start, kind);
      if (!passage.isFree(start, match.end)) continue;
      const named = this.meant(passage, match, kind);
      if (named.length === 0) continue;
      passage.take(start, match.end);
      for (const ward of named) passage.note("ward", ward.name, start, match.end);
    }
  }

  /** “p8”, “P. 8”, “phường tám” */
  private findNumbered(passage: Passage): void {
    for (const match of passage.matches(NUMBERED)) {
      const [whole, kind, typed] = match;
      const end = match.index + whole.length;
      if (NUMBERS[typed!] && !isFullKind(kind!)) continue;
      if (NUMBERS[typed!] && !NUMBER_WORDS[typed!]!.includes(lastWord(passage.lower.slice(match.index, end))))
        continue;
      const ward = this.numbered.get(NUMBERS[typed!] ?? typed!);
      if (!ward) continue;
      if (kind === "f" && Number(typed) < 4 && !whole.includes(".")) continue; // F1, F2: contacts of a patient
      passage.add("ward", ward.name, match.index, end);
    }
  }

  private meant(passage: Passage, match: NameMatch<WardName>, kind?: string): WardName[] {
    if (kind === undefined) {
      if (match.plain && OTHER_WORDS_AFTER.test(passage.after(match.end))) return [];
      return match.things.filter(({ name }) => !this.standsForMore(name));
    }
    const official = /^x/u.test(kind) ? "Xã" : "Phường";
    const same = match.things.filter(({ name }) => name.startsWith(official));
    return same.length > 0 ? same : match.things;
  }

  /** The ward Bến Tre bears the name of the old province and city: without *phường* it is not the ward. */
  private standsForMore(name: string): boolean {
    return this.wards.find((ward) => ward.name === name)?.onlyWithKind === true;
  }
}

const NUMBER_WORDS: Record<string, string[]> = {
  mot: ["một", "mot"],
  hai: ["hai"],
  ba: ["ba"],
  bon: ["bốn", "bon"],
  nam: ["năm", "nam"],
  sau: ["sáu", "sau"],
  bay: ["bảy", "bẩy", "bay"],
  tam: ["tám", "tam"],
};

function lastWord(text: string): string {
  return text.split(/\s+/u).at(-1)!;
}

function isFullKind(kind: string): boolean {
  return kind === "phuong" || kind === "xa";
}

function kindStart(passage: Passage, nameStart: number, kind: string): number {
  return passage.bare.lastIndexOf(kind, nameStart - 1);
}
