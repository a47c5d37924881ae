/**
 * Erasing a resident. It is acknowledged at once and done a moment later by a job, when the acknowledgement has gone
 * out: the talk it goes to is erased too.
 */
import type { Media } from "../../channels/media.ts";
import type { Db, Tx } from "../../infra/db.ts";
import { enqueue } from "../../infra/jobs.ts";
import type { PersonalData } from "../feature.ts";
import { eraseResident, hasUnsent, keepRequest, openErasure, requestById, settleRequest } from "./store.ts";
import type { RequestOrigin } from "./store.ts";

/** Time for the last answer to be sent. */
const PAUSE = 20_000;
/** An answer that cannot be sent holds the erasure up for so long at most. */
const LONGEST_PAUSE = 6 * 3_600_000;

/** @returns the code of the request; asking again while it is under way gives the same one. */
export async function askForErasure(
  tx: Tx,
  residentId: bigint,
  channel: string,
  origin: RequestOrigin,
  now: Date,
): Promise<string> {
  const open = await openErasure(tx, residentId);
  if (open) return open.code;
  const { id, code } = await keepRequest(tx, { kind: "erase", origin, channel, residentId }, now);
  const runAt = new Date(now.getTime() + PAUSE);
  await enqueue(tx, "privacy.erase", { id: String(id) }, { key: `privacy:${id}`, runAt });
  return code;
}

/** @param others what the features keep; each lets go of its own first. */
export async function erase(
  db: Db,
  requestId: bigint,
  others: PersonalData[],
  media: Media,
  now: Date,
): Promise<void> {
  const request = await requestById(db, requestId);
  if (!request || request.state !== "received" || request.residentId === null) return;
  const { residentId } = request;
  const waited = now.getTime() - request.requestedAt.getTime();
  if (waited < LONGEST_PAUSE && (await hasUnsent(db, residentId))) {
    const runAt = new Date(now.getTime() + PAUSE);
    return enqueue(db, "privacy.erase", { id: String(requestId) }, { key: `privacy:${requestId}`, runAt });
  }
  const unused = await db.$transaction(async (tx) => {
    // no turn may be taken meanwhile
    await tx.$queryRaw`SELECT 1 FROM conversation WHERE resident_id = ${residentId} FOR UPDATE`;
    const counts: Record<string, number> = {};
    for (const other of others) Object.assign(counts, await other.erase(tx, residentId));
    const { counts: own, hashes } = await eraseResident(tx, residentId);
    await settleRequest(tx, requestId, { ...counts, ...own });
    return hashes;
  });
  await media.forget(unused);
}
