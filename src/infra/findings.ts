/** What a check found: for a person to read, with the mend beside what is wrong. */

export interface Finding {
  what: string;
  /** warn: it works today. bad: it does not, or will not much longer. */
  state: "ok" | "warn" | "bad";
  found: string;
  /** What to do about it; none when all is well. */
  mend?: string;
}

export const ok = (what: string, found: string): Finding => ({ what, state: "ok", found });
export const warn = (what: string, found: string, mend: string): Finding => ({
  what,
  state: "warn",
  found,
  mend,
});
export const bad = (what: string, found: string, mend: string): Finding => ({
  what,
  state: "bad",
  found,
  mend,
});

/** Clocks further apart than this break signatures, windows and tokens, s. */
const MOST_SKEW = 30;
export const isApart = (seconds: number) => Math.abs(seconds) > MOST_SKEW;

/** @param date a Date header, exact to the second. @returns how far our clock is ahead of it; null: it says nothing. */
export function secondsApart(date: string | undefined, now: number): number | null {
  const theirs = Date.parse(date ?? "");
  return Number.isNaN(theirs) ? null : Math.round((now - theirs) / 1000);
}

export function clockFinding(whose: string, date: string | undefined, now = Date.now()): Finding[] {
  const seconds = secondsApart(date, now);
  if (seconds === null) return [];
  const found = `${Math.abs(seconds)} s ${seconds < 0 ? "behind" : "ahead of"} ${whose}`;
  if (!isApart(seconds)) return [ok("clock", found)];
  return [bad("clock", found, "Set this machine's clock by NTP (timedatectl set-ntp true).")];
}

const MARKS = { ok: "ok", warn: "WARN", bad: "BAD" };

/** A table of three columns; what to do stands under what is wrong. */
export function formatFindings(findings: Finding[]): string {
  const width = Math.max(...findings.map(({ what }) => what.length));
  return findings
    .flatMap(({ what, state, found, mend }) => [
      `${MARKS[state].padEnd(5)} ${what.padEnd(width)}  ${found}`,
      ...(mend && state !== "ok" ? [`${" ".repeat(6 + width)}  → ${mend}`] : []),
    ])
    .join("\n");
}
