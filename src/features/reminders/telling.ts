/** Reminds in the morning it was asked for, while the platform lets us write; else with the answer to the next message. */
import type { Reply } from "../../channels/channel.ts";
import { afterNight, isWindowOpen } from "../../channels/windows.ts";
import type { Wording } from "../../dialogue/types.ts";
import { formatDate } from "../../infra/clock.ts";
import { enqueue } from "../../infra/jobs.ts";
import { lockListener } from "../../residents/listener.ts";
import { inLanguageOf, isHeld, tell as send } from "../../residents/teller.ts";
import type { TurnContext } from "../feature.ts";
import type { ReminderParts } from "./index.ts";
import { dueReminders, findReminder, markReminded, type Reminder } from "./store.ts";

/** While a person holds the talk the bot keeps out of it and looks again after this, ms. */
const WHILE_STAFF_TALK = 3_600_000;

export function createTelling({ database, wording, clock }: ReminderParts) {
  /** The job: harmless if run twice, told is told once. */
  async function tell(id: bigint): Promise<void> {
    const reminder = await findReminder(database.db, id);
    if (!reminder || reminder.toldAt) return;
    await database.transaction(async (tx) => {
      const listener = await lockListener(tx, reminder.residentId);
      const now = clock.now();
      if (!listener || listener.withdrawn) return;
      if (!isWindowOpen(listener.channel, listener.lastInboundAt, now)) return;
      const later = isHeld(listener) ? new Date(now.getTime() + WHILE_STAFF_TALK) : afterNight(now);
      if (later > now) return enqueue(tx, "reminders.tell", { id: String(id) }, { runAt: later });
      const due = await dueReminders(tx, reminder.residentId, now);
      if (due.length === 0) return;
      await markReminded(tx, due, now);
      await send(tx, listener, [inWords(due, inLanguageOf(listener, wording))]);
    });
  }

  async function withAnswer({ tx, residentId, say, now }: TurnContext): Promise<Reply[]> {
    const due = await dueReminders(tx, residentId, now);
    if (due.length === 0) return [];
    await markReminded(tx, due, now);
    return [inWords(due, say)];
  }

  return { tell, withAnswer };
}

const inWords = (due: Reminder[], say: Wording): Reply => ({
  text: [
    say("reminders.now"),
    ...due.map(({ what, createdAt }) => say("reminders.line", { what, asked: formatDate(createdAt) })),
  ].join("\n"),
});
