/**
 * Pages in two languages. Vietnamese stands in the source and is the key; its English stands in english/*.yml.
 * How to mark a sentence: README.md beside this file.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { escapeHtml } from "@kitajs/html";
import { english } from "./catalogue.ts";

export type Language = "vi" | "en";
export const LANGUAGES: Record<Language, string> = { vi: "Tiếng Việt", en: "English" };
export const isLanguage = (name: unknown): name is Language => name === "vi" || name === "en";

/**
 * A sentence of our own, nothing of anybody else's in it: may stand on a page as it is. (A literal type, for
 * xss-scan lets those pass; in truth any string.)
 */
export type Ours = "a sentence of ours";

const current = new AsyncLocalStorage<Language>();

/** Of the page being drawn; Vietnamese where none is: in jobs, in commands, in whatever residents are sent. */
export const pageLanguage = (): Language => current.getStore() ?? "vi";

/** For figures: 1.234,5 or 1,234.5. */
export const pageLocale = () => (pageLanguage() === "en" ? "en-GB" : "vi-VN");

/** Whatever the deed draws is drawn in this language. */
export const inLanguage = <Result>(language: Language, deed: () => Result): Result =>
  current.run(language, deed);

type Value = string | number | bigint;

function say(strings: TemplateStringsArray): Ours;
function say(strings: TemplateStringsArray, ...values: Value[]): string;
function say(strings: TemplateStringsArray, ...values: Value[]): string {
  return fill(inPageLanguage(keyOf(strings)), values);
}

/**
 * t`Còn ${n} phút`: the sentence in the language of the page, as plain text. One without values may stand as a child; one
 * with values wants `safe` on its element, or t.html.
 */
export const t = Object.assign(say, {
  /** t.html`Còn <strong>${n}</strong> mã`: markup. The tags are ours, the values are escaped. */
  html(strings: TemplateStringsArray, ...values: Value[]): Ours {
    return fill(inPageLanguage(keyOf(strings)), values, escapeHtml) as Ours;
  },
  /** What vi`…` marked; any other text comes back as it is. */
  of: <Text extends string | undefined>(text: Text): Text =>
    (text === undefined ? text : inPageLanguage(text)) as Text,
});

/**
 * Marks a sentence that is kept in Vietnamese (a table of names, a schema's complaint) and shown with t.of(…).
 * Where one word of ours is two in English, what follows ^ tells them apart: vi`Duyệt^step` is "Approved", t`Duyệt` "Approve".
 */
export function vi(strings: TemplateStringsArray): Ours {
  return keyOf(strings) as Ours;
}

/** "Còn {0} phút" */
const keyOf = (parts: readonly string[]) => parts.reduce((key, part, index) => `${key}{${index - 1}}${part}`);

function inPageLanguage(key: string): string {
  const known = pageLanguage() === "en" ? english().get(key) : undefined;
  return known ?? key.replace(/\^\w+$/, "");
}

/** Places as {0}; English also chooses by number: {0:report|reports}. */
function fill(sentence: string, values: Value[], escape: (value: Value) => string = String): string {
  if (values.length === 0) return sentence;
  return sentence.replace(
    /\{(\d+)(?::([^|}]*)\|([^}]*))?\}/g,
    (_, index: string, one?: string, many?: string) => {
      const value = values[Number(index)]!;
      return many === undefined ? escape(value) : Number(value) === 1 ? one! : many;
    },
  );
}
