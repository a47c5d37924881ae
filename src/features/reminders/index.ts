/** "Đặt lịch nhắc": a resident names a matter and a day, and is reminded that morning. */
import { DateTime } from "luxon";
import type { Wording } from "../../dialogue/types.ts";
import type { WordingBook } from "../../dialogue/wording.ts";
import { askedFor, askFor, withChoices } from "../../dialogue/choices.ts";
import { formatDate, ZONE, type Clock } from "../../infra/clock.ts";
import type { Database } from "../../infra/db.ts";
import { enqueue } from "../../infra/jobs.ts";
import type { Feature } from "../feature.ts";
import { momentOf, reminderFlow, type ReminderDraft } from "./flow.ts";
import { personalData } from "./personal-data.ts";
import { addReminder, dropReminder, openReminders } from "./store.ts";
import { createTelling } from "./telling.ts";

/** Nobody needs more at once. */
const MOST = 20;

export interface ReminderParts {
  database: Database;
  wording: WordingBook;
  clock: Clock;
}

/** "thứ Hai 30/11/2026" */
const dayInWords = (at: Date, say: Wording) =>
  `${say(`hours.weekday.${DateTime.fromJSDate(at, { zone: ZONE }).weekday}`)} ${formatDate(at)}`;

export function createResidentReminders(parts: ReminderParts): Feature {
  const telling = createTelling(parts);
  return {
    name: "reminders",
    flows: [reminderFlow],
    effects: {
      "reminders.keep": async (data, { tx, residentId, say, now }) => {
        const { what, day } = data as unknown as ReminderDraft;
        if ((await openReminders(tx, residentId)) >= MOST) return [{ text: say("reminders.tooMany") }];
        const dueAt = momentOf(day!);
        const id = await addReminder(tx, { residentId, what: what!, dueAt, at: now });
        await enqueue(tx, "reminders.tell", { id: String(id) }, { runAt: dueAt });
        const drop = { label: say("reminders.drop"), value: askFor("reminder.drop", String(id)) };
        return [withChoices(say("reminders.kept", { what: what!, day: dayInWords(dueAt, say) }), [drop])];
      },
    },
    answers: {
      "reminder.drop": async (turn, { tx, residentId, say }) => {
        const about = askedFor(turn.choice)?.about ?? "";
        const isThere = /^\d{1,18}$/.test(about) && (await dropReminder(tx, BigInt(about), residentId));
        return [{ text: say(isThere ? "reminders.dropped" : "reminders.gone") }];
      },
    },
    news: telling.withAnswer,
    personalData,
    jobs: { tasks: { "reminders.tell": ({ id }: { id: string }) => telling.tell(BigInt(id)) } },
  };
}
