/**
 * Facebook's usage headers: shares of what an app or a Page may call, in percent, and the minutes until access
 * comes back (facebook.md §5). Above 80 % we rest before we are made to.
 */
import { parseJson } from "../loose-json.ts";

const ENOUGH = 80;
const REST = 60_000;

/** @returns until when to send nothing, or null when there is room. */
export function calmUntil(headers: Record<string, unknown>, now = Date.now()): Date | null {
  let highest = 0;
  let minutes = 0;
  for (const name of ["x-app-usage", "x-page-usage", "x-business-use-case-usage"]) {
    const value = headers[name];
    if (typeof value !== "string") continue;
    for (const [key, figure] of figuresIn(parseJson(value))) {
      if (key === "estimated_time_to_regain_access") minutes = Math.max(minutes, figure);
      else if (SHARES.has(key)) highest = Math.max(highest, figure);
    }
  }
  if (minutes > 0) return new Date(now + minutes * 60_000);
  return highest > ENOUGH ? new Date(now + REST) : null;
}

const SHARES = new Set(["call_count", "total_cputime", "total_time"]);

function figuresIn(value: unknown): [string, number][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]): [string, number][] =>
    typeof inner === "number" ? [[key, inner]] : figuresIn(inner),
  );
}
