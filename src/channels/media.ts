/**
 * Residents' files: fetched by a job as soon as they are heard of (their addresses expire), looked at by
 * content, cleaned of what a picture tells about its maker, and kept by hash.
 */
import { createHash } from "node:crypto";
import exifr from "exifr";
import { fileTypeFromBuffer } from "file-type";
import sharp from "sharp";
import type { Db, Tx } from "../infra/db.ts";
import { fetchBytes, FetchRefused, type FetchRules } from "../infra/fetch-bytes.ts";
import type { JobSet } from "../infra/jobs.ts";
import { log } from "../infra/log.ts";
import type { MediaStore } from "../infra/media-store.ts";

/** Where the two platforms serve what residents send. */
export const PLATFORM_HOSTS = [
  "zdn.vn",
  "zadn.vn",
  "zalo.me",
  "zaloapp.com",
  "fbcdn.net",
  "fbsbx.com",
  "facebook.com",
];
/** Facebook takes up to 25 MB; nothing larger can have come. */
export const LARGEST_FILE = 25 * 1024 * 1024;

const PICTURES = new Set([
  "image/jpeg",
  "image/png",
  "image/webp",
  "image/gif",
  "image/heic",
  "image/heif",
  "image/avif",
]);
/** Kept as they are; anything else (HTML, SVG, programs, archives) is refused whatever it is called. */
const OTHERS = new Set([
  ...[
    "video/mp4",
    "video/quicktime",
    "video/webm",
    "video/3gpp",
    "audio/mpeg",
    "audio/mp4",
    "audio/x-m4a",
    "audio/amr",
  ],
  ...[
    "audio/ogg",
    "audio/ogg; codecs=opus",
    "audio/wav",
    "audio/aac",
    "application/pdf",
    "application/x-cfb",
  ],
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
]);

const LONGEST_SIDE = 2560;
const THUMBNAIL_SIDE = 480;
/** A picture that unpacks to more than this is an attack, not a photo. */
const MOST_PIXELS = 80_000_000;

export interface CleanFile {
  hash: string;
  mime: string;
  bytes: Buffer;
  width?: number;
  height?: number;
  takenAt?: Date;
  latitude?: number;
  longitude?: number;
  thumbnail?: Buffer;
}

export const thumbnailKey = (hash: string) => `${hash}.thumb`;

/** Reads what a picture tells, then leaves only the picture. @returns null for a type we do not keep. */
export async function cleanFile(bytes: Buffer): Promise<CleanFile | null> {
  const type = await fileTypeFromBuffer(bytes);
  if (!type) return null;
  if (OTHERS.has(type.mime)) return { hash: hashOf(bytes), mime: type.mime, bytes };
  if (!PICTURES.has(type.mime)) return null;
  const exif = await readExif(bytes);
  const isAnimated = type.mime === "image/gif";
  const picture = sharp(bytes, { limitInputPixels: MOST_PIXELS, animated: isAnimated, failOn: "error" });
  const upright = isAnimated
    ? picture.gif()
    : picture
        .rotate() // by EXIF orientation, before the EXIF goes
        .resize(LONGEST_SIDE, LONGEST_SIDE, { fit: "inside", withoutEnlargement: true })
        .jpeg({ quality: 85, mozjpeg: true });
  const { data, info } = await upright.toBuffer({ resolveWithObject: true });
  const thumbnail = await sharp(data)
    .resize(THUMBNAIL_SIDE, THUMBNAIL_SIDE, { fit: "inside", withoutEnlargement: true })
    .jpeg({ quality: 75 })
    .toBuffer();
  return {
    hash: hashOf(data),
    mime: isAnimated ? "image/gif" : "image/jpeg",
    bytes: data,
    width: info.width,
    height: info.pageHeight ?? info.height,
    ...exif,
    thumbnail,
  };
}

/** GPS position (WGS 84 degrees) and the time of taking; a picture with broken EXIF has none. */
async function readExif(bytes: Buffer): Promise<Pick<CleanFile, "latitude" | "longitude" | "takenAt">> {
  const read = (await exifr
    .parse(bytes, {
      gps: true,
      pick: ["DateTimeOriginal", "GPSLatitude", "GPSLongitude", "GPSLatitudeRef", "GPSLongitudeRef"],
    })
    .catch(() => null)) as {
    latitude?: number;
    longitude?: number;
    DateTimeOriginal?: Date;
  } | null;
  const isPlace = Number.isFinite(read?.latitude) && Number.isFinite(read?.longitude);
  const isTime = read?.DateTimeOriginal instanceof Date && !Number.isNaN(read.DateTimeOriginal.getTime());
  return {
    ...(isPlace ? { latitude: read!.latitude!, longitude: read!.longitude! } : {}),
    ...(isTime ? { takenAt: read.DateTimeOriginal! } : {}),
  };
}

