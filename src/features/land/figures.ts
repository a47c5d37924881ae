/** Small things that land answers share. */
import { askFor, withChoices } from "../../dialogue/choices.ts";
import type { TurnContext } from "../feature.ts";

/** 1234.56 → "1.234,6" */
export const figure = (value: number) => value.toLocaleString("vi-VN", { maximumFractionDigits: 1 });

export const withPerson = (text: string, { say }: Pick<TurnContext, "say">) =>
  withChoices(text, [
    { label: say("intents.human"), value: askFor("human") },
    { label: say("intents.help"), value: askFor("help") },
  ]);
