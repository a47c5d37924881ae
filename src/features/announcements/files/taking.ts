/** Pictures and PDFs that staff bring: what they are is told by their content, whatever they are called. */
import { fileTypeFromBuffer } from "file-type";
import sharp from "sharp";
import { t } from "../../../bilingual/index.ts";
import type { Media } from "../../../channels/media.ts";
import { still } from "../../../channels/upload.ts";
import { uploadedName } from "../../../console/uploaded-name.ts";

export type Upload = Pick<Express.Multer.File, "buffer" | "originalname">;
export type Taken = { hash: string; name: string } | { refused: string };

const PICTURES = new Set(["image/jpeg", "image/png", "image/webp", "image/gif", "image/heic", "image/avif"]);
const PDF = "application/pdf";
/** Of a cover's longer side, in points: as large as the platforms show it. */
const COVER_SIDE = 1600;
/** The least a cover must have across, or a phone shows it blurred. */
const LEAST_ACROSS = 300;
/** A picture that unpacks to more than this is an attack, not a photo. */
const MOST_PIXELS = 80_000_000;

/** A still picture, turned upright and without what a camera writes into it. */
export async function takeCover(
  media: Pick<Media, "keep">,
  { buffer, originalname }: Upload,
): Promise<Taken> {
  const name = uploadedName(originalname);
  if (!PICTURES.has(await typeOf(buffer)))
    return { refused: t`Ảnh bìa phải là hình JPG, PNG, WebP, GIF hoặc HEIC.` };
  try {
    const picture = await still(await upright(buffer), COVER_SIDE);
    if ((await widthOf(picture.bytes)) < LEAST_ACROSS)
      return { refused: t`Ảnh bìa nhỏ quá: cần rộng ít nhất ${LEAST_ACROSS} điểm.` };
    const hash = await media.keep(picture.bytes);
    if (hash) return { hash, name };
  } catch {
    // sharp cannot read it: said below
  }
  return { refused: t`Hình “${name}” không mở được.` };
}

/** A PDF as it is, to the last byte (it may be signed), or a picture. */
export async function takeFile(media: Pick<Media, "keep">, { buffer, originalname }: Upload): Promise<Taken> {
  const name = uploadedName(originalname);
  const type = await typeOf(buffer);
  if (type !== PDF && !PICTURES.has(type))
    return { refused: t`Không nhận tệp “${name}”. Nhận được PDF và hình (JPG, PNG, WebP, GIF, HEIC).` };
  const hash = await media.keep(buffer).catch(() => null);
  return hash ? { hash, name: withEnding(name, type) } : { refused: t`Tệp “${name}” không mở được.` };
}

const typeOf = async (bytes: Buffer) => (await fileTypeFromBuffer(bytes))?.mime ?? "";

/** As the camera was held: `still` knows nothing of that. */
const upright = (bytes: Buffer) => sharp(bytes, { limitInputPixels: MOST_PIXELS }).rotate().toBuffer();
const widthOf = async (bytes: Buffer) => (await sharp(bytes).metadata()).width;

/** "van-ban.exe" that is a PDF is saved as "van-ban.pdf"; pictures are kept as JPEG, moving ones as they are. */
function withEnding(name: string, type: string): string {
  const ending = type === PDF ? "pdf" : type === "image/gif" ? "gif" : "jpg";
  return `${name.replace(/\.[^.]{0,6}$/, "")}.${ending}`;
}
