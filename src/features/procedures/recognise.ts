/** Hears a procedure in words the classifier is not sure of: it learnt how people ask, not every matter there is. */
import type { Turn } from "../../dialogue/types.ts";
import type { TurnContext } from "../feature.ts";
import type { ShelfOf } from "./shelf.ts";

/**
 * How much of the procedures' own names and ways of asking there must be in it, by how much the classifier hears of any
 * question about procedures. Measured on the sentences of every other kind that intents/ and the kept ones have: of 10,358 it
 * takes 56; of 268 questions about procedures 95 % come here, 90 % before.
 */
const CERTAIN = 0.7;
const LIKELY = { score: 0.3, heard: 0.05 };
const HEARD = { score: 0.15, heard: 0.25 };
/** The classifier is lost altogether. */
const ALONE = { score: 0.5, most: 0.75 };

export function createRecognition(shelfOf: ShelfOf) {
  return async ({ text, understanding }: Turn, { tx }: TurnContext): Promise<string | null> => {
    const shelf = await shelfOf(tx);
    const [best] = shelf.find(text, 1);
    if (!best || !shelf.namesSomething(text) || !isMeant(best.score, understanding)) return null;
    const reading = understanding.readings.find(({ name }) => name.startsWith("procedure."));
    return reading?.name ?? "procedure.info";
  };
}

function isMeant(score: number, { readings }: Turn["understanding"]): boolean {
  const heard = readings
    .filter(({ name }) => name.startsWith("procedure."))
    .reduce((sum, { confidence }) => sum + confidence, 0);
  return (
    score >= CERTAIN ||
    (score >= LIKELY.score && heard >= LIKELY.heard) ||
    (score >= HEARD.score && heard >= HEARD.heard) ||
    (score >= ALONE.score && (readings[0]?.confidence ?? 0) < ALONE.most)
  );
}
