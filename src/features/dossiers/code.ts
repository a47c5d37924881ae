/**
 * A dossier's code: agency – day received – running number of the day. The agency's parts end with the province in the old
 * way (000.00.01.H07) and begin with it in the new one (H07.20, QĐ 20/2020/QĐ-TTg). Which province, nobody refuses: a
 * dossier filed in the former city may carry the code of the old province or of the new.
 */
import { DateTime } from "luxon";
import { ZONE } from "../../infra/clock.ts";

const OLD = /^(?:\d{2,3}\.){1,3}[HG]\d{2}-(\d{6})-\d{4,5}$/;
const NEW = /^(?:\d{2,3}\.){0,3}[HG]\d{2}(?:\.\d{1,3}){0,3}-(\d{6})-\d{4,5}$/;
/** Looks like a code of some system: looked up, but nothing about it can be checked. */
const OTHER = /^(?=.*\d)[A-Z0-9][A-Z0-9.\-_/]{6,39}$/;

export type ReadCode =
  { code: string; isChecked: boolean } | { problem: "not_a_code" | "no_such_day" | "future_day" };

/** " 000.00.19.h47 – 260105 – 0001 " → 000.00.19.H47-260105-0001 */
export function readCode(text: string, now: Date): ReadCode {
  const code = normalised(text);
  const day = (OLD.exec(code) ?? NEW.exec(code))?.[1];
  if (!day) return OTHER.test(code) ? { code, isChecked: false } : { problem: "not_a_code" };
  const received = DateTime.fromFormat(day, "yyMMdd", { zone: ZONE });
  if (!received.isValid) return { problem: "no_such_day" };
  if (received > DateTime.fromJSDate(now, { zone: ZONE }).endOf("day")) return { problem: "future_day" };
  return { code, isChecked: true };
}

function normalised(text: string): string {
  return text
    .normalize("NFKC") // full-width letters and signs
    .trim()
    .toUpperCase()
    .replace(/[‐‑‒–—―−﹣－]/g, "-")
    .replace(/\s*([.\-_/])\s*/g, "$1")
    .replace(/-{2,}/g, "-")
    .replace(/^(?:MÃ|MA|MÃ SỐ|SỐ)?\s*(?:HỒ SƠ|HO SO|HS)?\s*[:#]?\s*(?=[A-Z0-9]*\d)/u, "")
    .replace(/[.,;!?]+$/, "");
}

/**
 * The code in what a receipt's QR holds: the bare code, or an address that carries it. The address is only read, never
 * opened: anybody can print a QR.
 */
export function codeInQr(content: string, now: Date): string | null {
  const whole = readCode(content, now);
  if ("code" in whole && whole.isChecked) return whole.code;
  const pieces = decoded(content).split(/[?&=/#\s|;,"]+/);
  for (const piece of pieces) {
    const read = readCode(piece, now);
    if ("code" in read && read.isChecked) return read.code;
  }
  return null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
