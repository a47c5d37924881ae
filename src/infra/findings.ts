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

/** Clocks further apart than this break signatures, windows and tokens, ms. */
const MOST_SKEW = 30_000;

/** @param date a Date header, exact to the second. */
export function clockFinding(whose: string, date: string | undefined, now = Date.now()): Finding[] {
  const theirs = Date.parse(date ?? "");
  if (Number.isNaN(theirs)) return [];
  const seconds = Math.round((now - theirs) / 1000);
  const found = `${Math.abs(seconds)} s ${seconds < 0 ? "behind" : "ahead of"} ${whose}`;
  if (Math.abs(now - theirs) <= MOST_SKEW) return [ok("clock", found)];
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
