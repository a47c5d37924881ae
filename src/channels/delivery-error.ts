import { t } from "../bilingual/index.ts";

/** Why a send failed, told as the only thing anybody asks of it: what to do next. */
export type DeliveryErrorClass =
  /** Trying again cannot help: shown to a person. */
  | "permanent"
  /** Not now: try again at `retryAt`, or by backoff. */
  | "later"
  /** The platform may or may not have taken it: wait for its echo before any resend. */
  | "unknown"
  /** The account cannot send at all until somebody mends it. */
  | "stop_account"
  /** The platform's reply window is closed for this author: nothing may be sent until the resident writes again. */
  | "window_closed"
  /** The access token is refused: refresh it, then try once more. */
  | "refresh_token";

export class DeliveryError extends Error {
  constructor(
    readonly errorClass: DeliveryErrorClass,
    /** The platform's code: "-216", "190/460", "timeout". */
    readonly code: string,
    /** The platform's own words, and what to do about them. Never a token, never a message's text. */
    message: string,
    readonly options: { retryAt?: Date; mend?: string } = {},
  ) {
    super(message);
    this.name = "DeliveryError";
  }
}

/** "token đã hết hạn (Zalo: Invalid token). Kết nối lại …": our meaning, their words, our mend; ours in the language of the page. */
export function errorWords(message: string): string {
  const parts = /^(.+?) \((Zalo|Facebook): ([^]*?)\)(?:\. (.+))?$/.exec(message);
  if (!parts) return t.of(message);
  const [, meaning = "", platform, theirs, mend] = parts;
  const words = `${t.of(meaning)} (${platform}: ${theirs})`;
  return mend ? `${words}. ${t.of(mend)}` : words;
}
