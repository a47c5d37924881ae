/** Takes out of a message what points to a person, so that the sentence can teach without telling who wrote it. */
import type { Entity, EntityType } from "./types.ts";

/** What stands in the place of an entity; the others (wards, streets, dates) are what the sentence is about. */
const PLACEHOLDERS: Partial<Record<EntityType, string>> = {
  phone: "[phone]",
  dossier_code: "[code]",
  report_code: "[code]",
  house_number: "[house]",
  lamp_pole: "[code]",
  parcel: "[parcel]",
  coordinates: "[place]",
};

/** Shapes found whether or not the engine saw an entity there, in this order. */
const SHAPES: [pattern: RegExp, placeholder: string][] = [
  [/[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu, "[email]"],
  [/(?:https?:\/\/|www\.)\S+/giu, "[link]"],
  // Report PA-2611-00042, dossiers H08.12-251124-0001 and 000.00.12.H08-251124-0001.
  [
    /(?<![\p{L}\p{N}])(?=[\p{L}\d.-]*\d{3})[\p{L}\d]{1,6}(?:\.[\p{L}\d]{1,6}){0,4}(?:-\d{2,8}){2}(?![\p{L}\p{N}])/gu,
    "[code]",
  ],
  [/(?<![\p{L}\p{N}])(?:\+?84|0)(?:[\s.-]?\d){9}(?!\d)/gu, "[phone]"],
  [/\d(?:[\s.-]?\d){7,}/gu, "[number]"],
  [/\d{5,}/gu, "[number]"],
  [
    /((?<![\p{L}\p{N}])(?:số nhà|so nha|nhà số|nha so|sn)\s*[:.]?\s*)\d+\p{L}?(?:\/\d+\p{L}?)*/giu,
    "$1[house]",
  ],
  [/(?<![\p{L}\p{N}/])\d+\p{L}?(?:\/\d+\p{L}?)*(?=\s+(?:đường|duong)(?![\p{L}\p{N}]))/giu, "[house]"],
];

/**
 * The message with phones, dossier and report codes, e-mail addresses, links, house numbers, parcels, coordinates
 * and any number of five or more digits replaced by a word in brackets.
 * @param entities as the engine found them in this very text.
 */
export function redact(text: string, entities: readonly Entity[] = []): string {
  const hidden = entities.filter(({ type }) => PLACEHOLDERS[type]);
  let result = "";
  let at = 0;
  for (const { type, start, end } of [...hidden].sort((one, other) => one.start - other.start)) {
    if (start < at) continue; // two readings of one stretch
    result += text.slice(at, start) + PLACEHOLDERS[type];
    at = end;
  }
  result += text.slice(at);
  for (const [pattern, placeholder] of SHAPES) result = result.replace(pattern, placeholder);
  return result.replace(/\s+/g, " ").trim();
}
