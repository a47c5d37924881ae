/** What was spoken of last, for the follow-up that does not name it. */
import type { DialogueState, Topic } from "./types.ts";

/** How long a follow-up may lean on what was spoken of before. */
const TOPIC_HOURS = 2;

/** What was spoken of last, while it is fresh. */
export function topicAt({ topic }: DialogueState, now: Date): Topic | null {
  const age = topic ? now.getTime() - Date.parse(topic.at) : NaN;
  return age <= TOPIC_HOURS * 3_600_000 ? topic : null;
}
