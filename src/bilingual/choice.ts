/** Which language a page is drawn in: what somebody chose, kept in a cookie; Vietnamese until they do. */
import type { CookieOptions, Request, RequestHandler, Response } from "express";
import { inLanguage, isLanguage, type Language } from "./index.ts";

const COOKIE = "lang";
const KEPT: CookieOptions = { path: "/", sameSite: "lax", httpOnly: true, maxAge: 365 * 24 * 3_600_000 };

/** What stands in the cookie, if anything. */
export function languageOfCookie(request: Request): Language | null {
  const found = new RegExp(`(?:^|;\\s*)${COOKIE}=(vi|en)(?:;|$)`).exec(request.headers.cookie ?? "")?.[1];
  return isLanguage(found) ? found : null;
}

export function keepLanguage(response: Response, language: Language, isHttps: boolean): void {
  response.cookie(COOKIE, language, { ...KEPT, secure: isHttps });
}

/**
 * Draws what follows in the language of the person signed in, else of `?lang=` (kept from then on), else of the
 * cookie. What the browser says it prefers is not asked: many an office's computer speaks English to people
 * who do not.
 * @param who the person signed in, with the language they chose, if they did; they change it on their own page
 */
export function drawInChosenLanguage(
  isHttps: boolean,
  who: (response: Response) => { language: Language | null } | undefined = () => undefined,
): RequestHandler {
  return (request, response, next) => {
    const person = who(response);
    const asked = person ? null : request.query.lang;
    if (isLanguage(asked)) keepLanguage(response, asked, isHttps);
    response.vary("cookie");
    const chosen = isLanguage(asked) ? asked : (person?.language ?? languageOfCookie(request));
    inLanguage(chosen ?? "vi", next);
  };
}

/** The same page in the other language. */
export function addressIn(language: Language, address: string): string {
  const { pathname, searchParams } = new URL(address, "http://here.invalid");
  searchParams.set("lang", language);
  return `${pathname}?${searchParams}`;
}
