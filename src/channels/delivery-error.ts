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
