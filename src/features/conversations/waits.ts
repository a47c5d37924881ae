/** How long residents wait for a person, in the working time of the unit: for the figures, which know nobody. */
import type { Tx } from "../../infra/db.ts";
import { workedBetween } from "../../infra/office-time.ts";
import { workTimeOf } from "../../residents/work-time.ts";
import { endWait, findWait } from "./store.ts";

/** A person has answered. Nothing where nobody waited: staff may write to anybody. */
export async function noteAnswered(tx: Tx, conversationId: bigint, at: Date): Promise<void> {
  const wait = await findWait(tx, conversationId);
  if (!wait) return;
  const { id, unitCode, since } = wait;
  const workTime = await workTimeOf(tx, unitCode, since);
  await endWait(tx, id, {
    answeredAt: at,
    workedSeconds: Math.round(workedBetween(since, at, workTime) / 1000),
  });
}
