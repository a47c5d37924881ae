/** What the steps of an announcement mean for its articles, broadcasts and posts; each in the caller's transaction. */
import type { Tx } from "../../../infra/db.ts";
import type { SendingDeed } from "../notices/sending.ts";
import {
  createPublications,
  dropPublications,
  enqueuePublications,
  removePublications,
  takeOver,
} from "./store.ts";

/** It is out: what its plan wants is put on the accounts; what it corrects is changed where it stands. */
export async function startPublishing(
  tx: Tx,
  { id, replacesId }: { id: bigint; replacesId: bigint | null },
  at: Date,
): Promise<void> {
  await createPublications(tx, id, at);
  if (replacesId) {
    await dropPublications(tx, replacesId);
    await takeOver(tx, id, replacesId, at);
  }
  await enqueuePublications(tx, id);
}

/** It is recalled: what waits does not go, what stands is taken away. */
export async function stopPublishing(tx: Tx, announcementId: bigint, at: Date): Promise<void> {
  await removePublications(tx, announcementId, at);
  await enqueuePublications(tx, announcementId);
}

/** A pause holds what waits (`publisher.ts` asks before each step), a cancellation ends it. */
export async function steerPublishing(tx: Tx, announcementId: bigint, deed: SendingDeed): Promise<void> {
  if (deed === "cancel") await dropPublications(tx, announcementId);
  if (deed === "resume") await enqueuePublications(tx, announcementId);
}
