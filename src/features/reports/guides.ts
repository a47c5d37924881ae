/** What is not filed in the open: a child in danger, complaints by law, quarrels between neighbours. */
import { askFor, withChoices } from "../../dialogue/choices.ts";
import type { Turn } from "../../dialogue/types.ts";
import type { Feature, TurnContext } from "../feature.ts";

const person = ({ say }: TurnContext) => ({ label: say("intents.human"), value: askFor("human") });

export const guides: NonNullable<Feature["answers"]> = {
  /** The number first; no name, no picture of the child is asked for. Staff see it at once. */
  "report.guide.child": async (_turn: Turn, context: TurnContext) => {
    context.callPerson("child_protection", "beside");
    return [withChoices(context.say("reports.guide.child"), [person(context)])];
  },
  "report.guide.denunciation": async (_turn, context) => [
    withChoices(context.say("reports.guide.denunciation", { unit: context.unitName }), [person(context)]),
  ],
  "report.guide.neighbours": async (_turn, context) => [
    withChoices(context.say("reports.guide.neighbours"), [person(context)]),
  ],
};
