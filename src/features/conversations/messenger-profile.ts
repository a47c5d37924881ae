/** What Messenger shows before the first word: a greeting, a button to begin, and a menu that is always there. */
import { askFor } from "../../dialogue/choices.ts";
import type { Wording } from "../../dialogue/types.ts";

/** The body of `POST /me/messenger_profile`; greeting ≤ 160 characters, menu titles ≤ 30 (facebook.md §3.2). */
export function messengerProfile(say: Wording): object {
  const lines = ["help", "human"].map((intent) => ({
    type: "postback",
    title: say(`intents.${intent}`),
    payload: askFor(intent),
  }));
  return {
    get_started: { payload: "GET_STARTED" },
    greeting: [{ locale: "default", text: say("conversations.pageGreeting") }],
    persistent_menu: [{ locale: "default", composer_input_disabled: false, call_to_actions: lines }],
  };
}
