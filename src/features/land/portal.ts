/** The land portal behind our own map: asked outside of any transaction; its last answer is kept for bad days. */
import type { Tx } from "../../infra/db.ts";
import { SourceUnavailable } from "../../infra/json-source/source.ts";
import { log } from "../../infra/log.ts";
import { keyOf, type LandSource, type PortalParcel, type Question } from "./portal-parcel.ts";
import { keepAnswer, lastAnswer } from "./store.ts";

export type PortalAnswer =
  | {
      /** Of the kept answer: one of its parcels is named by it. */
      id: bigint;
      parcels: PortalParcel[];
      /** Set when the portal does not answer and this is what it said last. */
      staleSince: Date | null;
    }
  /** "unknown": it knows no such parcel. "unreachable": it does not answer. */
  | { missing: "unknown" | "unreachable" };

export async function askPortal(
  source: LandSource,
  db: Tx,
  question: Question,
  now: Date,
): Promise<PortalAnswer> {
  const key = keyOf(question);
  try {
    const parcels = (await source.find(question)) ?? [];
    if (parcels.length === 0) return { missing: "unknown" };
    return { id: await keepAnswer(db, key, parcels, now), parcels, staleSince: null };
  } catch (error) {
    if (!(error instanceof SourceUnavailable)) throw error;
    log.warn({ reason: error.reason }, "the land portal could not be asked");
    const last = await lastAnswer(db, { question: key });
    return last ? { ...last, staleSince: last.fetchedAt } : { missing: "unreachable" };
  }
}
