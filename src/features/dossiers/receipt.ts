/** The QR of a receipt, read from the resident's own photo: askew, dim and small as such photos are. */
import { createRequire } from "node:module";
import type * as JsQr from "jsqr";
import sharp from "sharp";
import type { Reply } from "../../channels/channel.ts";
import { askFor, withChoices } from "../../dialogue/choices.ts";
import type { Wording } from "../../dialogue/types.ts";
import type { Clock } from "../../infra/clock.ts";
import type { Db } from "../../infra/db.ts";
import { codeInQr } from "./code.ts";
import { pictureOf } from "./store.ts";

// at run time the default export of this CommonJS module stands one step deeper than an import finds it
const { default: jsQr } = createRequire(import.meta.url)("jsqr") as typeof JsQr;

/** Sizes it is tried at, the longest side in pixels: small ones are quick, large ones show a small QR. */
const SIZES = [900, 1600, 2400];

/** What the first QR found in a picture says; null where none can be read. */
export async function readQr(picture: Buffer): Promise<string | null> {
  for (const size of SIZES) {
    const { data, info } = await sharp(picture)
      .resize(size, size, { fit: "inside" })
      .grayscale()
      .normalise()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const found = jsQr(fourChannels(data, info.channels), info.width, info.height);
    if (found?.data) return found.data;
  }
  return null;
}

/** Grey as the decoder wants it: red, green, blue alike, and opaque. */
function fourChannels(grey: Buffer, channels: number): Uint8ClampedArray {
  const pixels = new Uint8ClampedArray((grey.length / channels) * 4);
  for (let from = 0, to = 0; from < grey.length; from += channels, to += 4) {
    pixels.fill(grey[from]!, to, to + 3);
    pixels[to + 3] = 255;
  }
  return pixels;
}

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
