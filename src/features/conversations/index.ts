/** The talk itself: hello and good-bye, the menu, a person when one is wanted, help in danger. */
import type { Feature } from "../feature.ts";
import { answers } from "./answers.ts";
import { teaching } from "./teaching.ts";

export { createInbox, patience, waitingMail, type Inbox } from "./inbox/index.ts";
export { createTurnHandler, type TurnHandlerParts } from "./handle.ts";
export { messengerProfile } from "./messenger-profile.ts";
export { createReminders, type ReminderParts } from "./reminders.ts";
export { createTraining, watchModels } from "./training/index.ts";
export { handBack } from "./store.ts";

/** Listed last in app.ts: "gặp cán bộ" closes the menu. */
export const conversations: Feature = {
  name: "conversations",
  answers: { ...answers, ...teaching.answers },
  codes: teaching.codes,
  news: teaching.news,
  menu: [{ intent: "human", label: "intents.human" }],
};