const hashOf = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

export interface Media {
  jobs: JobSet;
  /** Bytes by hash, for sending and for showing. @throws if they are gone. */
  read(hash: string): Promise<{ bytes: Buffer; mime: string }>;
  /** The small picture of a picture (JPEG); null where there is none. */
  readThumbnail(hash: string): Promise<Buffer | null>;
  /** Keeps a file of ours or an upload. @returns its hash, or null for a type we do not keep. */
  keep(bytes: Buffer): Promise<string | null>;
  /** Keeps a picture we drew ourselves, as it is. @returns its hash */
  keepPicture(png: Buffer): Promise<string>;
  /** Removes those of the files that nothing refers to any more. */
  forget(hashes: string[]): Promise<void>;
}

/** What must not be kept, however it comes. */
export interface ForbiddenFile {
  /** Kept instead of the file: why there is none. */
  reason: string;
  isOne(bytes: Buffer): Promise<boolean>;
  /** In the transaction that refuses it. */
  afterwards(tx: Tx, attachmentId: bigint): Promise<void>;
}

export function createMedia(db: Db, store: MediaStore, rules: FetchRules, forbidden?: ForbiddenFile): Media {
  async function keep(bytes: Buffer): Promise<string | null> {
    const file = await cleanFile(bytes);
    if (!file) return null;
    const { hash, mime, width, height, takenAt, latitude, longitude, thumbnail } = file;
    await store.put(hash, file.bytes, mime);
    if (thumbnail) await store.put(thumbnailKey(hash), thumbnail, "image/jpeg");
    const facts = { mime, bytes: file.bytes.length, width, height, takenAt, latitude, longitude };
    await db.media.createMany({
      data: [{ hash, ...facts, thumbnail: Boolean(thumbnail) }],
      skipDuplicates: true,
    });
    return hash;
  }

  async function fetchAttachment(id: bigint) {
    const attachment = await db.attachment.findUnique({ where: { id } });
    if (!attachment || attachment.state !== "pending") return;
    const settle = (data: { state: string; reason?: string; mediaHash?: string }) =>
      db.attachment.update({ where: { id }, data });
    try {
      const bytes = await fetchBytes(attachment.sourceUrl, rules);
      if (await forbidden?.isOne(bytes)) return await refuse(id, forbidden!);
      const hash = await keep(bytes);
      await settle(hash ? { state: "stored", mediaHash: hash } : { state: "refused", reason: "type" });
    } catch (error) {
      if (error instanceof FetchRefused) {
        log.warn({ attachment: String(id), reason: error.reason }, "an attachment was not fetched");
        return settle({ state: error.reason === "gone" ? "failed" : "refused", reason: error.reason });
      }
      if (isBroken(error)) return settle({ state: "refused", reason: "broken" });
      throw error; // the job runs again
    }
  }

  async function refuse(id: bigint, { reason, afterwards }: ForbiddenFile) {
    await db.$transaction(async (tx) => {
      await tx.attachment.update({ where: { id }, data: { state: "refused", reason } });
      await afterwards(tx, id);
    });
  }

  return {
    jobs: { tasks: { "media.fetch": ({ id }: { id: string }) => fetchAttachment(BigInt(id)) } },
    keep,
    async keepPicture(png) {
      const hash = hashOf(png);
      await store.put(hash, png, "image/png");
      const facts = { hash, mime: "image/png", bytes: png.length };
      await db.media.createMany({ data: [facts], skipDuplicates: true });
      return hash;
    },
    async forget(hashes) {
      for (const hash of new Set(hashes)) {
        const none = { none: {} };
        const unused = { hash, attachments: none, reports: none, covers: none, announced: none };
        const { count } = await db.media.deleteMany({ where: unused });
        if (count === 0) continue;
        await store.remove(hash);
        await store.remove(thumbnailKey(hash));
      }
    },
    readThumbnail: (hash) => store.get(thumbnailKey(hash)),
    async read(hash) {
      const media = await db.media.findUniqueOrThrow({ where: { hash } });
      const bytes = await store.get(hash);
      if (!bytes) throw new Error(`The stored file ${hash.slice(0, 12)}… is missing from the media store.`);
      return { bytes, mime: media.mime };
    },
  };
}

/** What sharp says of a file that calls itself a picture and is none. */
function isBroken(error: unknown): boolean {
  return (
    error instanceof Error && /Input (buffer|image)|unsupported|corrupt|Vips|pixel limit/i.test(error.message)
  );
}
