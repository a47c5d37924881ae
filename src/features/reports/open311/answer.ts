/** GeoReport v2 answers in the two formats of the standard: the same data, as JSON or as XML. */
import type { Response } from "express";

export type Format = "json" | "xml";
export type Value = string | number | boolean | null | Value[] | { [name: string]: Value };

/** What a list's elements are called in XML, where the standard has a name for them. */
const ELEMENTS: Record<string, string> = {
  services: "service",
  attributes: "attribute",
  values: "value",
  service_requests: "request",
  errors: "error",
  endpoints: "endpoint",
  formats: "format",
};

/** @param root the XML root element; JSON has none. */
export function answer(response: Response, format: Format, status: number, root: string, data: Value): void {
  response.status(status);
  if (format === "json") {
    response.type("application/json; charset=utf-8").send(JSON.stringify(data));
  } else {
    response.type("text/xml; charset=utf-8").send(toXml(root, data));
  }
}

export function toXml(root: string, data: Value): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${element(root, data)}\n`;
}

function element(name: string, value: Value): string {
  if (value === null || value === "") return `<${name}/>`;
  return `<${name}>${content(name, value)}</${name}>`;
}

function content(name: string, value: Value): string {
  if (Array.isArray(value)) return value.map((item) => element(ELEMENTS[name] ?? "item", item)).join("");
  if (typeof value === "object" && value !== null) {
    return Object.entries(value)
      .map(([key, child]) => element(key, child))
      .join("");
  }
  return escape(String(value));
}

/** Characters XML 1.0 does not know at all are left out: no escape makes them legal. */
function escape(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** What is wrong, as the standard words it. */
export interface Problem {
  code: 400 | 403 | 404 | 429;
  description: string;
}

/** An answer that says no, with everything that is wrong. */
export class Open311Error extends Error {
  constructor(readonly problems: Problem[]) {
    super(problems[0]!.description);
  }
}

export const refusal = (code: Problem["code"], description: string) =>
  new Open311Error([{ code, description }]);

export function answerProblems(response: Response, format: Format, { problems }: Open311Error): void {
  answer(response, format, problems[0]!.code, "errors", problems as unknown as Value);
}
