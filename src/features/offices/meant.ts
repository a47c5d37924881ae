/** Which office a question means: its kind by words, its ward by name, by the account written to, or by the talk so far. */
import type { Turn } from "../../dialogue/types.ts";
import { foldDiacritics, normalise } from "../../language/index.ts";
import {
  pointOfLandmark,
  wardAt,
  wardOfLandmark,
  wardsOfStreet,
  wardToday,
  type Point,
} from "../../places/index.ts";
import type { Office, OfficeKind } from "./store.ts";

const SIGNS: [OfficeKind, RegExp][] = [
  ["police", /cong an|\bca (?:phuong|p)\b|canh sat|don cong an/],
  ["hospital", /benh vien|\bbv\b/],
  ["post", /buu dien/],
  ["power", /dien luc|\bevn\b|tong dai dien|cup dien/],
  ["land", /van phong (?:dang ky )?dat dai|\bvpdk|dang ky dat dai/],
  ["committee", /uy ban|\bubnd\b|mot cua|hanh chinh cong|tru so phuong|phuong (?:nam|o)\b|\bphuong\b/],
];
/** Places people ask for of which we know nothing yet: said so rather than answered with another. */
const NOT_KEPT =
  /tram y te|bao hiem xa hoi|\bbhxh\b|chi cuc thue|co quan thue|toa an|phong cong chung|so tu phap|nha van hoa|truong (?:tieu hoc|thcs|mam non)|\bcho\b (?:ben tre|nga nam)/;

export interface Meant {
  kind: OfficeKind | null;
  /** The ward of today. */
  ward: string | null;
  /** The name of before that was used. */
  formerly: string | null;
  /** One of the offices called by its own name. */
  named: Office | null;
  isNotKept: boolean;
}

export function meantBy({ text, understanding }: Turn, offices: Office[]): Meant {
  const folded = foldDiacritics(normalise(text));
  const named = offices.find((office) =>
    [office.name, ...office.aliases].some((name) => folded.includes(foldDiacritics(normalise(name)))),
  );
  const spoken = understanding.entities
    .filter(({ type }) => type === "ward")
    .map(({ value }) => String(value));
  const today = spoken.map(wardToday).find((ward) => ward !== null);
  return {
    kind: named?.kind ?? SIGNS.find(([, sign]) => sign.test(folded))?.[0] ?? null,
    ward: today?.ward ?? wardOfLandmark(text),
    formerly: today?.formerly ?? null,
    named: named ?? null,
    isNotKept: NOT_KEPT.test(folded),
  };
}

/** A place in words: a ward of today or before, a landmark, a street of one ward. */
export function whereIn({ text, understanding }: Pick<Turn, "text" | "understanding">) {
  const values = (wanted: string) =>
    understanding.entities.filter(({ type }) => type === wanted).map(({ value }) => String(value));
  const point: Point | null = pointOfLandmark(text);
  const named = values("ward").map(wardToday).find(Boolean)?.ward;
  const streets = values("street")
    .map(wardsOfStreet)
    .filter(({ length }) => length === 1);
  const ward = named ?? wardOfLandmark(text) ?? (point && wardAt(point).ward) ?? streets[0]?.[0];
  return ward ? { ward, point } : null;
}

/** "gần nhất", "gần tui": where they are has to be known first. */
export const asksForNearest = (text: string) =>
  /gan (?:nhat|nhut|day|toi|tui|em|minh|nha)/.test(foldDiacritics(normalise(text)));

/** An office by its kind, and the nearest of them. */
export const asksForNearestOffice = (text: string) =>
  asksForNearest(text) &&
  [...SIGNS.map(([, sign]) => sign), /\bco quan\b/].some((sign) =>
    sign.test(foldDiacritics(normalise(text))),
  );

/** A question of its own, and no answer to where they are. */
export const asksForMore = (text: string) =>
  /dien thoai|\bsdt\b|\bso may\b|may gio|gio lam|gio giac|phone|hours/.test(foldDiacritics(normalise(text)));
