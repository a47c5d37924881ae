/** Hears a procedure in words the classifier is not sure of: it learnt how people ask, not every matter there is. */
import type { Turn } from "../../dialogue/types.ts";
import type { TurnContext } from "../feature.ts";
import type { ShelfOf } from "./shelf.ts";

/** Sentences of every other kind that reach it: fewer than one in a hundred. */
const CERTAIN = 0.7;

export function createRecognition(shelfOf: ShelfOf) {
  return async ({ text, understanding }: Turn, { tx }: TurnContext): Promise<string | null> => {
    const shelf = await shelfOf(tx);
    const [best] = shelf.find(text, 1);
    if (!best || best.score < CERTAIN || !shelf.namesSomething(text)) return null;
    const reading = understanding.readings.find(({ name }) => name.startsWith("procedure."));
    return reading?.name ?? "procedure.info";
  };
}
