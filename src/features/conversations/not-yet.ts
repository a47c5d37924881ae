/**
 * What residents ask and the bot cannot answer yet: said plainly, with a person beside it. A feature that
 * comes takes its line away here; when none is left, this file goes and so does its name in app.ts.
 */
import { askedFor, withChoices } from "../../dialogue/choices.ts";
import type { Turn } from "../../dialogue/types.ts";
import type { Feature, TurnContext } from "../feature.ts";
import { personOrMenu } from "./answers.ts";

const AWAITED = ["environment.*"];

export const notYet: Feature = {
  name: "not-yet",
  answers: Object.fromEntries(AWAITED.map((family) => [family, answerHonestly])),
};

async function answerHonestly(turn: Turn, { say, unitName }: TurnContext) {
  const intent = askedFor(turn.choice)?.intent ?? turn.understanding.intents[0]?.name ?? "";
  const family = AWAITED.map((pattern) => pattern.slice(0, -2)).find((name) => intent.startsWith(`${name}.`));
  const matter = say.has(`conversations.matter.${family}`) ? say(`conversations.matter.${family}`) : "";
  return [withChoices(say("conversations.notYet", { matter, unit: unitName }), personOrMenu(say))];
}
