/** What becomes of a message whose window is closed when its turn comes: its approved template, where it has one. */
import type { Outgoing, TemplateMessage } from "./channel.ts";
import { DeliveryError } from "./delivery-error.ts";

/**
 * @param check throws window_closed past the window.
 * @returns the template to send instead of the words, to whom; null: the words may go.
 * @throws what `check` throws, where there is no template, or nobody it could go to.
 */
export function templatePast(
  { recipient, reply }: Pick<Outgoing, "recipient" | "reply">,
  check: () => unknown,
): (TemplateMessage & { user: string }) | null {
  if ("comment" in recipient) return null; // a private reply has a window of its own
  try {
    check();
    return null;
  } catch (error) {
    const isClosed = error instanceof DeliveryError && error.errorClass === "window_closed";
    if (!isClosed || !reply.template || !("user" in recipient)) throw error;
    return { ...reply.template, user: recipient.user };
  }
}

/** What answers of the same talk may be made to wait, ms. */
const LONGEST_WAIT = 3_600_000;

/** A quota that comes back tomorrow would hold up every answer of the talk until then: the template is given up instead. */
export async function notHeldUp<Result>(sending: Promise<Result>): Promise<Result> {
  try {
    return await sending;
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    const retryAt = error.options.retryAt?.getTime() ?? 0;
    if (retryAt < Date.now() + LONGEST_WAIT) throw error;
    throw new DeliveryError("permanent", error.code, error.message, error.options);
  }
}
