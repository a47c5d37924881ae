/** What in a notice must not be got wrong: days, hours, sums and amounts, places. And where a rumour has it otherwise. */
import { foldDiacritics, type Entity, type LanguageEngine } from "../../language/index.ts";
import { wardToday } from "../../places/index.ts";

export interface Facts {
  days: string[];
  hours: string[];
  amounts: string[];
  places: string[];
}
export type FactKind = keyof Facts;

export interface Difference {
  kind: FactKind;
  /** As the resident has it. */
  told: string[];
  /** As the notice has it. */
  official: string[];
}

/** @param now the day that "mai" and a date without a year refer to */
export function factsOf(text: string, engine: LanguageEngine, now: Date): Facts {
  const { entities } = engine.understand(text.slice(0, 4000), { now });
  const folded = foldDiacritics(text.toLowerCase());
  return {
    days: unique(entities.filter(({ type }) => type === "date").map(({ value }) => String(value))),
    hours: unique([...text.normalize("NFC").matchAll(HOUR)].map(hourOf)),
    amounts: unique([...folded.matchAll(AMOUNT)].map(amountOf)),
    places: unique(entities.flatMap(placeOf)),
  };
}

const unique = (values: string[]) => [...new Set(values.filter(Boolean))];

// "8 giờ 30", "8h30", "16 gio", "8:30", "7 giờ tối". A bare "toi" after an hour is "tới" more often than "tối".
const HOUR =
  /(?<![\d.,/])(\d{1,2})\s*(?:(?:giờ|gio|h|g)(?:\s*(\d{2}|rưỡi|ruoi)(?!\d))?|:(\d{2}))(?![\p{L}\d])(?:\s*(chiều|chieu|tối|đêm|dem))?/giu;

function hourOf([, hour, minutes, colon, late]: RegExpMatchArray): string {
  const past = late && Number(hour) < 12 ? 12 : 0;
  const rest = minutes && /^r/i.test(minutes) ? "30" : (minutes ?? colon ?? "00");
  return `${Number(hour) + past}:${rest}`;
}

// "1.250.000 đồng", "2 triệu", "500k", "4 ‰", "0,5 g/l", "30 %", "10 kg"
const AMOUNT =
  /(?<![\d/:])(\d{1,3}(?:[.,]\d{3})+|\d+(?:[.,]\d+)?)\s*(ty|trieu|tr|nghin|ngan|k|dong|d|vnd|%|phan tram|‰|phan ngan|g\/l|kg|tan|lit|suat|phan|nguoi|ho|lieu)(?![a-z\d])/g;
const THOUSANDS: Record<string, number> = { ty: 1e9, trieu: 1e6, tr: 1e6, nghin: 1e3, ngan: 1e3, k: 1e3 };
const SAME_UNIT: Record<string, string> = {
  d: "dong",
  vnd: "dong",
  "phan tram": "%",
  "phan ngan": "‰",
  "g/l": "‰",
};

function amountOf([, figure, unit]: RegExpMatchArray): string {
  const isGrouped = /^\d{1,3}([.,]\d{3})+$/.test(figure!);
  const value = Number(isGrouped ? figure!.replace(/[.,]/g, "") : figure!.replace(",", "."));
  const times = THOUSANDS[unit!];
  if (times) return `${(value * times).toLocaleString("vi-VN")} dong`;
  return `${value.toLocaleString("vi-VN")} ${SAME_UNIT[unit!] ?? unit!}`;
}

/** Wards as they are called today, so that an old name is no difference. */
function placeOf({ type, value }: Entity): string[] {
  if (type === "ward") return [wardToday(String(value))?.ward ?? String(value)];
  if (type === "street") return [`đường ${String(value)}`];
  return type === "hamlet" ? [String(value)] : [];
}

/** Only where both speak of it, and the rumour says something the notice does not. */
export function differences(told: Facts, official: Facts): Difference[] {
  return (Object.keys(told) as FactKind[]).flatMap((kind) => {
    const other = told[kind].filter((fact) => !holds(official[kind], fact, kind));
    if (other.length === 0 || official[kind].length === 0) return [];
    return [{ kind, told: other, official: official[kind] }];
  });
}

function holds(facts: string[], fact: string, kind: FactKind): boolean {
  if (kind === "hours") return facts.some((known) => known === fact || twelveLater(fact) === known);
  return facts.includes(fact);
}

/** "4 giờ" told in the afternoon is 16:00. */
const twelveLater = (hour: string) => hour.replace(/^\d+/, (figure) => String(Number(figure) + 12));

const UNITS: Record<string, string> = {
  ...{
    dong: "đồng",
    lit: "lít",
    tan: "tấn",
    suat: "suất",
    phan: "phần",
    nguoi: "người",
    ho: "hộ",
    lieu: "liều",
  },
};

/** "2026-11-28" → "28/11/2026", "8:00" → "8 giờ", "1.250.000 dong" → "1.250.000 đồng". */
export function sayFact(kind: FactKind, fact: string): string {
  if (kind === "days") return fact.split("-").reverse().join("/");
  if (kind === "hours") return fact.replace(/:00$/, " giờ").replace(":", " giờ ");
  if (kind === "amounts") return fact.replace(/\S+$/, (unit) => UNITS[unit] ?? unit);
  return fact;
}
