/** A QR code in a photo people take: askew, dim and small as such photos are. */
import { createRequire } from "node:module";
import type * as JsQr from "jsqr";
import sharp from "sharp";

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
