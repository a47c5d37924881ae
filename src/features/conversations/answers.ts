/** What is answered at once, in a sentence or two. */
import type { Reply } from "../../channels/channel.ts";
import { askFor, withChoices } from "../../dialogue/choices.ts";
import type { Turn, Wording } from "../../dialogue/types.ts";
import { emergency } from "./emergency.ts";
import type { Feature, TurnContext } from "../feature.ts";
import { workTimeOf } from "../../residents/work-time.ts";
import { nextOpening, sayWhen } from "../../residents/office-hours.ts";
import { countWaiting } from "./store.ts";

type Answer = (turn: Turn, context: TurnContext) => Promise<Reply[]>;

const says =
  (key: string): Answer =>
  async (_turn, { say }) => [{ text: say(key) }];

export const answers: NonNullable<Feature["answers"]> = {
  greeting: async (_turn, context) => {
    const { say } = context;
    if (context.isFormOpen) return [{ text: say("conversations.helloBriefly") }];
    const hello = say(context.isFirstContact ? "conversations.menu" : "conversations.hello");
    return [menu(context, hello)];
  },
  help: async (_turn, context) =>
    context.isFormOpen
      ? [{ text: context.say("conversations.helpInForm") }]
      : [menu(context, context.say("conversations.help"))],
  thanks: says("conversations.thanks"),
  goodbye: says("conversations.goodbye"),
  praise: says("conversations.praise"),
  affirm: async (_turn, context) => [menu(context, context.say("conversations.listening"))],
  deny: says("conversations.fine"),
  cancel: says("conversations.nothingOpen"),
  abuse: says("conversations.calm"),
  "complaint.service": async (_turn, { say }) => [withChoices(say("conversations.sorry"), personOrMenu(say))],
  out_of_scope: async (_turn, context) => [menu(context, context.say("conversations.outOfScope"))],

  human: async (_turn, context) => {
    const { say, unitName, callPerson, now } = context;
    callPerson("asked");
    const opening = nextOpening(now, await workTimeOf(context.tx, context.unitCode, now));
    if (opening > now) {
      const when = sayWhen(opening, now, say);
      return [{ text: say("conversations.humanLater", { unit: unitName, when }) }];
    }
    const ahead = await countWaiting(context.tx, context.unitCode);
    const place = ahead === 0 ? say("conversations.humanNext") : say("conversations.humanPlace", { ahead });
    return [{ text: say("conversations.human", { unit: unitName, place }) }];
  },

  emergency,

  "info.received": says("conversations.infoReceived"),
  "media.sticker": says("conversations.sticker"),
  "media.voice": async (_turn, { say }) => [withChoices(say("conversations.voice"), personOrMenu(say))],
  "media.file": async (_turn, { say }) => [withChoices(say("conversations.file"), personOrMenu(say))],
  "media.photo": async (_turn, context) => [menu(context, context.say("conversations.photo"))],
};

export function menu({ menu, say }: TurnContext, above: string): Reply {
  return withChoices(
    above,
    menu.map(({ intent, label }) => ({ label: say(label), value: askFor(intent) })),
  );
}

export function personOrMenu(say: Wording) {
  return [
    { label: say("intents.human"), value: askFor("human") },
    { label: say("intents.help"), value: askFor("help") },
  ];
}
