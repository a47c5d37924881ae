/** Says something outside of a turn: an answer that took a moment to find out. */
import type { Reply } from "../channels/channel.ts";
import { queueReplies } from "../channels/queue-replies.ts";
import type { Wording } from "../dialogue/types.ts";
import type { WordingBook } from "../dialogue/wording.ts";
import type { Database, Tx } from "../infra/db.ts";
import { lockListener, offerChoices, type Listener } from "./listener.ts";

/** Nothing is said to somebody who has left, nor while a person holds the talk. The platform's window must be open. */
export type Teller = (
  residentId: bigint,
  replies: (tx: Tx, say: Wording) => Promise<Reply[]>,
) => Promise<void>;

export function createTeller(database: Database, wording: WordingBook): Teller {
  return (residentId, replies) =>
    database.transaction(async (tx) => {
      const listener = await lockListener(tx, residentId);
      if (!listener || listener.withdrawn || isHeld(listener)) return;
      await tell(tx, listener, await replies(tx, inLanguageOf(listener, wording)));
    });
}

export const inLanguageOf = ({ language }: Listener, wording: WordingBook) =>
  wording.in(language === "en" ? "en" : "vi");

/** A person has the talk, or is waited for. */
export const isHeld = ({ conversationState }: Listener) =>
  conversationState === "waiting" || conversationState === "staff";

/** In the listener's lock. The last reply's choices are before the resident afterwards. */
export async function tell(
  tx: Tx,
  { accountId, conversationId, externalId }: Listener,
  replies: Reply[],
): Promise<void> {
  const to = { accountId, conversationId, recipient: { user: externalId } };
  await queueReplies(tx, to, replies, { author: "bot" });
  const choices = replies.at(-1)?.choices;
  if (choices) await offerChoices(tx, conversationId, choices);
}
