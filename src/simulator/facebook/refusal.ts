/** Graph says no with a 4xx status and an error object (facebook.md §6). */
import { randomBytes } from "node:crypto";
import type { Answer } from "../http.ts";

export class GraphRefusal extends Error {
  constructor(
    readonly code: number,
    message: string,
    readonly subcode?: number,
    readonly status = 400,
  ) {
    super(`(#${code}) ${message}`);
  }
}

export const invalid = (message: string) => new GraphRefusal(100, message);

export function refusalAnswer({ code, subcode, message, status }: GraphRefusal): Answer {
  const error = {
    ...{ message, type: "OAuthException", code },
    ...(subcode === undefined ? {} : { error_subcode: subcode }),
    fbtrace_id: `A${randomBytes(16).toString("base64url")}`,
  };
  return { status, body: { error } };
}
