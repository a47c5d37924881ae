/** What a person decides about an article, a broadcast or a post that did not go by itself; and who is told instead. */
import type { Database, Tx } from "../../../infra/db.ts";
import { addUncovered } from "../audience/store.ts";
import { tellSoon } from "../notices/sending.ts";
import { withSending } from "../notices/store.ts";
import {
  enqueuePublications,
  findPublication,
  settlePublication,
  type Outcome,
  type Publication,
  type PublicationState,
} from "./store.ts";

/** again: put it there, it is surely not; there: somebody saw it on the platform; drop: not any more. */
export type Decision = "again" | "there" | "drop";

const FROM: Record<Decision, PublicationState[]> = {
  again: ["held", "failed"],
  there: ["held"],
  drop: ["held", "failed"],
};

/** @returns false when it is not in a state for it. */
export async function decide(
  tx: Tx,
  announcementId: bigint,
  id: bigint,
  decision: Decision,
  at: Date,
): Promise<boolean> {
  const row = await findPublication(tx, id);
  if (row?.announcementId !== announcementId || !FROM[decision].includes(row.state)) return false;
  if (!(await settlePublication(tx, id, row.state, outcomeOf(row, decision, at)))) return false;
  if (decision === "drop" && row.state === "held") await addOthers(tx, row, at);
  await enqueuePublications(tx, announcementId);
  return true;
}

function outcomeOf({ token }: Publication, decision: Decision, at: Date): Outcome {
  const fresh = { attempts: 0, looks: 0, note: null, errorCode: null, dueAt: at };
  if (decision === "drop") return { state: "cancelled" };
  if (decision === "there") return { ...fresh, state: "done", doneAt: at };
  // an article that has a token is being made already: only asked for again
  return { ...fresh, state: token ? "processing" : "open" };
}

/** A broadcast did not go: who was to get nothing else is told by message. */
export const tellUncovered = ({ db }: Database, row: Publication, at: Date): Promise<void> =>
  row.kind === "broadcast" ? db.$transaction((tx) => addOthers(tx, row, at)) : Promise.resolve();

async function addOthers(tx: Tx, row: Publication, at: Date): Promise<void> {
  const { announcement, accountId, kind } = row;
  if (kind !== "broadcast" || announcement.level === "emergency" || announcement.state !== "published")
    return;
  if ((await addUncovered(tx, announcement, accountId)) === 0) return;
  await withSending(tx, announcement.id, "news", ["finished"], "running", at);
  await tellSoon(tx, announcement.id, "news");
}
