/** The five wards of today, the names of before, and the streets and places that tell a ward. */
import { readFileSync } from "node:fs";
import { foldDiacritics } from "../language/index.ts";
import type { Vertex } from "./rings.ts";

interface WardFile {
  wards: { name: string; code: string; polygons: Vertex[][][] }[];
  /** The name of before → the ward of today (since 01/07/2025). */
  formerly: Record<string, string>;
  /** Street → the wards it runs through. A street of one ward tells it; streets that are not listed tell nothing. */
  streets: Record<string, string[]>;
  /** Landmark or quarter → its ward. */
  landmarks: Record<string, string>;
}

export const wardFile = JSON.parse(readFileSync(new URL("wards.json", import.meta.url), "utf8")) as WardFile;

/** "Phường An Hội" … in a fixed order. */
export const wardsToday: readonly string[] = wardFile.wards.map(({ name }) => name);

export interface TodaysWard {
  ward: string;
  /** The name of before, when that was the one used and it differs. */
  formerly: string | null;
}

/** wardToday("Phường 8") → Phường Phú Khương, formerly Phường 8; null for a place that is none of ours. */
export function wardToday(named: string): TodaysWard | null {
  if (wardsToday.includes(named)) return { ward: named, formerly: null };
  const ward = wardFile.formerly[named];
  return ward ? { ward, formerly: sameName(named, ward) ? null : named } : null;
}

/** “Xã Sơn Đông” and “Phường Sơn Đông”: nothing worth a remark. */
const sameName = (one: string, other: string) => one.replace(/^\S+ /, "") === other.replace(/^\S+ /, "");

/** The wards a street runs through; empty when that is not known. "Đồng Khởi" is the avenue too. */
export function wardsOfStreet(street: string): readonly string[] {
  return wardFile.streets[street] ?? wardFile.streets[`Đại lộ ${street}`] ?? [];
}

/** The ward of a landmark or a quarter that the text names; null for none, or for two that disagree. */
export function wardOfLandmark(text: string): string | null {
  const said = ` ${plain(text)} `;
  const wards = LANDMARKS.filter(([name]) => said.includes(` ${name} `)).map(([, ward]) => ward);
  return new Set(wards).size === 1 ? wards[0]! : null;
}

/** As people type in a hurry: no diacritics, no punctuation. */
export const plain = (text: string) =>
  foldDiacritics(text.slice(0, 1000))
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
const LANDMARKS = Object.entries(wardFile.landmarks).map(([name, ward]) => [plain(name), ward] as const);

/** The administrative code of a ward of today: "Phường Bến Tre" → "28789". */
export function codeOfWard(ward: string): string | null {
  return wardFile.wards.find(({ name }) => name === ward)?.code ?? null;
}

export function wardOfCode(code: string): string | null {
  return wardFile.wards.find((ward) => ward.code === code)?.name ?? null;
}

/** The codes of the five wards of today. */
export const wardCodes: readonly string[] = wardFile.wards.map(({ code }) => code);

/** The outer rings of a ward's outline; empty for a code that is none of ours. */
export function wardOutline(code: string): Vertex[][] {
  const polygons = wardFile.wards.find((ward) => ward.code === code)?.polygons ?? [];
  return polygons.flatMap(([outer]) => (outer ? [outer] : []));
}

/** "phường An Hội", inside a sentence. */
export const inSentence = (ward: string) => ward.replace(/^(?:Phường|Xã) /, (kind) => kind.toLowerCase());

/** "đường Lê Lợi", but "đại lộ Đồng Khởi". */
export const roadInSentence = (street: string) =>
  /^(?:Đại lộ|Quốc lộ|Huyện lộ|Đường|Lộ) /u.test(street)
    ? street.charAt(0).toLowerCase() + street.slice(1)
    : `đường ${street}`;
