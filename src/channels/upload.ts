/** What of a reply has to be uploaded before it is sent, and how its bytes are made to fit. */
import sharp from "sharp";
import type { Reply } from "./channel.ts";

/** The stored picture or file of a reply; undefined where there is none. */
export function storedIn({ image, file }: Reply): { mediaHash: string; name?: string } | undefined {
  if (file) return file;
  return image && "mediaHash" in image ? image : undefined;
}

const SIDES = [2560, 1600, 1200, 800];

/** A picture of at most so many bytes: made smaller step by step, as JPEG, only where it is too large. */
export async function withinSize(
  picture: { bytes: Buffer; mime: string },
  largest: number,
): Promise<{ bytes: Buffer; mime: string }> {
  if (picture.bytes.length <= largest) return picture;
  let smaller = picture;
  for (const side of SIDES) {
    smaller = await still(picture.bytes, side);
    if (smaller.bytes.length <= largest) break;
  }
  return smaller;
}

/** The first picture of a moving one, or any picture, as a JPEG that fits into a square of so many points. */
export async function still(bytes: Buffer, side = 1200): Promise<{ bytes: Buffer; mime: string }> {
  const jpeg = await sharp(bytes)
    .flatten({ background: "#ffffff" })
    .resize(side, side, { fit: "inside", withoutEnlargement: true })
    .jpeg({ quality: 80, mozjpeg: true })
    .toBuffer();
  return { bytes: jpeg, mime: "image/jpeg" };
}
