/**
 * A form left unfinished is remembered to its resident once: half a day later unless the office sets otherwise, by day,
 * while the platform's window is surely open. Later it is parked (src/dialogue/parking.ts).
 */
import type { Reply } from "../../channels/channel.ts";
import { queueReplies } from "../../channels/queue-replies.ts";
import { afterNight } from "../../channels/windows.ts";
import { withNotes } from "../../dialogue/form.ts";
import { formTimes, matterOf, questionOf } from "../../dialogue/parking.ts";
import { readState, rememberOffers } from "../../dialogue/state.ts";
import type { Flow } from "../../dialogue/types.ts";
import type { WordingBook } from "../../dialogue/wording.ts";
import type { Clock } from "../../infra/clock.ts";
import type { Database, Tx } from "../../infra/db.ts";
import type { JobSet } from "../../infra/jobs.ts";
import { keepDialogue, lockTalk, silentForms } from "./store.ts";

const HOUR = 3_600_000;
/** Facebook's 24-hour window is still open then. With a reminder after twelve hours, ten remain: one more than a night. */
const LATEST = 22 * HOUR;

const earliest = () => formTimes.value.remindAfter * HOUR;

export interface ReminderParts {
  database: Database;
  flows: Flow[];
  wording: WordingBook;
  clock: Clock;
}

export function createReminders({ database, flows, wording, clock }: ReminderParts): JobSet {
  async function remindAll() {
    const now = clock.now();
    if (afterNight(now) > now || formTimes.value.remindAfter === 0) return;
    const [oldest, newest] = [new Date(now.getTime() - LATEST), new Date(now.getTime() - earliest())];
    for (const id of await silentForms(database.db, oldest, newest)) {
      await database.transaction((tx) => remind(tx, id, now));
    }
  }

  /** Harmless if run twice: what was said is noted in the same transaction. */
  async function remind(tx: Tx, id: bigint, now: Date) {
    const talk = await lockTalk(tx, id);
    if (!talk || talk.state !== "bot") return;
    const language = talk.language === "en" ? "en" : "vi";
    const state = readState(talk.dialogue, flows, language);
    const { form } = state;
    const age = form ? now.getTime() - Date.parse(form.at) : NaN;
    if (!form || form.reminded || !(age >= earliest() && age <= LATEST)) return;
    const say = wording.in(language);
    const opening = say("dialogue.reminder", { matter: matterOf({ flows }, form, say) });
    const reply: Reply = withNotes([opening], questionOf({ flows }, form, say));
    const kept = { ...state, form: { ...form, reminded: true }, last: null };
    await keepDialogue(tx, id, rememberOffers(kept, [reply]));
    const to = {
      accountId: talk.accountId,
      conversationId: id,
      recipient: { user: talk.residentExternalId },
    };
    await queueReplies(tx, to, [reply], { author: "bot", dedupeKey: `reminder:${id}:${form.at}` });
  }

  return { tasks: { conversations_remind: remindAll }, crontab: ["*/10 * * * * conversations_remind"] };
}
