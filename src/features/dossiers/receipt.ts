/** The code of a dossier, from the QR of its receipt in the resident's own photo. */
import type { Reply } from "../../channels/channel.ts";
import { askFor, withChoices } from "../../dialogue/choices.ts";
import type { Wording } from "../../dialogue/types.ts";
import type { Clock } from "../../infra/clock.ts";
import type { Db } from "../../infra/db.ts";
import { readQr } from "../../infra/read-qr.ts";
import { codeInQr } from "./code.ts";
import { pictureOf } from "./store.ts";

/** Not there yet: the job runs again. */
export class PictureNotReady extends Error {}

export interface ReceiptParts {
  db: Db;
  clock: Clock;
  readMedia(this: void, hash: string): Promise<{ bytes: Buffer }>;
}

/** @returns the code, or what to say instead. @throws PictureNotReady */
export async function readReceipt(
  { db, clock, readMedia }: ReceiptParts,
  attachmentId: bigint,
): Promise<{ code: string } | { reply: (say: Wording) => Reply }> {
  const picture = await pictureOf(db, attachmentId);
  if (picture?.state === "pending") throw new PictureNotReady("The picture is still being fetched.");
  if (!picture?.mediaHash) return { reply: (say) => typeInstead("dossiers.noPicture", say) };
  const { bytes } = await readMedia(picture.mediaHash);
  const content = await readQr(bytes);
  if (content === null) return { reply: (say) => typeInstead("dossiers.noQr", say) };
  const code = codeInQr(content, clock.now());
  return code ? { code } : { reply: (say) => typeInstead("dossiers.noCodeInQr", say) };
}

function typeInstead(key: string, say: Wording): Reply {
  return withChoices(say(key), [
    { label: say("dossiers.typeCode"), value: askFor("dossier.status") },
    { label: say("intents.human"), value: askFor("human") },
  ]);
}
