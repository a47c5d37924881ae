/** What staff send besides words: pictures, and the papers the platform takes; told by their content, never by a name. */
import { fileTypeFromBuffer } from "file-type";
import { t } from "../../../bilingual/index.ts";
import type { Channel, Reply } from "../../../channels/channel.ts";
import type { Media } from "../../../channels/media.ts";
import { uploadedName } from "../../../console/uploaded-name.ts";

const PICTURES = new Set(["image/jpeg", "image/png", "image/webp", "image/gif"]);
/** Old Office files are all one kind of container: which of them it is, only the name says. */
const CONTAINER = "application/x-cfb";
const IN_CONTAINER: Record<string, string> = {
  doc: "application/msword",
  xls: "application/vnd.ms-excel",
};

export type Kept = { replies: Reply[] } | { refused: string };

/** @returns a reply for each file, or why one of them cannot be sent; nothing is sent then. */
export async function keepAttachments(
  media: Media,
  channel: Channel,
  files: Pick<Express.Multer.File, "buffer" | "originalname">[],
): Promise<Kept> {
  const replies: Reply[] = [];
  for (const { buffer, originalname } of files) {
    if (buffer.length === 0) continue; // the field was left empty
    const name = uploadedName(originalname);
    const reply = await keepOne(media, channel, buffer, name);
    if ("refused" in reply) return reply;
    replies.push(reply);
  }
  return { replies };
}

async function keepOne(
  media: Media,
  channel: Channel,
  bytes: Buffer,
  name: string,
): Promise<Reply | { refused: string }> {
  const mime = (await fileTypeFromBuffer(bytes))?.mime ?? "";
  if (PICTURES.has(mime)) {
    const mediaHash = await media.keep(bytes).catch(() => null);
    return mediaHash ? { text: "", image: { mediaHash } } : { refused: t`Hình “${name}” không mở được.` };
  }
  const ending = name.split(".").pop()!.toLowerCase();
  const type = mime === CONTAINER ? (IN_CONTAINER[ending] ?? "") : mime;
  const { types, largest } = channel.files;
  if (!types.has(type)) return { refused: t`Không gửi được tệp “${name}”. ${takes(channel)}` };
  if (bytes.length > largest)
    return { refused: t`Tệp “${name}” lớn quá: tối đa ${largest / 1024 / 1024} MB.` };
  const mediaHash = await media.keep(bytes);
  return mediaHash
    ? { text: "", file: { mediaHash, name } }
    : { refused: t`Không gửi được tệp “${name}”. ${takes(channel)}` };
}

const takes = ({ files }: Channel) =>
  t`Gửi được hình (JPG, PNG, WebP, GIF), PDF, Word${files.types.has(IN_CONTAINER.xls!) ? ", Excel" : ""}.`;
