/** What an event amounts to in the talk: words, a choice, pictures; or nothing to answer. */
import type { InboundAttachment, InboundEvent } from "../../channels/channel.ts";
import type { StoredEvent } from "../../channels/drain.ts";
import { askFor } from "../../dialogue/choices.ts";
import { UNSENT } from "../../dialogue/turn.ts";
import type { DialogueState, HeardAttachment } from "../../dialogue/types.ts";

export interface Spoken {
  text: string;
  choice: string | null;
  attachments: HeardAttachment[];
  messageId: string | null;
  /** The talk as it was before this: differs for an edited message, which is heard anew. */
  state: DialogueState;
}

/** The longest text that is read; the rest of a longer one is kept, not understood. */
const LONGEST = 4000;

export function spokenIn(
  event: InboundEvent,
  stored: StoredEvent,
  state: DialogueState,
  isNoticed: boolean,
): Spoken | null {
  const nothing = { text: "", choice: null, attachments: [], messageId: null, state };
  const greeted = isNoticed ? null : { ...nothing, choice: askFor("greeting") };
  switch (event.kind) {
    case "message": {
      const attachments = withRows(event.attachments, stored);
      const choice = event.choice === null ? null : payload(event.choice);
      return { text: clean(event.text), choice, attachments, messageId: event.messageId, state };
    }
    case "postback":
      return { ...nothing, choice: payload(event.choice), messageId: event.messageId };
    case "edit": {
      const { last } = state;
      if (last?.messageId !== event.messageId) return null;
      const before = { ...state, ...last.before, last: null };
      return { ...nothing, text: clean(event.text), messageId: event.messageId, state: before };
    }
    case "unsent": {
      const { last } = state;
      if (!last || last.messageId !== event.messageId) return null;
      return { ...nothing, choice: UNSENT, state: { ...state, ...last.before, last: null } };
    }
    case "submitted_info":
      return { ...nothing, choice: askFor("info.received") };
    case "follow":
    case "referral":
      return greeted;
    default:
      return null;
  }
}

const payload = (choice: string) => (choice === "GET_STARTED" ? askFor("greeting") : clean(choice));

function withRows(attachments: InboundAttachment[], stored: StoredEvent): HeardAttachment[] {
  return attachments.map((attachment, index) => ({
    ...attachment,
    attachmentId: stored.attachmentIds[index] ?? null,
  }));
}

/** What PostgreSQL's JSON and the classifier can take: no U+0000, no half of a character. */
function clean(text: string): string {
  return text
    .slice(0, LONGEST)
    .replaceAll("\0", "")
    .replace(/\p{Surrogate}/gu, "")
    .trim();
}
