/**
 * Nobody else's page may act in a signed-in person's name: what changes something comes from our own pages,
 * as the browser says, and inside a session carries the session's token as well.
 */
import { randomBytes, timingSafeEqual } from "node:crypto";
import type { Request, RequestHandler } from "express";
import { refused } from "./problems.ts";

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

export const newCsrfToken = () => randomBytes(24).toString("base64url");

export function requireSameOrigin(publicUrl: string): RequestHandler {
  const publicOrigin = new URL(publicUrl).origin;
  return (request, _response, next) => {
    if (!SAFE_METHODS.has(request.method) && !isSameOrigin(request, publicOrigin)) {
      throw refused("the request did not come from a page of ours");
    }
    next();
  };
}

function isSameOrigin(request: Request, publicOrigin: string): boolean {
  const site = request.get("sec-fetch-site");
  if (site !== undefined) return site === "same-origin";
  const origin = request.get("origin"); // a browser that says neither is not one we know
  if (!origin || !URL.canParse(origin)) return false;
  return origin === publicOrigin || new URL(origin).host === request.get("host");
}

/** Signing in has no session yet, or leaves one behind: an older tab may still show the page. */
const isSignIn = (path: string) => path === "/sign-in" || path === "/sign-in/code";

/** After the body is read: a form's hidden field, or the header htmx sends. */
export const requireToken: RequestHandler = (request, _response, next) => {
  const { csrf } = request.session;
  if (!SAFE_METHODS.has(request.method) && csrf !== undefined && !isSignIn(request.path)) {
    const body = request.body as { _csrf?: unknown } | undefined;
    const given = body?._csrf ?? request.get("x-csrf-token");
    if (typeof given !== "string" || !isSame(given, csrf))
      throw refused("the form's token is not of this session");
  }
  next();
};

function isSame(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}
